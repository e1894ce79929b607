import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { CreatedFolders } from "../../../../src/download/part/createdFolders.ts";
import { accessPart, type PartAccessOptions } from "../../../../src/download/part/partAccess.ts";
import { tryLock } from "../../../../src/disk/fileLock.ts";
import { partPaths } from "../../../../src/download/part/partPaths.ts";
import { leavePlaced } from "../../../../src/download/part/placedFiles.ts";
import type { PlacedFile } from "../../../../src/download/part/sidecar.ts";
import { systemClock } from "../../../../src/http/clock.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const key = { accountId: "account-1", taskId: "12345", fileIndex: 0, name: "a.csv" };
const never = new AbortController().signal;

/** A part whose lock another download holds, and what happens at each wait for it. */
async function held(context: TestContext, onWait: (times: number) => Promise<unknown> | undefined) {
  const folder = await temporaryFolder(context);
  const paths = partPaths(join(folder, "Shop", "a.csv"), key, folder);
  await mkdir(dirname(paths.part));
  const lock = await tryLock(paths.lock, systemClock, never);
  assert.ok(lock);
  const waits: number[] = [];
  const told: unknown[] = [];
  const options: PartAccessOptions = {
    whenBusy: "wait",
    clock: {
      now: () => Date.now(),
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        await onWait(waits.length);
      },
    },
    signal: never,
    folders: new CreatedFolders(folder),
    onWaiting: (retryInMs, reason) => told.push([retryInMs, reason]),
    isIntact: () => Promise.resolve(true),
  };
  const file = join(folder, "b.csv");
  await writeFile(file, "abc");
  const place = (placedAt = Date.now()): Promise<void> => {
    const placed: PlacedFile = {
      path: file,
      bytes: 3,
      sha256: "00",
      verified: "length",
      placedAt: new Date(placedAt).toISOString(),
      taskUnfinished: true,
    };
    return leavePlaced(paths, key, placed);
  };
  return { folder, paths, lock, waits, told, options, place, file };
}

describe("the access to a part", () => {
  it("is given at once if nobody has it, and its folder is created", async (context) => {
    const folder = await temporaryFolder(context);
    const paths = partPaths(join(folder, "Shop", "a.csv"), key, folder);
    const options = {
      whenBusy: "fail",
      clock: systemClock,
      signal: never,
      folders: new CreatedFolders(folder),
    } as const;
    const told: unknown[] = [];
    const rest = { onWaiting: () => told.push(1), isIntact: () => Promise.resolve(true) };
    const access = await accessPart(paths, { ...options, ...rest });
    assert.equal(access.kind, "mine");
    await access.lock.release();
    assert.deepEqual([await readdir(folder), told], [["Shop"], []]);
  });

  it("is refused while another download has it, if the caller doesn't want to wait", async (context) => {
    const { paths, lock, options, waits } = await held(context, () => undefined);
    await assert.rejects(accessPart(paths, { ...options, whenBusy: "fail" }), {
      code: "busyElsewhere",
      details: { path: paths.part },
    });
    assert.deepEqual(waits, []);
    await lock.release();
  });

  it("is given as soon as the other download is gone, asked four times a second, and told once", async (context) => {
    const { paths, lock, options, waits, told } = await held(context, (times) =>
      times === 3 ? lock.release() : undefined,
    );
    const access = await accessPart(paths, options);
    assert.equal(access.kind, "mine");
    assert.deepEqual([waits, told], [[250, 250, 250], [[250, "Another window is downloading the same file."]]]);
    await access.lock.release();
    assert.deepEqual(await readdir(dirname(paths.part)), [], "nothing says any longer that somebody waits");
  });

  it("is announced to the other download while it waits", async (context) => {
    let files: string[] = [];
    const { paths, lock, options } = await held(context, async () => {
      files = await readdir(dirname(paths.part));
      await lock.release();
    });
    const access = await accessPart(paths, options);
    assert.ok(access.kind === "mine");
    await access.lock.release();
    assert.ok(
      files.some((name) => /\.part\.lock\.waiting-[0-9a-f]{8}$/.test(name)),
      files.join(),
    );
  });

  it("is not needed if the other download placed the file meanwhile", async (context) => {
    const other = await held(context, async () => {
      await other.place();
      await other.lock.release();
    });
    const access = await accessPart(other.paths, other.options);
    assert.ok(access.kind === "placed");
    assert.equal(access.placed.path, other.file);
    const again = await tryLock(other.paths.lock, systemClock, never);
    assert.ok(again, "the lock is free");
    await again.release();
  });

  for (const [what, placedBefore, isIntact] of [
    ["was placed before the wait", 60_000, true],
    ["is not what the note says", 0, false],
  ] as const) {
    it(`is given if the file ${what}`, async (context) => {
      const other = await held(context, async () => {
        await other.place(Date.now() - placedBefore);
        await other.lock.release();
      });
      const access = await accessPart(other.paths, { ...other.options, isIntact: () => Promise.resolve(isIntact) });
      assert.ok(access.kind === "mine");
      await access.lock.release();
    });
  }

  it("is given back if the placed file can't be compared", async (context) => {
    const other = await held(context, async () => {
      await other.place();
      await other.lock.release();
    });
    const isIntact = (): Promise<boolean> => Promise.reject(new Error("unreadable"));
    await assert.rejects(accessPart(other.paths, { ...other.options, isIntact }), /unreadable/);
    const again = await tryLock(other.paths.lock, systemClock, never);
    assert.ok(again, "the lock is free");
    await again.release();
    assert.deepEqual(
      (await readdir(dirname(other.paths.part))).filter((name) => name.includes("waiting")),
      [],
    );
  });
});
