import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { IndexBuilder } from "../../../../src/table/index/indexBuilder.ts";
import { anchorSpacing } from "../../../../src/table/index/rowIndex.ts";
import { rowSpans } from "../../../../src/table/index/rowSpans.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import type { Grammar } from "../../../../src/table/scan/scanner.ts";
import { createWasmScanner } from "../../../../src/table/scan/wasmScanner.ts";
import { builtScanner } from "../scan/builtScanner.ts";
import { rowsOf } from "../scan/slowReference.ts";
import { anyText } from "../scan/texts.ts";
import { bytesOf, fileOf, TextSource, type Width } from "./textSource.ts";

const commas: Grammar = { kind: "delimited", delimiter: 44, quote: 34, newline: 10 };
const json: Grammar = { kind: "jsonArray" };
const wasm = createWasmScanner(await builtScanner());
const scanner = fc.constantFrom(wasm, wasm, createPlainScanner());
const width = fc.constantFrom<Width>("one", "one", "little", "big");
/** Even, so that characters of two bytes lie as they do in files. */
const begin = fc.constantFrom(0, 2, 4, 70_000);

/** A text of some hundred KiB, with rows of all lengths. */
const longText = fc
  .tuple(anyText, anyText, fc.integer({ min: 1, max: 150_000 }), fc.integer({ min: 1, max: 200 }))
  .map(([{ grammar, text }, other, gap, times]) => {
    const whole = text.replaceAll("]", "").repeat(times) + "x".repeat(gap) + text + other.text;
    return { grammar, text: whole.slice(0, 250_000) };
  });

function built(text: string, grammar: Grammar, options: { jsonLines?: boolean } = {}): IndexBuilder {
  const file = fileOf(new TextSource(bytesOf(text, "one", 0)), wasm, grammar);
  const builder = new IndexBuilder({ ...file, begin: 0, ...options });
  while (builder.step(1 << 20));
  return builder;
}

