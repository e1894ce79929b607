import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { BodyIntake } from "../../../../src/download/transfer/bodyIntake.ts";

const openBody = (): Readable => new Readable({ read: () => undefined });

async function bytesOf(intake: BodyIntake): Promise<string> {
  let text = "";
  await intake.through((chunk) => {
    text += chunk.toString();
    return undefined;
  });
  return text;
}

describe("The bytes of a body", () => {
  it("are all passed on if the body ends", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    body.push("one");
    body.push("two");
    body.push(null);
    assert.equal(await bytesOf(intake), "onetwo");
  });

  it("are all received before they are passed on, and that is reported once, also if it is asked later", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    let reports = 0;
    intake.onceReceived(() => reports++);
    body.push("one");
    await nextTurn();
    assert.equal(reports, 0);
    body.push(null);
    await nextTurn();
    assert.equal(reports, 1);
    intake.onceReceived(() => reports++);
    assert.equal(reports, 2);
    assert.equal(await bytesOf(intake), "one");
  });

  it("are not all received if the body fails", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    let reports = 0;
    intake.onceReceived(() => reports++);
    body.push("one");
    body.destroy(new Error("reset"));
    await assert.rejects(bytesOf(intake), /^Error: reset$/);
    assert.equal(reports, 0);
  });

  it("are an error, not an endless wait, if the body is closed before its end", { timeout: 10_000 }, async () => {
    const body = openBody();
    const reading = bytesOf(new BodyIntake(body));
    body.push("one");
    body.destroy();
    await assert.rejects(reading, /closed before its end/);
  });
});

describe("the buffer of a body", () => {
  it("pauses the body when it is full, and lets it go on when there is room", async () => {
    const body = openBody();
    const counted: number[] = [];
    const intake = new BodyIntake(body, (bytes) => counted.push(bytes), 4);
    body.push("abc");
    await nextTurn();
    assert.deepEqual([intake.isFull, body.isPaused()], [false, false]);
    body.push("d");
    await nextTurn();
    assert.deepEqual([intake.isFull, body.isPaused()], [true, true]);
    body.push("ef");
    await nextTurn();
    assert.deepEqual(counted, [3, 1], "nothing arrives meanwhile");
    assert.equal((await intake.beginning(1)).toString(), "abcd");
    await nextTurn();
    assert.deepEqual([intake.isFull, body.isPaused(), counted], [false, false, [3, 1, 2]]);
  });

  it("holds 512 KiB unless told otherwise", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    body.push(Buffer.alloc(512 * 1024 - 1));
    await nextTurn();
    assert.equal(intake.isFull, false);
    body.push(Buffer.alloc(1));
    await nextTurn();
    assert.equal(intake.isFull, true);
  });

  it("gets room as chunks are taken, one after the other", async () => {
    const body = openBody();
    const intake = new BodyIntake(body, undefined, 2);
    body.push("ab");
    await nextTurn();
    const full: boolean[] = [];
    const passing = intake.through((chunk) => {
      full.push(intake.isFull);
      return chunk.toString() === "ab" ? nextTurn() : undefined;
    });
    body.push("c");
    body.push(null);
    await passing;
    assert.deepEqual(full, [true, false]);
  });
});

describe("the beginning of a body", () => {
  it("is at least as long as wanted, or as long as the body", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    const first = intake.beginning(3);
    body.push("ab");
    await nextTurn();
    body.push("cd");
    assert.equal((await first).toString(), "abcd");
    const rest = intake.beginning(3);
    body.push("e");
    body.push(null);
    assert.equal((await rest).toString(), "e");
    assert.equal((await intake.beginning(3)).byteLength, 0);
    assert.equal((await intake.beginning(0)).byteLength, 0);
  });

  it("can be had as the chunks that arrived", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    body.push("ab");
    await nextTurn();
    body.push("cd");
    assert.deepEqual((await intake.firstChunks(3)).map(String), ["ab", "cd"]);
  });

  it("is there even if the body fails right after it, but an error if it fails before", async () => {
    for (const [wanted, expected] of [
      [2, "ab"],
      [3, undefined],
    ] as const) {
      const body = openBody();
      const intake = new BodyIntake(body);
      body.push("ab");
      await nextTurn();
      body.destroy(new Error("reset"));
      if (expected === undefined) await assert.rejects(intake.beginning(wanted), /^Error: reset$/);
      else assert.equal((await intake.beginning(wanted)).toString(), expected);
    }
  });

  it("is an error if the body had failed before anybody looked", async () => {
    const body = openBody();
    body.on("error", () => undefined);
    body.destroy(new Error("reset"));
    await nextTurn();
    await assert.rejects(new BodyIntake(body).beginning(1), /^Error: reset$/);
  });
});

describe("a body that is stopped", () => {
  it("passes on what has arrived, and then ends without an error", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    let reports = 0;
    intake.onceReceived(() => reports++);
    body.push("ab");
    await nextTurn();
    const passing = bytesOf(intake);
    intake.stop();
    assert.equal(await passing, "ab");
    assert.deepEqual([body.destroyed, reports], [true, 0]);
  });

  it("keeps the error that it failed with before", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    body.destroy(new Error("reset"));
    await nextTurn();
    intake.stop();
    await assert.rejects(bytesOf(intake), /^Error: reset$/);
  });

  it("fails with the error of whoever takes its bytes", async () => {
    const body = openBody();
    const intake = new BodyIntake(body);
    body.push("ab");
    await assert.rejects(
      intake.through(() => Promise.reject(new Error("disk full"))),
      /disk full/,
    );
  });
});
