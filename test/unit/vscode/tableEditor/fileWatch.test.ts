import assert from "node:assert/strict";
import { appendFile, chmod, mkdtemp, rename, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type FileChange, FileWatch, type WatchTimes } from "../../../../src/vscode/tableEditor/fileWatch.ts";

/** Long enough for all that a change may cause. */
const quietMs = 150;
const rows = "id,name\n1,one\n2,two\n";

interface Watched {
  readonly path: string;
  readonly changes: FileChange[];
  readonly watch: FileWatch;
  /** The next change that is told. */
  readonly next: () => Promise<FileChange>;
}

async function watched(test: TestContext, content: string | undefined = rows, times?: WatchTimes): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-watch-"));
  const path = join(folder, "export.csv");
  if (content !== "") await writeFile(path, content);
  const changes: FileChange[] = [];
  let told: (change: FileChange) => void = () => undefined;
  const watch = new FileWatch(
    path,
    (change) => {
      changes.push(change);
      told(change);
    },
    times,
  );
  test.after(async () => {
    watch.stop();
    await rm(folder, { recursive: true, force: true });
  });
  watch.start();
  await watch.rebase();
  const next = (): Promise<FileChange> =>
    new Promise((resolve) => {
      told = resolve;
    });
  return { path, changes, watch, next };
}

describe("A watched file", () => {
  it("is reported as grown if it grew after it was read and before it was watched", async (test) => {
    const { watch, changes } = await watched(test);
    await watch.compare(Promise.resolve(rows.length));
    await watch.compare(Promise.resolve(undefined));
    assert.deepEqual(changes, []);
    await watch.compare(Promise.resolve(3));
    assert.deepEqual(changes, [{ kind: "grew", size: rows.length }]);
  });

  it("is reported as grown when something is appended, without being asked", async (test) => {
    const { path, next } = await watched(test);
    const told = next();
    await appendFile(path, "x".repeat(1024 * 1024));
    assert.deepEqual(await told, { kind: "grew", size: rows.length + 1024 * 1024 });
  });

  it("is reported as grown each time that it grows", async (test) => {
    const { path, next } = await watched(test);
    for (const times of [1, 2, 3]) {
      const told = next();
      await appendFile(path, "3,three\n");
      assert.deepEqual(await told, { kind: "grew", size: rows.length + 8 * times });
    }
  });

  it("is reported as changed if it was shortened, even if it is longer again later", async (test) => {
    const { path, next, changes } = await watched(test);
    const told = next();
    await truncate(path, 5);
    assert.equal((await told).kind, "changed");
    await appendFile(path, "x".repeat(100));
    await sleep(quietMs);
    assert.deepEqual(changes, [{ kind: "changed" }]);
  });

  it("is reported as changed if it was rewritten, even if it is longer and begins with the same header", async (test) => {
    const row = (id: number): string => `${id},customer ${id},${"-".repeat(60)}\n`;
    const body = Array.from({ length: 500 }, (_, id) => row(id)).join("");
    const header = `${"column,".repeat(600)}last\n`;
    const { path, next } = await watched(test, header + body);
    const told = next();
    await writeFile(path, header + row(500) + body);
    assert.equal((await told).kind, "changed");
  });

  it("is reported as changed if another file replaced it, even one with the same bytes and more", async (test) => {
    const { path, next } = await watched(test);
    await writeFile(`${path}.new`, `${rows}3,three\n`);
    const told = next();
    await rename(`${path}.new`, path);
    assert.equal((await told).kind, "changed");
  });

  it("is reported as changed if it was rewritten with the same length", async (test) => {
    const { path, next } = await watched(test);
    const told = next();
    await writeFile(path, rows.toUpperCase());
    assert.equal((await told).kind, "changed");
  });

  it("is reported as missing once if it was deleted, and as changed when it is back", async (test) => {
    const { path, next, changes } = await watched(test);
    const gone = next();
    await rm(path);
    assert.equal((await gone).kind, "missing");
    await writeFile(`${path}.other`, "");
    await sleep(quietMs);
    const back = next();
    await writeFile(path, rows);
    assert.equal((await back).kind, "changed");
    assert.deepEqual(changes, [{ kind: "missing" }, { kind: "changed" }]);
  });

  it("is reported when it appears", async (test) => {
    const { path, next } = await watched(test, "");
    const told = next();
    await writeFile(path, rows);
    assert.equal((await told).kind, "changed");
  });

  it("is not reported if only its permissions or another file in its folder change", async (test) => {
    const { path, changes, next } = await watched(test);
    await chmod(path, 0o600);
    await writeFile(`${path}.neighbour`, "");
    await sleep(quietMs);
    const told = next();
    await appendFile(path, "3,three\n");
    await told;
    assert.deepEqual(changes, [{ kind: "grew", size: rows.length + 8 }]);
  });

  it("is compared with its new content after that was accepted", async (test) => {
    const { path, next, watch, changes } = await watched(test);
    const told = next();
    await writeFile(path, "other\n");
    await told;
    await watch.rebase();
    const grown = next();
    await appendFile(path, "row\n");
    assert.equal((await grown).kind, "grew");
    assert.equal(changes.length, 2);
  });

  it("is checked regularly while it is visible, in case the system reports no changes", async (test) => {
    const { path, next, watch, changes } = await watched(test, rows, { settleMs: 1_000_000, pollMs: 20 });
    await appendFile(path, "3,three\n");
    await sleep(100);
    assert.deepEqual(changes, []);
    const told = next();
    watch.setVisible(true);
    assert.equal((await told).kind, "grew");
    watch.setVisible(false);
    // A look that had begun comes to its end before the file is taken anew.
    await watch.rebase();
    const before = changes.length;
    await utimes(path, new Date(0), new Date(0));
    await sleep(100);
    assert.equal(changes.length, before);
  });

  it("is not reported after watching was stopped", async (test) => {
    const { path, watch, changes } = await watched(test);
    watch.stop();
    await appendFile(path, "more");
    await sleep(quietMs);
    assert.deepEqual(changes, []);
  });

  it("is compared with its content of that moment when it is watched again", async (test) => {
    const { path, watch, changes, next } = await watched(test);
    watch.stop();
    await appendFile(path, "more");
    watch.start();
    await watch.rebase();
    const change = next();
    await appendFile(path, "and more");
    assert.equal((await change).kind, "grew");
    assert.equal(changes.length, 1);
  });
});
