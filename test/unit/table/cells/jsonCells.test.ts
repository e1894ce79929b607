import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createCells } from "../../../../src/table/cells/createCells.ts";
import type { RowCells } from "../../../../src/table/cells/rowCells.ts";
import type { Column, Encoding, Reading } from "../../../../src/table/tableTypes.ts";
import { anySpace, anyString, anyWritten, listed, type Written } from "./anyJson.ts";
import { encoded } from "./slowRows.ts";

const array: Reading = {
  kind: "jsonArray",
  delimiter: ",",
  quote: '"',
  header: false,
  encoding: "utf-8",
  flat: false,
  arrayPath: ["rows"],
};

interface Start {
  readonly reading?: Partial<Reading>;
  readonly rows?: readonly string[];
  readonly columns?: readonly Column[];
}

function cellsOf({ reading = {}, rows = [], columns }: Start = {}): RowCells {
  const start = { reading: { ...array, ...reading }, newline: 10 as const, rows: rows.map((row) => Buffer.from(row)) };
  return createCells(columns === undefined ? start : { ...start, columns });
}

/** Columns and cells of one record, by column. */
function table(record: string, reading: Partial<Reading> = {}): { row: Record<string, string>; malformed: boolean } {
  const cells = cellsOf({ reading });
  const { cells: values, malformed } = cells.read(Buffer.from(record));
  return { row: byColumn(cells, values), malformed };
}

function byColumn(cells: RowCells, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, place) => [cells.columns[place]?.name ?? "?", value]));
}

const seen = ({ compact }: Written): string => (compact.startsWith('"') ? String(JSON.parse(compact)) : compact);

