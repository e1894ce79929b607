import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { PartWriter } from "../../../../src/download/part/partWriter.ts";
import { later } from "../later.ts";
import { partWith } from "./openPart.ts";

/** A writer to an empty part, the sizes of its writes, and the lengths that it reported. */
async function writing(context: TestContext) {
  const part = await partWith(context, 0);
  const append = part.append.bind(part);
  const state = { writes: [] as number[], lengths: [] as number[], hold: Promise.resolve<unknown>(undefined), now: 0 };
  context.mock.method(part, "append", async (chunks: readonly Uint8Array[]) => {
    state.writes.push(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
    await state.hold;
    await append(chunks);
  });
  context.mock.method(performance, "now", () => state.now);
  const writer = new PartWriter(part, (length) => state.lengths.push(length));
  return { part, writer, state };
}

const bytes = (count: number): Buffer => Buffer.alloc(count, "a");
const kibibyte = 1024;

describe("the chunks of a body", () => {
  it("are all in the part after a flush, in their order", async (context) => {
    const { part, writer, state } = await writing(context);
    for (const text of ["one;", "two;", "three"]) assert.equal(writer.take(Buffer.from(text)), undefined);
    assert.deepEqual(state.writes, []);
    await writer.flush();
    assert.equal(await readFile(part.paths.part, "utf8"), "one;two;three");
    assert.deepEqual([state.writes, state.lengths], [[13], [13]]);
  });

  it("are collected up to 256 KiB for one write", async (context) => {
    const { writer, state } = await writing(context);
    void writer.take(bytes(256 * kibibyte - 1));
    assert.deepEqual(state.writes, []);
    void writer.take(bytes(1));
    assert.deepEqual(state.writes, [256 * kibibyte]);
    await writer.flush();
    assert.deepEqual(state.writes, [256 * kibibyte]);
  });

  it("are written after a tenth of a second, however few they are", async (context) => {
    const { writer, state } = await writing(context);
    state.now = 100;
    void writer.take(bytes(1));
    assert.deepEqual(state.writes, []);
    state.now = 101;
    void writer.take(bytes(1));
    assert.deepEqual(state.writes, [2]);
    await writer.flush();
    state.now = 201;
    void writer.take(bytes(1));
    assert.deepEqual(state.writes, [2], "the time counts from the end of the last write");
    await writer.flush();
  });

  it("are collected while others are written, and then written together", async (context) => {
    const { writer, state } = await writing(context);
    const held = later<undefined>();
    state.hold = held.promise;
    void writer.take(bytes(256 * kibibyte));
    for (let count = 0; count < 3; count += 1) void writer.take(bytes(256 * kibibyte));
    assert.deepEqual(state.writes, [256 * kibibyte]);
    held.resolve(undefined);
    await writer.flush();
    assert.deepEqual(state.writes, [256 * kibibyte, 768 * kibibyte]);
    assert.deepEqual(state.lengths, [256 * kibibyte, 1024 * kibibyte]);
  });

  it("wait for the disk when 1 MiB is in memory", async (context) => {
    const { writer, state } = await writing(context);
    const held = later<undefined>();
    state.hold = held.promise;
    void writer.take(bytes(256 * kibibyte));
    assert.equal(writer.take(bytes(kibibyte * kibibyte - 1)), undefined);
    const wait = writer.take(bytes(1));
    assert.ok(wait);
    let isOver = false;
    const over = wait.then(() => (isOver = true));
    await nextTurn();
    assert.equal(isOver, false);
    held.resolve(undefined);
    await over;
    await writer.flush();
  });

  it("need no flush if there are none", async (context) => {
    const { writer, state } = await writing(context);
    await writer.flush();
    assert.deepEqual([state.writes, state.lengths], [[], []]);
  });
});

describe("a disk that fails", () => {
  it("is reported by the next chunk and by the flush, with its first error", async (context) => {
    const { writer, state } = await writing(context);
    state.hold = Promise.reject(new Error("disk full"));
    void writer.take(bytes(256 * kibibyte));
    await nextTurn();
    state.hold = Promise.reject(new Error("another"));
    const wait = writer.take(bytes(256 * kibibyte));
    assert.ok(wait, "there is something to wait for, however few bytes are in memory");
    await assert.rejects(wait, /disk full/);
    await assert.rejects(writer.flush(), /disk full/);
  });

  it("is reported by a flush that begins while it is written", async (context) => {
    const { writer, state } = await writing(context);
    const held = later<undefined>();
    state.hold = held.promise;
    void writer.take(bytes(256 * kibibyte));
    const flushing = writer.flush();
    held.reject(new Error("disk full"));
    await assert.rejects(flushing, /disk full/);
  });
});
