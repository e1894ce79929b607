import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { ReservedSpace } from "../../../../src/disk/freeSpace.ts";
import { BodyIntake } from "../../../../src/download/transfer/bodyIntake.ts";
import { receive, TooManyBytes } from "../../../../src/download/transfer/receive.ts";
import { partWith } from "../part/openPart.ts";

function intakeOf(...texts: readonly string[]): BodyIntake {
  return new BodyIntake(Readable.from(texts.map((text) => Buffer.from(text))));
}

describe("receiving a body", () => {
  it("appends what was already read of it, and then the rest", async (context) => {
    const part = await partWith(context, 4);
    const lengths: number[] = [];
    const options = {
      beginning: Buffer.from("one,"),
      end: undefined,
      onWritten: (length: number) => lengths.push(length),
    };
    await receive(intakeOf("two,", "three"), part, options);
    assert.equal(await readFile(part.paths.part, "utf8"), "row\none,two,three");
    assert.equal(lengths.at(-1), 17);
  });

  it("ends with an error at the first byte too many, and keeps what was announced", async (context) => {
    for (const [beginning, kept] of [
      ["", "row\n12"],
      ["too long", "row\n"],
    ] as const) {
      const part = await partWith(context, 4);
      const body = intakeOf("12", "3", "4");
      const options = { beginning: Buffer.from(beginning), end: 6, onWritten: () => undefined };
      await assert.rejects(receive(body, part, options), TooManyBytes);
      assert.equal(await readFile(part.paths.part, "utf8"), kept);
    }
  });

  it("accepts exactly as many bytes as announced", async (context) => {
    const part = await partWith(context, 4);
    await receive(intakeOf("12", "3"), part, { beginning: Buffer.alloc(0), end: 7, onWritten: () => undefined });
    assert.equal(part.length, 7);
  });

  it("keeps what arrived before the connection was lost", async (context) => {
    const part = await partWith(context, 4);
    const body = new Readable({ read: () => undefined });
    const receiving = receive(new BodyIntake(body), part, {
      beginning: Buffer.alloc(0),
      end: 100,
      onWritten: () => undefined,
    });
    body.push("12");
    body.once("data", () => body.destroy(new Error("lost")));
    await assert.rejects(receiving, /lost/);
    assert.equal(await readFile(part.paths.part, "utf8"), "row\n12");
  });

  it("looks at the free space before each chunk, with the length that the part would have", async (context) => {
    const part = await partWith(context, 4);
    const reserve = new ReservedSpace(part.paths.part);
    const asked: number[] = [];
    context.mock.method(reserve, "growTo", (length: number) => {
      asked.push(length);
      return length > 6 ? Promise.reject(new Error("disk full")) : length > 5 ? Promise.resolve() : undefined;
    });
    const options = { beginning: Buffer.from("1"), end: undefined, reserve, onWritten: () => undefined };
    await assert.rejects(receive(intakeOf("2", "3", "4"), part, options), /disk full/);
    assert.deepEqual(asked, [5, 6, 7]);
    assert.equal(await readFile(part.paths.part, "utf8"), "row\n12");
  });
});
