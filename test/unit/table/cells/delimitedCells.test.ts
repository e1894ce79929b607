import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { createCells } from "../../../../src/table/cells/createCells.ts";
import type { RowCells } from "../../../../src/table/cells/rowCells.ts";
import type { Encoding, Reading } from "../../../../src/table/tableTypes.ts";
import { encoded, slowRows, windows1252Characters } from "./slowRows.ts";
import { csvReading } from "../csvReading.ts";

const plain: Reading = csvReading;

function cellsOf(reading: Partial<Reading> = {}, rows: readonly string[] = [], newline: 10 | 13 = 10): RowCells {
  return createCells({ reading: { ...plain, ...reading }, newline, rows: rows.map((row) => Buffer.from(row)) });
}

const read = (row: string, reading: Partial<Reading> = {}): { cells: readonly string[]; malformed: boolean } =>
  cellsOf(reading).read(Buffer.from(row));

interface Writing {
  readonly delimiter: string;
  readonly quote: string;
  readonly newline: "\n" | "\r\n" | "\r";
  readonly encoding: Encoding;
}

const anyWriting: fc.Arbitrary<Writing> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|", " ", "."),
  quote: fc.constantFrom('"', "'"),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  encoding: fc.constantFrom<Encoding>("utf-8", "utf-16le", "utf-16be", "windows-1252"),
});

/** Values full of what has a meaning in delimited text, in an encoding's own characters. */
function anyValue({ delimiter, quote, encoding }: Writing): fc.Arbitrary<string> {
  const special = fc.constantFrom(delimiter, quote, "\n", "\r", "\r\n", " ", '"', ",", "\ufeff", "é", "€", "a", "1");
  const foreign =
    encoding === "windows-1252" ? fc.constantFrom(...windows1252Characters) : fc.string({ unit: "grapheme" });
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: special }, foreign), { maxLength: 6 })
    .map((parts) => parts.join(""))
    .map((text) => (encoding === "windows-1252" ? text.replaceAll("\ufeff", "") : text));
}

function written(value: string, { delimiter, quote }: Writing, quoted: boolean): string {
  const must = [delimiter, "\n", "\r"].some((part) => value.includes(part)) || value.startsWith(quote);
  return must || quoted ? quote + value.replaceAll(quote, quote + quote) + quote : value;
}

const anyTable = anyWriting.chain((writing) =>
  fc.record({
    writing: fc.constant(writing),
    row: fc.array(fc.tuple(anyValue(writing), fc.boolean()), { minLength: 1, maxLength: 6 }),
    ending: fc.constantFrom("", writing.newline),
  }),
);

