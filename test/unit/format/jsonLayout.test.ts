import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { JsonLayout } from "../../../src/format/jsonLayout.ts";

const blank = fc.stringMatching(/^[ \t\r\n]{0,3}$/);

/** JSON text of a value with blank space of its own wherever it may stand. */
function spaced(value: unknown, blanks: () => string): string {
  const inside = (): string => {
    if (Array.isArray(value)) return `[${value.map((item) => spaced(item, blanks)).join(",")}${blanks()}]`;
    if (typeof value === "object" && value !== null) {
      const members = Object.entries(value).map(
        ([name, item]) => `${blanks()}${JSON.stringify(name)}${blanks()}:${spaced(item, blanks)}`,
      );
      return `{${members.join(",")}${blanks()}}`;
    }
    return JSON.stringify(value);
  };
  return `${blanks()}${inside()}${blanks()}`;
}

function laidOut(chunks: readonly Uint8Array[], indent = 2, outputBytes = 64): string | undefined {
  const layout = new JsonLayout(indent, outputBytes);
  const output: Buffer[] = [];
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length && layout.problem === undefined;) {
      at = layout.read(chunk, at);
      output.push(Buffer.from(layout.take()));
    }
  }
  layout.end();
  output.push(Buffer.from(layout.take()));
  return layout.problem === undefined ? Buffer.concat(output).toString() : undefined;
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

describe("formatted JSON", () => {
  it("is the same as from JSON.stringify, however the input was spaced and split", () => {
    const json = fc.jsonValue({ noUnicodeString: false });
    fc.assert(
      fc.property(json, fc.infiniteStream(blank), fc.array(fc.nat(), { maxLength: 6 }), (value, blanks, cuts) => {
        const text = spaced(value, () => String(blanks.next().value));
        const result = laidOut(cutAt(Buffer.from(text), cuts));
        const parsed: unknown = JSON.parse(text);
        assert.deepEqual(JSON.parse(result ?? ""), parsed);
        assert.equal(result, `${JSON.stringify(parsed, undefined, 2)}\n`);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same wherever the input is split", () => {
    const text = '\n {"a" : [1.50e+3 , "x\\"\\\\ü" ,[ ],{ } , null],"b":{"":-0}} 7 "z"';
    const bytes = Buffer.from(text);
    const whole = laidOut([bytes]);
    assert.ok(whole?.includes("1.50e+3"));
    for (let cut = 0; cut <= bytes.length; cut++) {
      assert.equal(laidOut([bytes.subarray(0, cut), bytes.subarray(cut)]), whole);
      assert.equal(laidOut(Array.from(bytes, (byte) => Buffer.of(byte))), whole);
    }
  });

  it("keeps every byte of its source except white space between tokens, even if the source is not JSON", () => {
    const piece = fc.constantFrom("[", "]", "{", "}", ",", ":", '"a b"', '"\\""', "1.0", "-0", "nul", " ", "\n", "\t");
    const withoutBlanks = (text: string): string => (text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? []).join("");
    const tokens = (text: string): string[] => text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s",:[\]{}]+/g) ?? [];
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 3 }), (pieces, cuts) => {
        const text = pieces.join("");
        const result = laidOut(cutAt(Buffer.from(text), cuts));
        if (result === undefined) return;
        assert.equal(withoutBlanks(result), withoutBlanks(text));
        assert.deepEqual(tokens(result), tokens(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("has each of several top-level values on its own line", () =>
    assert.equal(laidOut([Buffer.from('{"a":1}\n{"a":2}\n3 4')]), '{\n  "a": 1\n}\n{\n  "a": 2\n}\n3\n4\n'));

  it("supports any depth, and doesn't indent the deepest values further", () => {
    const depth = 5_000;
    const text = "[".repeat(depth) + "]".repeat(depth);
    const result = laidOut([Buffer.from(text)]) ?? "";
    assert.equal(result.replace(/\s/g, ""), text);
    assert.ok(result.length < 2 * depth * 210);
  });

  it("keeps no more output in memory than its buffer and the white space of one token", () => {
    const layout = new JsonLayout(2, 64);
    const text = Buffer.from("[".repeat(1_000) + `"${"x".repeat(1_000)}"` + "]".repeat(1_000));
    let largest = 0;
    for (let at = 0; at < text.length;) {
      at = layout.read(text, at);
      largest = Math.max(largest, layout.take().length);
    }
    assert.ok(largest <= 64 + 3 + 200, `${largest} bytes`);
  });
});
