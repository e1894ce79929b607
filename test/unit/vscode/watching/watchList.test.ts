import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { WatchList } from "../../../../src/vscode/watching/watchList.ts";
import { mostWatched, watchKey } from "../../../../src/vscode/watching/watched.ts";
import { VirtualClock } from "./virtualClock.ts";
import { temporaryFolder, until, watchedTask } from "./watchingWindow.ts";

const clock = new VirtualClock();

function listIn(context: TestContext, folder: string, warnings: string[] = []): WatchList {
  const list = new WatchList({ folder, log: { warn: (text) => void warnings.push(text) } });
  context.after(() => list.dispose());
  return list;
}

const labels = (list: WatchList): string[] => list.watched.map(({ label }) => label);

describe("the list of what is watched", () => {
  it("is one file that only its owner can read, and leaves nothing else behind", async (context) => {
    const folder = await temporaryFolder(context);
    const list = listIn(context, folder);
    await list.add(watchedTask("1", clock));
    assert.deepEqual(await readdir(folder), ["watched.json"]);
    if (process.platform !== "win32") {
      assert.equal((await stat(join(folder, "watched.json"))).mode & 0o777, 0o600);
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
    }
  });

  it("writes nothing as long as nothing is watched, but notices when another window begins to", async (context) => {
    const folder = await temporaryFolder(context);
    const [one, other] = [listIn(context, folder), listIn(context, folder)];
    await one.look();
    assert.deepEqual(await readdir(folder), []);
    await other.add(watchedTask("1", clock));
    await until(() => one.watched.length === 1);
  });

  it("loses no change if two windows change it at the same time", async (context) => {
    const folder = await temporaryFolder(context);
    const [one, other] = [listIn(context, folder), listIn(context, folder)];
    const added = Array.from({ length: 20 }, (_, n) => String(n));
    await Promise.all(added.map((id, n) => (n % 2 === 0 ? one : other).add(watchedTask(id, clock))));
    await one.look();
    assert.deepEqual(labels(one).toSorted(), added.map((id) => `Task ${id}`).toSorted());
  });

  it("gives an entry that two windows remove to one of them", async (context) => {
    const folder = await temporaryFolder(context);
    const [one, other] = [listIn(context, folder), listIn(context, folder)];
    await one.add(watchedTask("1", clock));
    const removed = await Promise.all([one, other].map((list) => list.remove(() => true)));
    assert.equal(removed.flat().length, 1);
  });

  it("notices what another window changes", async (context) => {
    const folder = await temporaryFolder(context);
    const [one, other] = [listIn(context, folder), listIn(context, folder)];
    await one.add(watchedTask("1", clock));
    await other.look();
    await one.add(watchedTask("2", clock));
    await until(() => other.watched.length === 2);
    await one.remove(() => true);
    await until(() => other.watched.length === 0);
  });

  it("has a task once, with the options that were given last", async (context) => {
    const list = listIn(context, await temporaryFolder(context));
    await list.add(watchedTask("1", clock));
    await list.add({ ...watchedTask("1", clock), options: { files: [1] } });
    assert.deepEqual(
      list.watched.map(({ options }) => options),
      [{ files: [1] }],
    );
  });

  it("leaves out entries that it doesn't understand", async (context) => {
    const folder = await temporaryFolder(context);
    await mkdir(folder);
    const good = watchedTask("1", clock);
    const bad = [null, 7, {}, { ...good, since: "soon" }, { ...good, options: { files: "all" } }, { what: "else" }];
    await writeFile(
      join(folder, "watched.json"),
      JSON.stringify({ watched: [...bad, good], checks: { x: 1 }, more: true }),
    );
    const list = listIn(context, folder);
    await list.look();
    assert.deepEqual(list.watched.map(watchKey), ["task:a/1"]);
  });

  it("is empty if its file is damaged, and can be written again", async (context) => {
    const folder = await temporaryFolder(context);
    await mkdir(folder);
    for (const damaged of ["", "{", "[]", "null", '"text"']) {
      await writeFile(join(folder, "watched.json"), damaged);
      const list = listIn(context, folder);
      await list.look();
      assert.deepEqual(list.watched, []);
      await list.add(watchedTask("1", clock));
      assert.match(await readFile(join(folder, "watched.json"), "utf8"), /Task 1/);
    }
  });

  it("has an end", async (context) => {
    const folder = await temporaryFolder(context);
    await mkdir(folder);
    const watched = Array.from({ length: mostWatched + 50 }, (_, n) => watchedTask(String(n), clock));
    await writeFile(join(folder, "watched.json"), JSON.stringify({ watched, checks: {} }));
    const list = listIn(context, folder);
    await list.look();
    assert.equal(list.watched.length, mostWatched);
    await assert.rejects(list.add(watchedTask("one more", clock)), { code: "invalidRequest" });
    await list.add(watchedTask("1", clock));
  });

  it("is not read if something else has the file's name, and says so in the log", async (context) => {
    const folder = await temporaryFolder(context);
    await mkdir(join(folder, "watched.json"), { recursive: true });
    const warnings: string[] = [];
    await listIn(context, folder, warnings).look();
    assert.equal(warnings.length, 1);
  });
});