describe("index builder", () => {
  it("counts the same rows as a slow reader, however it is divided into steps and however the file grows", () => {
    const growth = fc.array(fc.nat({ max: 90 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anyText, growth, scanner, width, begin, ({ grammar, text }, sizes, scanned, wide, from) => {
        const bytes = bytesOf(text, wide, from);
        const source = new TextSource(bytes, from);
        const file = fileOf(source, scanned, grammar, wide);
        const builder = new IndexBuilder({ ...file, begin: from });
        for (let turn = 0; source.size < bytes.length; turn++) {
          source.size = Math.min(bytes.length, source.size + (sizes[turn % sizes.length] ?? 0) + 1);
          builder.grow();
          while (builder.step(1));
          const read = text.slice(0, Math.floor((source.size - from) / file.bytesPerCharacter));
          assert.equal(builder.rows, rowsOf(read, grammar).length);
        }
        assert.ok(builder.complete);
        assert.equal(builder.indexedBytes, bytes.length);
      }),
      { numRuns: 300 },
    );
  });

  it("leads to every row before, while and after it is built, and does not depend on the steps", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 5 });
    const asked = fc.array(fc.tuple(fc.nat({ max: 999 }), fc.integer({ min: 1, max: 70 })), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(longText, steps, asked, width, begin, ({ grammar, text }, sizes, questions, wide, from) => {
        const source = new TextSource(bytesOf(text, wide, from));
        const file = fileOf(source, wasm, grammar, wide);
        const rows = rowsOf(text, grammar).map(({ start, end }) => ({
          start: from + start * file.bytesPerCharacter,
          end: from + end * file.bytesPerCharacter,
        }));
        const builder = new IndexBuilder({ ...file, begin: from });
        for (let turn = 0, more = true; more; turn++) {
          for (const [place, count] of questions) {
            const row = Math.floor((place / 1000) * (rows.length + 1));
            const spans = rowSpans({ ...file, index: builder.index }, row, count);
            assert.deepEqual(spans, rows.slice(row, row + count));
          }
          more = builder.step(sizes[turn % sizes.length] ?? 1);
        }
        const atOnce = new IndexBuilder({ ...file, begin: from });
        while (atOnce.step(1 << 30));
        assert.deepEqual(builder.index.covered, atOnce.index.covered);
        assert.deepEqual(builder.index.all, atOnce.index.all);
        assert.ok(builder.index.anchors <= 2 + source.size / anchorSpacing);
      }),
      { numRuns: 60 },
    );
  });

  it("is the same if another builder indexes the end of the file, from wherever a row begins", () => {
    const steps = fc.integer({ min: 1, max: 300_000 });
    fc.assert(
      fc.property(longText, steps, fc.nat({ max: 999 }), width, begin, ({ grammar, text }, step, place, wide, from) => {
        const source = new TextSource(bytesOf(text, wide, from));
        const file = fileOf(source, wasm, grammar, wide);
        const starts = rowsOf(text, grammar).map(({ start }) => from + start * file.bytesPerCharacter);
        const row = Math.max(1, Math.floor((place / 1000) * starts.length));
        const split = starts[row];
        fc.pre(split !== undefined);
        const tail = new IndexBuilder({ ...file, begin: split });
        while (tail.step(step));
        const builder = new IndexBuilder({ ...file, begin: from });
        assert.equal(builder.adopt(tail.tail), false);
        while (builder.indexedBytes < split) builder.step(step, split);
        assert.equal(builder.indexedBytes, split);
        assert.equal(builder.adopt(structuredClone(tail.tail)), true);
        const atOnce = new IndexBuilder({ ...file, begin: from });
        while (atOnce.step(1 << 30));
        assert.deepEqual(builder.index.covered, atOnce.index.covered);
        assert.deepEqual(builder.index.all, atOnce.index.all);
        assert.equal(builder.rows, atOnce.rows);
        assert.equal(builder.endsInRecord, atOnce.endsInRecord);
        assert.equal(builder.complete, true);
      }),
      { numRuns: 100 },
    );
  });

  it("doesn't take bytes of letters for quotes and delimiters, wherever it begins to read", () => {
    // In Shift JIS, the second byte of 表 is a backslash, which would escape the quote after it.
    const escaped: Grammar = { ...commas, escapes: true };
    const row = '"\x95\\","\x95\\\x83|"\n';
    const text = row.repeat(30_000);
    const file = { ...fileOf(new TextSource(bytesOf(text, "one", 0)), wasm, escaped), mixed: "shift_jis" } as const;
    const builder = new IndexBuilder({ ...file, begin: 0 });
    while (builder.step(1));
    assert.equal(builder.rows, 30_000);
    const spans = rowSpans({ ...file, index: builder.index }, 29_999, 2);
    assert.deepEqual(spans, [{ start: text.length - row.length, end: text.length }]);
  });

  it("goes on alone if no row begins where another builder began", () => {
    const source = new TextSource(bytesOf('a,"b\nc"\nd,e\n', "one", 0));
    const file = fileOf(source, wasm, commas);
    const tail = new IndexBuilder({ ...file, begin: 5 });
    while (tail.step(100));
    const builder = new IndexBuilder({ ...file, begin: 0 });
    builder.step(100, 5);
    assert.deepEqual([builder.indexedBytes, builder.adopt(tail.tail)], [5, false]);
    while (builder.step(100));
    assert.equal(builder.rows, 2);
  });

  it("grows after another builder indexed the end of the file", () => {
    const bytes = bytesOf(`a,b\n${"c,d\n".repeat(3)}e`, "one", 0);
    const source = new TextSource(bytes, bytes.length - 3);
    const file = fileOf(source, wasm, commas);
    const tail = new IndexBuilder({ ...file, begin: 4 });
    while (tail.step(100));
    const builder = new IndexBuilder({ ...file, begin: 0 });
    builder.step(100, 4);
    assert.deepEqual([builder.adopt(tail.tail), builder.rows], [true, 4]);
    source.size = bytes.length;
    builder.grow();
    while (builder.step(100));
    assert.deepEqual([builder.rows, builder.endedRows], [5, 4]);
  });

  it("has landmarks at beginnings of rows, at most 256 KiB apart where rows are short enough", () => {
    const line = "a,b,c\n".repeat(200_000);
    const long = `x,${"y".repeat(900_000)}\n`;
    const source = new TextSource(bytesOf(line + long + line, "one", 0));
    const builder = new IndexBuilder({ ...fileOf(source, wasm, commas), begin: 0 });
    assert.deepEqual([...builder.index.landmarks()], [0, 0]);
    while (builder.step(1 << 20));
    const numbers = [...builder.index.landmarks()];
    const bytes = numbers.filter((_, at) => at % 2 === 0);
    const rows = numbers.filter((_, at) => at % 2 === 1);
    assert.equal(bytes[0], 0);
    for (const [at, byte] of bytes.entries()) {
      const row = byte <= line.length ? byte / 6 : (byte - long.length) / 6 + 1;
      assert.equal(rows[at], row);
      const distance = (bytes[at + 1] ?? source.size) - byte;
      const isLong = byte <= line.length && byte + distance > line.length;
      assert.ok(distance > 0 && (isLong || distance <= 1 << 18), `${distance} bytes`);
    }
    assert.ok(bytes.length <= 2 + (2 * source.size) / (1 << 18));
  });

  it("needs a limited number of bytes to find a row of many MiB and those around it", () => {
    const line = "a,b,c\n".repeat(50_000);
    const long = `x,${"y".repeat(5_000_000)}\n`;
    const source = new TextSource(bytesOf(line + long + line + "z".repeat(5_000_000), "one", 0));
    const file = fileOf(source, wasm, commas);
    const builder = new IndexBuilder({ ...file, begin: 0 });
    while (builder.step(1 << 20));
    const spansOf = (row: number, count: number) => {
      source.bytesRead = 0;
      const spans = rowSpans({ ...file, index: builder.index }, row, count);
      assert.ok(source.bytesRead <= 1 << 20, `${source.bytesRead} bytes read`);
      return spans;
    };
    assert.deepEqual(spansOf(49_999, 3), [
      { start: line.length - 6, end: line.length },
      { start: line.length, end: line.length + long.length },
      { start: line.length + long.length, end: line.length + long.length + 6 },
    ]);
    assert.deepEqual(spansOf(100_000, 9), [
      { start: source.size - 5_000_006, end: source.size - 5_000_000 },
      { start: source.size - 5_000_000, end: source.size },
    ]);
    assert.deepEqual(spansOf(100_002, 9), []);
  });

  it("knows where a long last record of a JSON array ends", () => {
    const long = `{"a":"${"y".repeat(3_000_000)}"}`;
    const source = new TextSource(bytesOf(`1,${long} ], ${"x, ] ".repeat(100_000)}`, "one", 0));
    const file = fileOf(source, wasm, json);
    const builder = new IndexBuilder({ ...file, begin: 0 });
    while (builder.step(1 << 30));
    source.bytesRead = 0;
    const spans = rowSpans({ ...file, index: builder.index }, 1, 2);
    assert.deepEqual(spans, [{ start: 2, end: 2 + long.length + 1 }]);
    assert.ok(source.bytesRead <= 1 << 20);
  });

  it("finds no row that is too far behind the indexed rows", () => {
    const source = new TextSource(new Uint8Array(40 << 20).fill(0x61));
    const file = fileOf(source, wasm, commas);
    const { index } = new IndexBuilder({ ...file, begin: 0 });
    assert.deepEqual(rowSpans({ ...file, index }, 0, 1), []);
    assert.ok(source.bytesRead < 34 << 20);
  });

  it("ends at the end of a JSON array", () => {
    const text = `{"a":1}, 2 ] , "more":[1,2,3] ${" ".repeat(3_000_000)}`;
    const source = new TextSource(bytesOf(text, "one", 0));
    const builder = new IndexBuilder({ ...fileOf(source, wasm, json), begin: 0 });
    assert.equal(builder.step(1), false);
    assert.equal(builder.rows, 2);
    assert.equal(builder.indexedBytes, source.size);
    assert.ok(source.bytesRead < 1 << 20);
  });

  it("says whether the text ends within a record", () => {
    assert.equal(built('a,"b\n', commas).endsInRecord, true);
    assert.equal(built('a,"b"', commas).endsInRecord, false);
    assert.equal(built('{"a":1}', json).endsInRecord, true);
    assert.equal(built('{"a":1}]', json).endsInRecord, false);
    const lines: Grammar = { kind: "delimited", delimiter: 0, quote: undefined, newline: 10 };
    assert.equal(built('{"a":1}\n{"a":"', lines, { jsonLines: true }).endsInRecord, true);
    assert.equal(built('{"a":1}\n{"a":[', lines, { jsonLines: true }).endsInRecord, true);
    assert.equal(built('{"a"\n{"a":"}"}', lines, { jsonLines: true }).endsInRecord, false);
    assert.equal(built('{"a":1}\n', lines, { jsonLines: true }).endsInRecord, false);
  });

  it("finds the anchors around a row and around a byte", () => {
    const { index } = built("a,b,c,d\n".repeat(1_000_000), commas);
    assert.deepEqual(index.anchorFor(0), { byte: 0, row: 0 });
    assert.deepEqual(index.anchorFor(8192), { byte: 8, row: 1 });
    assert.deepEqual(index.anchorFor(8193), { byte: 65_544, row: 8193 });
    assert.deepEqual(index.anchorAt(65_543), { byte: 8, row: 1 });
    assert.deepEqual(index.anchorAt(65_544), { byte: 65_544, row: 8193 });
    assert.deepEqual(index.anchorAt(1e9), index.anchorFor(1e9));
  });
});
