import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { createValues, recognizeType } from "../../../../src/query/statements/valueTypes.ts";
import { Engine } from "./engine.ts";

describe("The type of a column", () => {
  let engine: Engine;
  before(async () => void (engine = await Engine.open()));
  after(() => engine.close());

  async function typeOf(values: readonly (string | null)[]) {
    return recognizeType(await engine.text(values), engine.run);
  }

  /** The values as the engine writes them. */
  async function valuesOf(values: readonly (string | null)[]): Promise<unknown[]> {
    const table = await engine.text(values);
    const statement = createValues(`${table.slice(0, -1)}v"`, table, await recognizeType(table, engine.run));
    assert.ok(statement);
    await engine.run(statement);
    const rows = await engine.run({ sql: `SELECT v::VARCHAR, rowid::DOUBLE FROM ${table.slice(0, -1)}v"`, values: [] });
    assert.deepEqual(
      rows.map(([, row]) => row),
      values.map((_, index) => index),
    );
    return rows.map(([value]) => value);
  }

  const long = "1".repeat(39);
  const cases: readonly [title: string, values: (string | null)[], expected: object][] = [
    ["is BIGINT for whole numbers", ["1", "-5", "+5", " 7 ", "0", "-0"], { type: "BIGINT" }],
    ["ignores missing values", ["1", "", null, "null", "NULL", String.raw`\N`, "  "], { type: "BIGINT" }],
    ["is text for leading zeros", ["1", "007"], { type: "VARCHAR" }],
    ["is text if only one value is text", [...Array<string>(12_000).fill("1"), "x"], { type: "VARCHAR" }],
    ["is text for hexadecimal numbers", ["0x1F"], { type: "VARCHAR" }],
    ["is text for underscores between digits", ["1_000", "2"], { type: "VARCHAR" }],
    ["is text for infinity", ["inf", "1"], { type: "VARCHAR" }],
    ["is text without values", ["", null, "null"], { type: "VARCHAR" }],
    ["is text without rows", [], { type: "VARCHAR" }],
    ["keeps 19 digits as BIGINT if they fit", ["9223372036854775807", "1"], { type: "BIGINT" }],
    ["keeps 20 digits as DECIMAL", ["12345678901234567890", "1"], { type: "DECIMAL(38,0)" }],
    ["is text for whole numbers of 39 digits", [long, "1"], { type: "VARCHAR" }],
    ["has the scale of the longest fraction", ["1.5", "2.125", "3", ".5", "4."], { type: "DECIMAL(18,3)" }],
    ["is DOUBLE with exponents", ["1e5", "2.5"], { type: "DOUBLE" }],
    ["is DOUBLE with too many digits", [`${long}.5`, "1"], { type: "DOUBLE" }],
    ["is text if a number is too large for DOUBLE", ["1e400", "1"], { type: "VARCHAR" }],
    ["recognizes decimal commas", ["1.234,56", "1234,5", "7"], { type: "DECIMAL(18,2)", decimal: "comma" }],
    ["is text if commas could separate thousands", ["1,234", "5,678"], { type: "VARCHAR" }],
    ["is text for commas and dots in English order", ["1,234.56"], { type: "VARCHAR" }],
    ["decides ambiguous commas by the others", ["1,234", "5,5"], { type: "DECIMAL(18,3)", decimal: "comma" }],
    ["reads dots as decimal points without commas", ["1.234"], { type: "DECIMAL(18,3)" }],
    ["is BOOLEAN for true and false", ["true", "FALSE", ""], { type: "BOOLEAN" }],
    ["recognizes ISO dates", ["2024-01-31", "2024-02-01T10:00:00.5"], { type: "TIMESTAMP", format: "ISO 8601" }],
    [
      "recognizes ISO dates with time zones",
      ["2024-01-31T10:00:00Z", "2024-01-31 10:00:00+02:00", "2024-01-31T10:00:00 +0200", "2024-01-31T10:00Z"],
      { type: "TIMESTAMP", format: "ISO 8601", zone: true },
    ],
    ["is text if only some dates have a zone", ["2024-01-31T10:00:00Z", "2024-01-31T10:00:00"], { type: "VARCHAR" }],
    ["is text for days that don't exist", ["2024-02-30"], { type: "VARCHAR" }],
    ["is text for nanoseconds", ["2024-02-03T10:00:00.123456789"], { type: "VARCHAR" }],
    ["recognizes dates with dots", ["31.12.2024", "1.2.2024"], { type: "TIMESTAMP", format: "%d.%m.%Y" }],
    ["recognizes times after dates", ["01.02.2024 23:59"], { type: "TIMESTAMP", format: "%d.%m.%Y %H:%M" }],
    ["recognizes the day first", ["01/02/2024", "31/12/2024"], { type: "TIMESTAMP", format: "%d/%m/%Y" }],
    ["recognizes the month first", ["01/02/2024", "12/31/2024"], { type: "TIMESTAMP", format: "%m/%d/%Y" }],
    ["is text if day and month can't be told apart", ["01/02/2024", "03/04/2024"], { type: "VARCHAR" }],
    ["is text if both orders occur", ["31/12/2024", "12/31/2024"], { type: "VARCHAR" }],
  ];
  for (const [title, values, expected] of cases) {
    it(title, async () => assert.deepEqual(await typeOf(values), expected));
  }

  it("keeps missing values as NULL, in the order of the rows", async () => {
    assert.deepEqual(await valuesOf(["3", null, "", "null", "-1"]), ["3", null, null, null, "-1"]);
  });

  it("keeps each digit of decimals", async () => {
    const values = ["12345678901234567890.25", "-12345678901234567890.5", "-0.25", ".5", "-99999999999999999999"];
    const expected = [
      "12345678901234567890.25",
      "-12345678901234567890.50",
      "-0.25",
      "0.50",
      "-99999999999999999999.00",
    ];
    assert.deepEqual(await valuesOf(values), expected);
  });

  it("keeps more digits after the point than a fast decimal has", async () => {
    assert.deepEqual(await valuesOf(["0.1234567890123456789"]), ["0.1234567890123456789"]);
  });

  it("converts times with zones to UTC", async () => {
    const values = ["2024-01-31T10:00:00Z", "2024-01-31 10:00:00,5+02:00", "2024-01-31T10:00:00 +0200"];
    assert.deepEqual(await valuesOf(values), ["2024-01-31 10:00:00", "2024-01-31 08:00:00.5", "2024-01-31 08:00:00"]);
  });

  it("keeps equality and order of random decimals", async () => {
    const digits = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    const decimal = fc.tuple(digits, fc.integer({ min: 0, max: 12 })).map(([value, scale]) => {
      const text = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
      const written = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
      return { text: value < 0n ? `-${written}` : written, exact: value * 10n ** BigInt(12 - scale) };
    });
    await fc.assert(
      fc.asyncProperty(fc.array(decimal, { minLength: 1, maxLength: 20 }), async (numbers) => {
        const found = await valuesOf(numbers.map(({ text }) => text));
        const exact = found.map((value) => {
          const [whole = "", fraction = ""] = String(value).split(".");
          return BigInt(whole + fraction.padEnd(12, "0"));
        });
        assert.deepEqual(
          exact,
          numbers.map((one) => one.exact),
        );
      }),
      { numRuns: 60 },
    );
  });
});
