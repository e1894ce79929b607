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
