import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { UnfinishedFiles } from "../../../../src/vscode/downloads/unfinishedFiles.ts";
import { DownloadFollower } from "../../../../src/vscode/tableEditor/downloadFollower.ts";

const task = { accountId: "account-1", taskId: "12345" };

async function prepare(test: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-follow-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "export.csv");
  const part = `${path}.01234567.part`;
  const unfinished = new UnfinishedFiles();
  const told: string[] = [];
  const follow = (followed = path): DownloadFollower => {
    const follower = new DownloadFollower(followed, unfinished, ({ state, bytes }, startedOver) =>
      told.push(`${state.kind} ${bytes}${startedOver ? " from its beginning" : ""}`),
    );
    test.after(() => follower.dispose());
    return follower;
  };
  const grew = (bytes: number, placed = false): void =>
    unfinished.grew(task, { file: 0, part, path, bytes, total: 1000, placed });
  return { path, part, unfinished, told, follow, grew };
}

describe("The follower of a download", () => {
  it("follows the download that a file comes from, up to its name", async (test) => {
    const { told, follow, grew } = await prepare(test);
    grew(10);
    const follower = follow();
    assert.equal(follower.current?.bytes, 10);
    grew(1000, true);
    assert.deepEqual(told, ["placed 1000"]);
    assert.equal(follower.current, undefined);
  });

  it("reports frequent progress only from time to time, and always the last step", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const { told, follow, grew } = await prepare(test);
    grew(10);
    follow();
    for (let bytes = 20; bytes <= 50; bytes += 10) grew(bytes);
    assert.deepEqual(told, ["growing 20"]);
    test.mock.timers.tick(100);
    assert.deepEqual(told, ["growing 20", "growing 50"]);
  });

  it("reports that bytes were discarded, even if it reports it later", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const { told, follow, grew } = await prepare(test);
    grew(500);
    follow();
    grew(600);
    grew(0);
    grew(70);
    test.mock.timers.tick(100);
    grew(80);
    test.mock.timers.tick(100);
    assert.deepEqual(told, ["growing 600", "growing 70 from its beginning", "growing 80"]);
  });

  it("follows a download that begins later, if no file has the name", async (test) => {
    const { path, part, told, follow, grew } = await prepare(test);
    const follower = follow();
    await writeFile(path, "another file");
    grew(10);
    assert.deepEqual(told, [], "another file has the name");
    follow(part);
    grew(20);
    assert.deepEqual(told, ["growing 20"], "the part is always the download's");
    await rm(path);
    grew(30);
    assert.equal(follower.current?.bytes, 30);
  });

  it("finds a further download of a file that was deleted meanwhile", async (test) => {
    const { path, follow, grew, told } = await prepare(test);
    await writeFile(path, "another file");
    grew(10);
    const follower = follow();
    assert.equal(follower.lookAgain(), false);
    await rm(path);
    assert.equal(follower.lookAgain(), true);
    assert.equal(follower.lookAgain(), false, "it is followed already");
    assert.deepEqual(told, ["growing 10 from its beginning"]);
  });

  it("ignores other downloads, and everything once it is disposed", async (test) => {
    const { path, part, unfinished, told, follow, grew } = await prepare(test);
    grew(10);
    const follower = follow();
    unfinished.grew({ ...task, taskId: "2" }, { file: 0, part: `${part}2`, path: `${path}2`, bytes: 1, placed: false });
    follower.dispose();
    grew(20);
    assert.deepEqual(told, []);
  });
});