describe("The cells of a delimited row", () => {
  it("are the values that were written, whatever delimiter, quotes, newline and encoding", () =>
    fc.assert(
      fc.property(anyTable, ({ writing, row, ending }) => {
        const text = row.map(([value, quoted]) => written(value, writing, quoted)).join(writing.delimiter) + ending;
        const cells = createCells({
          reading: { ...plain, delimiter: writing.delimiter, quote: writing.quote, encoding: writing.encoding },
          newline: writing.newline === "\r" ? 13 : 10,
          rows: [],
        });
        const answer = cells.read(encoded(text, writing.encoding));
        assert.deepEqual(answer, { cells: row.map(([value]) => value), malformed: false });
      }),
      { numRuns: 2_000 },
    ));

  it("are the same as those of a slow reader for any text, well-formed or not", () => {
    const text = fc.array(fc.constantFrom('"', '""', ",", " ", "\n", "\r\n", "\r", "a", "\ufeff", '",', ',"'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, fc.constantFrom("\n" as const, "\r" as const), (parts, newline) => {
        const cells = cellsOf({}, [], newline === "\n" ? 10 : 13);
        for (const row of slowRows(parts.join(""), ",", '"', newline)) {
          assert.deepEqual(
            cells.read(Buffer.from(row.text)),
            { cells: row.cells, malformed: row.malformed },
            JSON.stringify(row.text),
          );
        }
      }),
      { numRuns: 5_000 },
    );
  });

  for (const [row, cells, malformed] of [
    ["", [""], false],
    ["\n", [""], false],
    [",", ["", ""], false],
    ['""', [""], false],
    ['a,"b ""c"" d",e\r\n', ["a", 'b "c" d', "e"], false],
    ['a "b" c,d', ['a "b" c', "d"], false],
    ['"a" ,b', ["a ", "b"], true],
    ['"a"b"c",d', ['ab"c"', "d"], true],
    ['a,"b,c', ["a", "b,c"], true],
    ["a,b\r", ["a", "b"], false],
    ["00123,1.10,12345678901234567890", ["00123", "1.10", "12345678901234567890"], false],
  ] as const) {
    it(`are ${JSON.stringify(cells)} for ${JSON.stringify(row)}`, () =>
      assert.deepEqual(read(row), { cells, malformed }));
  }

  it("keep their quotes if the file is read without quotes", () =>
    assert.deepEqual(read('"a,b",c', { quote: "" }), { cells: ['"a', 'b"', "c"], malformed: false }));

  it("are read if the delimiter is a quote character", () =>
    assert.deepEqual(read(`a"'b"c'"d`, { delimiter: '"', quote: "'" }), {
      cells: ["a", 'b"c', "d"],
      malformed: false,
    }));

  it("show bytes that are invalid in the encoding as U+FFFD", () => {
    assert.deepEqual(cellsOf().read(Buffer.from([0x61, 0xff, 0x2c, 0xc3])).cells, ["a\ufffd", "\ufffd"]);
    assert.deepEqual(cellsOf({ encoding: "utf-16le" }).read(Buffer.from([0x61, 0, 0x2c, 0, 0x62])).cells, [
      "a",
      "\ufffd",
    ]);
  });

  it("need little memory for 4 MiB of stray quotes", () => {
    const source = path.resolve(import.meta.dirname, "../../../../src/table/cells/delimitedCells.ts");
    const program = `
      import { createDelimitedCells } from ${JSON.stringify(pathToFileURL(source).href)};
      const cells = createDelimitedCells({ reading: ${JSON.stringify(plain)}, newline: 10, rows: [] });
      console.log(cells.read(Buffer.from('"' + 'x"'.repeat(2 << 20))).malformed);
    `;
    const answer = execFileSync(process.execPath, ["--max-old-space-size=64", "--input-type=module", "-e", program]);
    assert.equal(answer.toString(), "true\n");
  });
});

describe("The columns of delimited text", () => {
  it("are named by the header row and typed by the rows below", () => {
    const cells = cellsOf({ header: true }, ["id,day,open,note,data\n", '1,2024-02-29,true,x,"{""a"":1}"\n']);
    assert.deepEqual(cells.columns, [
      { name: "id", type: "number" },
      { name: "day", type: "date" },
      { name: "open", type: "boolean" },
      { name: "note", type: "text" },
      { name: "data", type: "json" },
    ]);
  });

  it("are named by their places if the header has no name, and keep repeated names", () => {
    const cells = cellsOf({ header: true }, [' a ,,"a"\n', "1,2,3,4\n"]);
    assert.deepEqual(
      cells.columns.map(({ name }) => name),
      [" a ", "Column 2", "a", "Column 4"],
    );
    assert.deepEqual(
      cellsOf({}, ["x,y"]).columns.map(({ name }) => name),
      ["Column 1", "Column 2"],
    );
  });

  it("become more if a row has more cells, and this is reported", () => {
    const cells = cellsOf({ header: true }, ["a\n", "1\n"]);
    cells.read(Buffer.from("1\n"));
    assert.equal(cells.columnsVersion, 0);
    cells.read(Buffer.from("1,2,x\n"));
    assert.equal(cells.columnsVersion, 1);
    assert.deepEqual(cells.columns.slice(1), [
      { name: "Column 2", type: "number" },
      { name: "Column 3", type: "text" },
    ]);
  });

  it("are the same in another reader of the file", () => {
    const { columns } = cellsOf({ header: true }, ["a,b\n", "1,x\n"]);
    const cells = createCells({
      reading: { ...plain, header: true },
      newline: 10,
      rows: [Buffer.from("c\n")],
      columns,
    });
    assert.deepEqual(cells.columns, columns);
    cells.read(Buffer.from("1,2,3\n"));
    assert.deepEqual([cells.columns.length, columns.length], [3, 2]);
  });

  it("do not become a million for one damaged row", () => {
    const cells = cellsOf({ header: true }, ["a\n"]);
    assert.equal(cells.read(Buffer.from(",".repeat(999_999))).cells.length, 1_000_000);
    assert.equal(cells.columns.length, 16_384);
  });
});
