import assert from "node:assert/strict";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { type Clock, systemClock } from "../../../../src/http/clock.ts";
import { isHeld, tryLock } from "../../../../src/download/part/partLock.ts";
import { failureOf, hastyClock, laterMoment } from "../downloading.ts";

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
  test("one holder at a time; after the release the next one", async (context) => {
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
    ["a living process that touched it lately holds it", alive, 5, true],
    ["another computer that touched it lately holds it", elsewhere, 5, true],
    ["another computer that did not touch it for long has left it", elsewhere, 20, false],
    ["a lock that is just being written is held", "", 0, true],
    ["a lock that nobody can read and nobody touches is left", "{", 20, false],
    ["a lock that was last touched in an hour is left", alive, -3600, false],
    ["a lock of another computer that was last touched in a year is left", elsewhere, -31_536_000, false],
    ["a lock from before there were computers is left", alive, 3_000_000_000, false],
    ["a clock that is a few seconds behind makes no difference", elsewhere, -5, true],
    ["a dead process holds nothing, whenever it touched the lock", { ...alive, pid: 2 ** 30 }, -3600, false],
    ["a lock from before a restart, whose number this process has by now, is left", ours, 20, false],
    ["the number of a group of processes is none of a process", { ...alive, pid: -1 }, 20, false],
    ["the number 0 is none of a process", { ...alive, pid: 0 }, 20, false],
    ["a number with a fraction is none of a process", { ...alive, pid: 1.5 }, 20, false],
    ["a number beyond all processes is none of a process", { ...alive, pid: 1e300 }, 20, false],
    ["a file that is too large for a lock is none", `{"pid":1}${" ".repeat(100_000)}`, 0, false],
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

  test("a mark for taking over that was left in the future keeps nobody waiting", async (context) => {
    const path = await lockPath(context);
    await leaveLock(path, { ...alive, pid: 2 ** 30 });
    await leaveLock(`${path}.takeover`, alive, -3600);
    assert.equal(await tryLock(path, systemClock, never), undefined);
    const lock = await tryLock(path, systemClock, never);
    assert.ok(lock !== undefined);
    await lock.release();
    assert.deepEqual(await readdir(join(path, "..")), []);
  });

  test("a living process that has not touched it for long gets a moment: it may have slept", async (context) => {
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

  test("a process number that another program has by now holds nothing", async (context) => {
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

  test("that moment can be cancelled", async (context) => {
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

  test("a holder notices when its lock was taken over, and leaves the other's lock alone", async (context) => {
    const path = await lockPath(context);
    const lock = await tryLock(path, systemClock, never);
    assert.ok(lock !== undefined);
    await leaveLock(path, elsewhere);
    await once(lock.lost, "abort");
    await lock.release();
    assert.match(await readFile(path, "utf8"), /another-computer/);
  });
});
