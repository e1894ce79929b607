import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { ExportError } from "../../../../src/model/exportError.ts";
import type { Condition, Filter, SortKey } from "../../../../src/model/queryContract.ts";
import { countStatement, orderStatement } from "../../../../src/query/statements/orderStatement.ts";
import { neededColumns } from "../../../../src/query/statements/neededColumns.ts";
import { Engine } from "./engine.ts";
import { referenceOrder, type Cell } from "./reference.ts";

const texts = [
  "",
  "a",
  "A",
  "ä",
  "Ä",
  "a\u0308",
  "ı",
  "I",
  "i",
  "İ",
  "\u212A",
  "k",
  "K",
  "ſ",
  "s",
  "S",
  "ß",
  "ẞ",
  "😀",
  "\uFFEE",
  "a\0b",
  "a\nb",
  "'",
  '"',
  "\\",
  "null",
  "007",
  "7",
  "1e5",
  "x,y",
  "%",
  "_",
  ".*",
  "y".repeat(3_000),
  "Σ",
  "ς",
  "σ",
];
const numbers = [
  "",
  "0",
  "-0",
  "5",
  "+5",
  "5.0",
  "-3.25",
  "null",
  "12345678901234567890",
  "12345678901234567891",
  "0.000000001",
  "9223372036854775807",
];
const doubles = ["", "1e5", "100000", "-0", "0", "-2.5e-3", "7"];

const textColumn = fc.array(
  fc.option(fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "grapheme", maxLength: 4 })), { freq: 8 }),
  { minLength: 12, maxLength: 12 },
);
const numberColumn = fc.array(fc.option(fc.constantFrom(...numbers), { freq: 8 }), { minLength: 12, maxLength: 12 });
const doubleColumn = fc.array(fc.option(fc.constantFrom(...doubles), { freq: 8 }), { minLength: 12, maxLength: 12 });
const column = fc.integer({ min: 0, max: 2 });
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "grapheme", maxLength: 2 }));
const expressions = [
  "a",
  "^a.b$",
  "[aä]+",
  "\\s",
  "\\S",
  "[^\\s]",
  "[\\S]",
  "\\d+",
  "k",
  "\\u212a",
  "\\u{1F600}",
  "\\uD83D\\uDE00",
  ".",
  "^.$",
  "(?<x>a|b)",
  "\\p{L}",
  "\\P{L}",
  "[\\w-]",
  "a{1,2}",
  "[^]",
  "[]",
  "\\/",
  "\\-",
  "a{",
  "x*?",
  "\\x41",
  "^$",
  "[.]",
  "[a-c-e]",
  "\\cJ",
  "[\\b]",
];

const sort: fc.Arbitrary<SortKey[]> = fc.array(fc.record({ column, descending: fc.boolean() }), { maxLength: 3 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    column,
    is: fc.constantFrom("contains", "equals", "startsWith", "endsWith"),
    value: text,
    caseSensitive: fc.boolean(),
  }),
  fc.record({
    column,
    is: fc.constant("matches"),
    value: fc.constantFrom(...expressions),
    caseSensitive: fc.boolean(),
  }),
  fc.record({ column, is: fc.constant("in"), values: fc.array(text, { maxLength: 4 }) }),
  fc.record({
    column,
    is: fc.constantFrom("less", "atMost", "more", "atLeast"),
    value: fc.constantFrom("5", "-3.26", "0", "99999", "0.0000000001", "12345678901234567890.5"),
  }),
  fc.record({
    column,
    is: fc.constant("between"),
    from: fc.constantFrom("-4", "0"),
    to: fc.constantFrom("5", "12345678901234567890"),
  }),
  fc.record({ column, is: fc.constant("empty") }),
);
const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    condition,
    fc.record({ all: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("filter"), { maxLength: 3 }) }),
    fc.record({ not: tie("filter") }),
  ),
}));

