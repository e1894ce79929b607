import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type DelimitedGrammar, FieldWalk } from "../../../../src/table/find/fieldWalk.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { freshState } from "../../../../src/table/scan/rowEnds.ts";
import { StretchReader } from "../../../../src/table/scan/stretchReader.ts";
import type { Encoding } from "../../../../src/table/tableTypes.ts";

const commas: DelimitedGrammar = { kind: "delimited", delimiter: 44, quote: 34, newline: 10 };

function walkIn(text: string, grammar = commas, encoding: Encoding = "utf-8"): FieldWalk {
  const bytes = Buffer.from(text, encoding === "utf-16le" ? "utf16le" : "utf8");
  const source = {
    size: bytes.length,
    read: (target: Uint8Array, at: number) => bytes.copy(target, 0, at, at + target.length),
    close: () => undefined,
  };
  const scanner = createPlainScanner();
  const stretch = new StretchReader(source, scanner, encoding).read(0, bytes.length);
  const starts = new Uint32Array(100);
  const ended = scanner.rowStarts(grammar, freshState(), 0, stretch.units, starts);
  return new FieldWalk({ stretch, starts, ended }, grammar, encoding);
}

/** All fields of the row that contains a position. */
function fieldsAt(text: string, position: number, grammar?: DelimitedGrammar, encoding?: Encoding): unknown {
  const walk = walkIn(text, grammar, encoding);
  walk.seekRow(position);
  const fields: string[] = [];
  do fields.push(`${walk.value}${walk.malformed ? " (malformed)" : ""}`);
  while (walk.nextField());
  return fields;
}

describe("the fields of a row in a stretch of the file", () => {
  for (const [text, fields] of [
    ["a,b\n", ["a", "b"]],
    ["a,,\n", ["a", "", ""]],
    ["a,b\r\r\n", ["a", "b"]],
    ["a,b", ["a", "b"]],
    ["\n", [""]],
    ['"a,b","c\nd"\n', ["a,b", "c\nd"]],
    ['"a""b",""""\n', ['a"b', '"']],
    ['"",""\n', ["", ""]],
    ['"a"b,c\n', ["ab (malformed)", "c"]],
    ['"a" ,c\n', ["a  (malformed)", "c"]],
    ['"a', ["a (malformed)"]],
    ['"', [" (malformed)"]],
    ['a"b,"c"\n', ['a"b', "c"]],
    ['"a"\r\n', ["a"]],
    ['"a""\n', ['a"\n (malformed)']],
    ["é,ü\n", ["é", "ü"]],
  ] as const) {
    it(`are ${JSON.stringify(fields)} in ${JSON.stringify(text)}`, () => assert.deepEqual(fieldsAt(text, 0), fields));
  }

  it("follow other rules if the grammar has them", () => {
    assert.deepEqual(fieldsAt('"a;b";c\r', 0, { ...commas, delimiter: 59, newline: 13 }), ["a;b", "c"]);
    assert.deepEqual(fieldsAt("a\n\r", 0, { ...commas, newline: 13 }), ["a"]);
    assert.deepEqual(fieldsAt('"a,b"\n', 0, { ...commas, quote: undefined }), ['"a', 'b"']);
    assert.deepEqual(fieldsAt("é,日\n", 0, commas, "utf-16le"), ["é", "日"]);
  });
});

describe("going to a position in a stretch", () => {
  const text = 'a,bb\nccc,"d\nd",e\nf,g';

  it("finds its row and field, and where they begin and end", () => {
    for (const [position, row, column, from, to, rowFrom, rowTo] of [
      [0, 0, 0, 0, 1, 0, 5],
      [1, 0, 1, 2, 4, 0, 5],
      [3, 0, 1, 2, 4, 0, 5],
      [4, 0, 1, 2, 4, 0, 5],
      [5, 1, 0, 5, 8, 5, 17],
      [11, 1, 1, 9, 14, 5, 17],
      [15, 1, 2, 15, 16, 5, 17],
      [17, 2, 0, 17, 18, 17, 20],
      [19, 2, 1, 19, 20, 17, 20],
    ] as const) {
      const walk = walkIn(text);
      walk.seekRow(position);
      walk.seekField(position);
      assert.deepEqual(
        [walk.row, walk.column, walk.from, walk.to, walk.rowFrom, walk.rowTo],
        [row, column, from, to, rowFrom, rowTo],
        String(position),
      );
    }
  });

  it("goes on from where it is, within the same row and to later ones", () => {
    const walk = walkIn(text);
    const seen = [0, 3, 6, 10, 15, 19].map((position) => {
      walk.seekRow(position);
      walk.seekField(position);
      return [walk.row, walk.column, walk.value];
    });
    assert.deepEqual(seen, [
      [0, 0, "a"],
      [0, 1, "bb"],
      [1, 0, "ccc"],
      [1, 1, "d\nd"],
      [1, 2, "e"],
      [2, 1, "g"],
    ]);
  });
});