describe("The cells of a JSON object", () => {
  it("are its values as they stand in the file, for any value, layout and encoding", () => {
    const keys = fc.uniqueArray(anyString, { minLength: 1, maxLength: 5, selector: (key) => String(JSON.parse(key)) });
    const surroundings = fc.constantFrom("", " ", "\n,", ",", " ]", "\n  ]\n}\n", '], "errors": [{}] }');
    const encoding = fc.constantFrom<Encoding>("utf-8", "utf-16le", "utf-16be");
    fc.assert(
      fc.property(
        keys.chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), anyWritten)))),
        fc.tuple(anySpace, surroundings, encoding),
        (members, [spaces, ending, written]) => {
          const cells = cellsOf({ reading: { encoding: written } });
          const record = spaces + listed(members, spaces, ["{", "}"]).text + ending;
          const { cells: values, malformed } = cells.read(encoded(record.toWellFormed(), written));
          assert.deepEqual(
            cells.columns.map(({ name }) => name),
            members.map(([key]) => String(JSON.parse(key))),
          );
          assert.deepEqual([values, malformed], [members.map(([, value]) => seen(value)), false]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("are in columns by key, in the order of their first appearance, and lack missing keys", () => {
    const cells = cellsOf({ rows: ['{"a":1,"b":"x"},', '{"c":true,"a":2}'] });
    assert.deepEqual(
      cells.columns.map(({ name, type }) => [name, type]),
      [
        ["a", "number"],
        ["b", "text"],
        ["c", "boolean"],
      ],
    );
    const version = cells.columnsVersion;
    assert.deepEqual(cells.read(Buffer.from('{"c":false,"__proto__":"2024-01-01"}')).cells, [
      "",
      "",
      "false",
      "2024-01-01",
    ]);
    assert.equal(cells.columnsVersion, version + 1);
    assert.deepEqual(cells.columns[3], { name: "__proto__", type: "date" });
  });

  it("decide the type of a column together, not only the first one", () => {
    assert.deepEqual(cellsOf({ rows: ['{"a":null}', '{"a":1}', '{"a":2}'] }).columns, [{ name: "a", type: "number" }]);
    assert.deepEqual(cellsOf({ rows: ['{"a":1}', '{"a":"x"}'] }).columns, [{ name: "a", type: "text" }]);
  });

  it("decide it alone: a damaged record, shown in the first column, says nothing of its type", () => {
    const rows = ['{"a":1,"b":true}', "not JSON", '{"a":nope}', '{"a":2}'];
    assert.deepEqual(cellsOf({ reading: { kind: "jsonLines" }, rows }).columns, [
      { name: "a", type: "number" },
      { name: "b", type: "boolean" },
    ]);
    assert.deepEqual(cellsOf({ rows: ['{"a":1'] }).columns, [{ name: "a", type: "number" }]);
  });

  it("have a column for each value of a repeated key", () =>
    assert.deepEqual(table('{"a":1,"a":2,"a":null}'), {
      row: { a: "1", "a (2)": "2", "a (3)": "null" },
      malformed: false,
    }));

  it("share one column if there are more keys than columns", () => {
    const keys = Array.from({ length: 2_002 }, (_, place) => `"k${place}": [${place}, 1]`);
    const cells = cellsOf();
    const { cells: values } = cells.read(Buffer.from(`{${keys.join()}}`));
    assert.equal(cells.columns.length, 2_001);
    assert.equal(values[1_999], "[1999,1]");
    assert.equal(values[2_000], '{"k2000":[2000,1],"k2001":[2001,1]}');
    assert.equal(cells.columns[2_000]?.name, "…");
  });

  it("are in the same columns as in another reader of the file", () => {
    const { columns } = cellsOf({ rows: ['{"a":1,"b":2}'] });
    const cells = cellsOf({ columns, rows: ['{"b":"x"}'] });
    assert.deepEqual(cells.columns, columns);
    assert.deepEqual(cells.read(Buffer.from('{"b":1}')).cells, ["", "1"]);
  });
});

describe("Other JSON records", () => {
  it("are columns 1, 2, … of an array, and one of anything else", () => {
    assert.deepEqual(table('["x", 1.10, {"a": [ ]}]'), { row: { 1: "x", 2: "1.10", 3: '{"a":[]}' }, malformed: false });
    assert.deepEqual(table(' "x\\n" ,'), { row: { value: "x\n" }, malformed: false });
    assert.deepEqual(table("12345678901234567890"), { row: { value: "12345678901234567890" }, malformed: false });
    assert.deepEqual(table("null"), { row: { value: "null" }, malformed: false });
  });

  it("are empty if an array is shorter or a line is blank", () => {
    assert.deepEqual(table("\n]}"), { row: {}, malformed: false });
    assert.deepEqual(table(" \r\n", { kind: "jsonLines" }), { row: {}, malformed: false });
  });

  for (const [text, kind] of [
    ["{id: 1}", "jsonLines"],
    ['{"a": nan}', "jsonArray"],
    ['{"a":1} x', "jsonLines"],
    ['{"a":1}]', "jsonLines"],
    ['{"a":1},', "jsonLines"],
    ['"a" "b"', "jsonLines"],
    ['{"a":[1}}', "jsonArray"],
    ["oops", "jsonLines"],
  ] as const) {
    it(`show text that is not JSON unchanged: ${text}`, () => {
      assert.deepEqual(table(text, { kind }), { row: { value: text }, malformed: true });
      const cells = cellsOf({ reading: { kind }, rows: ['{"first":1,"second":2}'] });
      assert.deepEqual(cells.read(Buffer.from(text)), { cells: [text], kinds: "s", malformed: true });
    });
  }

  for (const [text, row] of [
    ['{"a":1,"b":"x', { a: "1", b: "x" }],
    ['{"a":1,"b":"é\\n\\u00', { a: "1", b: "é\n" }],
    ['{"a":1,"b":"\\\\', { a: "1", b: "\\" }],
    ['{"a":1,"b":{"c": [1, ', { a: "1", b: '{"c":[1,' }],
    ['{"a":1,"b', { a: "1" }],
    ['{"a":1,"b":', { a: "1", b: "" }],
    ['{"a":1,', { a: "1" }],
    ["[1, [2", { 1: "1", 2: "[2" }],
    ['{"', { value: '{"' }],
    ['"half', { value: "half" }],
  ] as const) {
    it(`show what is there of an incomplete record: ${text}`, () =>
      assert.deepEqual(table(text), { row, malformed: true }));
  }

  it("can be read from 4 MiB of brackets or quotes without an error", () => {
    assert.equal(table("[".repeat(4 << 20)).malformed, true);
    assert.equal(table(`{"a":"${"\\".repeat(4 << 20)}`).malformed, true);
    assert.equal(table("[".repeat(100_000) + "]".repeat(100_000), { flat: true }).malformed, false);
  });
});

describe("The flattened cells of a JSON object", () => {
  const flat = (record: string): Record<string, string> => table(record, { flat: true }).row;

  it("have a column for each path", () =>
    assert.deepEqual(
      flat('{"user": {"name": "A", "tags": [ ]}, "items": [{"sku": 1.10}, {"sku": "b", "n": {"m": null}}], "x": {}}'),
      {
        "user.name": "A",
        "user.tags": "[]",
        "items[0].sku": "1.10",
        "items[1].sku": "b",
        "items[1].n.m": "null",
        x: "{}",
      },
    ));

  it("distinguish a key with a dot from a path", () =>
    assert.deepEqual(flat('{"a.b": 1, "a": {"b": 2, "c.d": 3, "": 4, "e[0]": 5, "q\\"": 6}}'), {
      '["a.b"]': "1",
      "a.b": "2",
      'a["c.d"]': "3",
      'a[""]': "4",
      'a["e[0]"]': "5",
      'a["q\\""]': "6",
    }));

  it("stay in their parent's column if an array is long or there are too many columns", () => {
    const long = Array.from({ length: 33 }, (_, place) => place).join();
    assert.deepEqual(flat(`{"a": [${long}]}`), { a: `[${long}]` });
    const wide = Array.from({ length: 1_500 }, (_, place) => `"k${place}": 1`).join();
    const row = flat(`{"a": {${wide}}, "b": {${wide}}, "c": {"d": 1}}`);
    assert.equal(row["a.k1499"], "1");
    assert.equal(row["b"], `{${wide.replaceAll(" ", "")}}`);
    assert.equal(row["c.d"], "1");
  });
});