describe("The order of rows", () => {
  let engine: Engine;
  before(async () => void (engine = await Engine.open()));
  after(() => engine.close());

  async function order(
    cells: readonly (readonly Cell[])[],
    choice: { sort?: SortKey[]; filter?: Filter },
    limit?: number,
  ): Promise<number[]> {
    const tables = await engine.tables(cells);
    const columns = { names: cells.map((_, index) => `c${index}`), tables };
    const rows = await engine.run(orderStatement(choice, columns, limit));
    const [count] = await engine.run(countStatement(choice, columns));
    if (limit === undefined) assert.equal(Number(count?.[0]), rows.length);
    return rows.map(([row]) => Number(row));
  }

  async function refusal(cells: readonly Cell[], filter: Filter): Promise<ExportError> {
    const error: unknown = await order([cells], { filter }).catch((error: unknown) => error);
    assert.ok(error instanceof ExportError);
    return error;
  }

  it("is the one of the reference, for random tables, sort orders and filters", { timeout: 50_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        textColumn,
        numberColumn,
        doubleColumn,
        sort,
        fc.option(filter, { nil: undefined }),
        async (first, second, third, keys, chosen) => {
          const cells = [first, second, third];
          const tables = await engine.tables(cells);
          const reference = cells.map((column, index) => ({ cells: column, type: tables.type(index) }));
          const choice = { sort: keys, ...(chosen && { filter: chosen }) };
          assert.deepEqual(await order(cells, choice), referenceOrder(reference, keys, chosen));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has missing and empty values last in both directions, in file order", async () => {
    const cells = [[null, "b", "", "a", null]];
    assert.deepEqual(await order(cells, { sort: [{ column: 0 }] }), [3, 1, 0, 2, 4]);
    assert.deepEqual(await order(cells, { sort: [{ column: 0, descending: true }] }), [1, 3, 0, 2, 4]);
  });

  it("can be limited to a first page", async () => {
    assert.deepEqual(await order([["3", "1", "2"]], { sort: [{ column: 0 }] }, 2), [1, 2]);
  });

  it("is empty for a file without rows", async () => {
    assert.deepEqual(await order([[]], { sort: [{ column: 0 }], filter: { column: 0, is: "empty" } }), []);
  });

  it("compares dates as the column writes them", async () => {
    const cells = [["01.02.2024", "31.01.2024", "", "15.06.2023"]];
    assert.deepEqual(await order(cells, { sort: [{ column: 0 }] }), [3, 1, 0, 2]);
    assert.deepEqual(
      await order(cells, { filter: { column: 0, is: "between", from: "31.01.2024", to: "2024-02-01" } }),
      [0, 1],
    );
  });

  it("compares with a fraction that the column's type can't have", async () => {
    const cells = [["5", "6", "-6", ""]];
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "less", value: "5.5" } }), [0, 2]);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "atLeast", value: "-5.5" } }), [0, 1]);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "less", value: "1e300" } }), [0, 1, 2]);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "more", value: "1e300" } }), []);
  });

  it("reads a value as the column's are read, with a comma or with separated thousands", async () => {
    const cells = [["1,5", "1.000", "999,5", "1.234,5"]];
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "more", value: "1.000" } }), [3]);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "less", value: "2,5" } }), [0]);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "less", value: "2.5" } }), [0]);
  });

  it("compares with a value that has more digits than the column's type", async () => {
    const cells = [["1.50", "-2.25", ""]];
    const large = "12345678901234567890.5";
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "less", value: large } }), [0, 1]);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "more", value: large } }), []);
    assert.deepEqual(await order(cells, { filter: { column: 0, is: "more", value: `-${large}` } }), [0, 1]);
  });

  it("finds thousands of values at once", async () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `value ${index}`);
    assert.deepEqual(
      await order([["VALUE 4999", "x", "value 0"]], { filter: { column: 0, is: "in", values } }),
      [0, 2],
    );
  });

  it("refuses values that the column's type doesn't have", async () => {
    const error = await refusal(["1", "2"], { column: "c0", is: "less", value: "abc" });
    assert.equal(error.code, "invalidRequest");
    assert.match(error.message, /c0/);
  });

  it("refuses unknown columns and shortens their names", async () => {
    const error = await refusal(["1"], { column: "x".repeat(500), is: "empty" });
    assert.equal(error.code, "invalidRequest");
    assert.ok(error.message.length < 200);
    assert.equal((await refusal(["1"], { column: 1, is: "empty" })).code, "invalidRequest");
  });

  it("refuses expressions that the engine can't search", async () => {
    for (const value of [
      "(?=a)",
      "(?<!a)b",
      String.raw`(a)\1`,
      String.raw`(?<n>a)\k<n>`,
      String.raw`\p{Emoji}`,
      "a{2000}",
      "(",
      "(?i:a)",
    ]) {
      assert.equal((await refusal(["a"], { column: 0, is: "matches", value })).code, "badQuery", value);
    }
  });

  it("refuses filters with too many levels", () => {
    let nested: Filter = { column: 0, is: "empty" };
    for (let level = 0; level < 20_000; level++) nested = { not: nested };
    assert.throws(() => neededColumns({ filter: nested }, ["a"]), { code: "invalidRequest" });
  });

  it("takes a name that several columns have for the first one, and an index for any", () => {
    const choice = {
      sort: [{ column: "a" }, { column: 1 }, { column: 0 }],
      filter: { column: 1, is: "equals" as const, value: "" },
    };
    assert.deepEqual(neededColumns(choice, ["a", "a"]), [
      { column: 0, form: "value" },
      { column: 1, form: "value" },
      { column: 1, form: "text" },
    ]);
  });

  it("never contains a person's value in the statement", async () => {
    const tables = await engine.tables([["a"]]);
    const { sql } = orderStatement(
      { filter: { column: 0, is: "equals", value: "'; DROP", caseSensitive: true } },
      { names: ["a"], tables },
    );
    assert.doesNotMatch(sql, /DROP/);
  });
});
