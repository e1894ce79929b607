import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
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

  it("are an error, not an endless wait, if the body is closed before its end", { timeout: 10_000 }, async () => {
    const body = openBody();
    const reading = bytesOf(new BodyIntake(body));
    body.push("one");
    body.destroy();
    await assert.rejects(reading, /closed before its end/);
  });
});
