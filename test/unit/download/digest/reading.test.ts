import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile, mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { DigestOutcome } from "../../../../src/download/digest/digestMessages.ts";
import { Reading } from "../../../../src/download/digest/reading.ts";
import { until } from "../downloading.ts";
import { temporaryFolder } from "../part/temporaryFolder.ts";
import { differentBytes } from "./differentBytes.ts";

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

async function fileWith(context: TestContext, content: Uint8Array | string): Promise<string> {
  const path = join(await temporaryFolder(context), "a.part");
  await writeFile(path, content);
  return path;
}

/** What a reading answers, if it does so within some turns of the event loop. */
async function soon(outcome: Promise<DigestOutcome>): Promise<DigestOutcome | "nothing"> {
  const never = async (): Promise<"nothing"> => {
    for (let turn = 0; turn < 200; turn += 1) await nextTurn();
    return "nothing";
  };
  return Promise.race([outcome, never()]);
}

/** Waits until everything that can be read was read: each step of a reading begins the next one at once. */
async function allRead(): Promise<void> {
  await until(() => !process.getActiveResourcesInfo().includes("FSReqPromise"));
}

describe("the reading of a growing file", () => {
  it("gives each digest that was asked for", async (context) => {
    const reading = new Reading(await fileWith(context, "123456789"), [
      "sha256",
      "crc32c",
      "crc64nvme",
      "crc32",
      "md5",
      "sha1",
    ]);
    assert.deepEqual(await reading.finish(9), {
      kind: "digests",
      digests: {
        sha256: sha256("123456789"),
        crc32c: "e3069283",
        crc64nvme: "ae8b14860a799888",
        crc32: "cbf43926",
        md5: createHash("md5").update("123456789").digest("hex"),
        sha1: createHash("sha1").update("123456789").digest("hex"),
      },
    });
  });

  it("goes on as bytes are reported, in whatever order, and never beyond them", async (context) => {
    const bytes = differentBytes(2_500_000);
    const path = await fileWith(context, bytes.subarray(0, 1_000_000));
    const reading = new Reading(path, ["sha256"]);
    reading.written(1_000_000);
    reading.written(10);
    await allRead();
    await appendFile(path, bytes.subarray(1_000_000));
    reading.written(2_000_000);
    assert.deepEqual(await reading.finish(2_500_000), { kind: "digests", digests: { sha256: sha256(bytes) } });
  });

  it("ends at the total, even if the file is longer", async (context) => {
    const reading = new Reading(await fileWith(context, "abcdef"), ["sha256"]);
    assert.deepEqual(await reading.finish(3), { kind: "digests", digests: { sha256: sha256("abc") } });
  });

  it("needs no file if there are no bytes", async (context) => {
    const reading = new Reading(join(await temporaryFolder(context), "missing"), ["sha256"]);
    assert.deepEqual(await reading.finish(0), { kind: "digests", digests: { sha256: sha256("") } });
  });

  it("tells if the file is shorter than reported, also if that is known before the end", async (context) => {
    const path = await fileWith(context, "abc");
    assert.deepEqual(await new Reading(path, ["sha256"]).finish(4), { kind: "lengthDiffers" });
    const reading = new Reading(path, ["sha256"]);
    reading.written(5);
    await allRead();
    await appendFile(path, "de");
    assert.deepEqual(await reading.finish(5), { kind: "lengthDiffers" });
  });

  it("tells if more was reported than the total", async (context) => {
    const reading = new Reading(await fileWith(context, "abcdef"), ["sha256"]);
    reading.written(6);
    // Whatever was read until then.
    assert.deepEqual(await reading.finish(5), { kind: "lengthDiffers" });
  });

  it("tells why the file can't be read", async (context) => {
    const folder = await temporaryFolder(context);
    assert.deepEqual(await new Reading(join(folder, "missing"), ["sha256"]).finish(1), {
      kind: "unreadable",
      reason: "ENOENT",
    });
    await mkdir(join(folder, "folder"));
    const refused = await new Reading(join(folder, "folder"), ["sha256"]).finish(1);
    assert.equal(refused.kind, "unreadable");
  });

  it("answers nothing after it was dropped, even if the file is there", async (context) => {
    const path = await fileWith(context, "abc");
    const reading = new Reading(path, ["sha256"]);
    reading.drop();
    assert.equal(await soon(reading.finish(3)), "nothing");
    const running = new Reading(path, ["sha256"]);
    const outcome = running.finish(3);
    running.drop();
    assert.equal(await soon(outcome), "nothing");
  });

  it("tells at once what it already knows", async (context) => {
    const path = await fileWith(context, "abc");
    const reading = new Reading(path, ["sha256"]);
    const first = await reading.finish(3);
    await truncate(path, 0);
    assert.deepEqual(await reading.finish(3), first);
  });
});
