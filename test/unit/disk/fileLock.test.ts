import assert from "node:assert/strict";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { type Clock, systemClock } from "../../../src/http/clock.ts";
import { isHeld, tryLock } from "../../../src/disk/fileLock.ts";
import { failureOf, hastyClock, laterMoment } from "../download/downloading.ts";

async function lockPath(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-lock-"));
  context.after(() => rm(folder, { recursive: true }));
  return join(folder, "x.part.lock");
}

/** Leaves a lock there that was last touched so many seconds ago. */
async function leaveLock(path: string, content: object | string, secondsAgo = 0): Promise<void> {
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  const touched = new Date(Date.now() - secondsAgo * 1000);
  await utimes(path, touched, touched);
}

const never = new AbortController().signal;

/** A clock whose time passes when a test says so. */
function heldClock(): { clock: Clock; begun: Promise<void>; pass: () => void } {
  const begun = laterMoment();
  const passed = new AbortController();
  const clock: Clock = {
    now: () => Date.now(),
    async wait(_milliseconds, signal) {
      begun.now();
      await systemClock.wait(300_000, AbortSignal.any([signal, passed.signal])).catch((error: unknown) => {
        if (signal.aborted) throw error;
      });
    },
  };
  return { clock, begun: begun.come, pass: () => passed.abort() };
}
const alive = { pid: process.ppid, host: hostname(), token: "another" };
const ours = { pid: process.pid, host: hostname(), token: "of another life" };
const elsewhere = { pid: 1, host: "another-computer", token: "another" };

describe("the lock of a part (row 30)", { concurrency: true }, () => {
  test("has one holder at a time, and the next one after it is released", async (context) => {
    const path = await lockPath(context);
    const first = await tryLock(path, systemClock, never);
    assert.ok(first !== undefined);
    assert.equal(await isHeld(path), true);
    assert.equal(await tryLock(path, systemClock, never), undefined);
    await first.release();
    assert.equal(await isHeld(path), false);
    const second = await tryLock(path, systemClock, never);
    assert.ok(second !== undefined);
    await second.release();
    assert.deepEqual(await readdir(join(path, "..")), []);
  });

  for (const [says, content, secondsAgo, held] of [
    ["a running process that touched it recently holds it", alive, 5, true],
    ["a process on another computer that touched it recently holds it", elsewhere, 5, true],
    ["a process on another computer that hasn't touched it for long doesn't hold it", elsewhere, 20, false],
    ["a lock that is just being written is held", "", 0, true],
    ["a lock that can't be read and isn't touched is not held", "{", 20, false],
    ["a lock with a date an hour in the future is not held", alive, -3600, false],
    ["a lock of another computer with a date a year in the future is not held", elsewhere, -31_536_000, false],
    ["a lock with a date before there were computers is not held", alive, 3_000_000_000, false],
    ["a clock that is a few seconds behind makes no difference", elsewhere, -5, true],
    ["a dead process doesn't hold its lock, whatever its date", { ...alive, pid: 2 ** 30 }, -3600, false],
    ["a lock from before a restart is not held, even if this process has its process ID now", ours, 20, false],
    ["a lock with the ID of a process group is not held", { ...alive, pid: -1 }, 20, false],
    ["a lock with the process ID 0 is not held", { ...alive, pid: 0 }, 20, false],
    ["a lock with a fraction as process ID is not held", { ...alive, pid: 1.5 }, 20, false],
    ["a lock with a process ID that is too large is not held", { ...alive, pid: 1e300 }, 20, false],
    ["a lock that is a large file is not held", `{"pid":1}${" ".repeat(100_000)}`, 0, false],
  ] as const) {
    test(says, async (context) => {
      const path = await lockPath(context);
      await leaveLock(path, content, secondsAgo);
      assert.equal(await isHeld(path), held);
      const lock = await tryLock(path, hastyClock(), never);
      assert.equal(lock === undefined, held);
      await lock?.release();
    });
  }

  for (const [clockIs, secondsAgo] of [
    ["ahead", -3600],
    ["behind", 3600],
  ] as const) {
    test(`a process that touches its lock holds it, although the clock of its computer is ${clockIs}`, async (context) => {
      const path = await lockPath(context);
      await leaveLock(path, elsewhere, secondsAgo);
      const { clock, begun, pass } = heldClock();
      const taking = tryLock(path, clock, never);
      await begun;
      await leaveLock(path, elsewhere, secondsAgo - 2);
      pass();
      assert.equal(await taking, undefined);
      assert.deepEqual(await readdir(join(path, "..")), ["x.part.lock"]);
    });
  }

  test("a takeover mark with a date in the future delays no download", async (context) => {
    const path = await lockPath(context);
    await leaveLock(path, { ...alive, pid: 2 ** 30 });
    await leaveLock(`${path}.takeover`, alive, -3600);
    assert.equal(await tryLock(path, systemClock, never), undefined);
    const lock = await tryLock(path, systemClock, never);
    assert.ok(lock !== undefined);
    await lock.release();
    assert.deepEqual(await readdir(join(path, "..")), []);
  });

  test("a running process that hasn't touched its lock for long gets a moment to do so, because it may have slept", async (context) => {
    const path = await lockPath(context);
    await leaveLock(path, alive, 20);
    const { clock, begun, pass } = heldClock();
    const taking = tryLock(path, clock, never);
    await begun;
    await utimes(path, new Date(), new Date());
    pass();
    assert.equal(await taking, undefined);
    assert.deepEqual(await readdir(join(path, "..")), ["x.part.lock"]);
  });

  test("a lock is not held if another program has its process ID now", async (context) => {
    const path = await lockPath(context);
    await leaveLock(path, alive, 20);
    const { clock, begun, pass } = heldClock();
    const taking = tryLock(path, clock, never);
    await begun;
    pass();
    const lock = await taking;
    assert.ok(lock !== undefined);
    await lock.release();
  });

  test("waiting for a process to touch its lock can be canceled", async (context) => {
    const path = await lockPath(context);
    await leaveLock(path, alive, 20);
    const { clock, begun } = heldClock();
    const controller = new AbortController();
    const taking = failureOf(tryLock(path, clock, controller.signal));
    await begun;
    controller.abort();
    assert.equal((await taking).code, "cancelled");
    await assert.rejects(access(`${path}.takeover`), { code: "ENOENT" });
  });

  test("a holder notices that its lock was taken over, and doesn't remove the new lock", async (context) => {
    const path = await lockPath(context);
    const lock = await tryLock(path, systemClock, never);
    assert.ok(lock !== undefined);
    await leaveLock(path, elsewhere);
    await once(lock.lost, "abort");
    await lock.release();
    assert.match(await readFile(path, "utf8"), /another-computer/);
  });
});
