import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { typesOf } from "../../../../src/table/cells/columnTypes.ts";
import type { ColumnType } from "../../../../src/table/tableTypes.ts";

const typeOfValues = (...values: string[]): ColumnType | undefined =>
  typesOf(
    values.map((value) => [value]),
    1,
  )[0];

describe("A column's type", () => {
  const examples: Record<ColumnType, string[]> = {
    number: ["0", "-1", "+2", "1.10", ".5", "5.", "1e9", "-2.5E-3", " 7", "12345678901234567890"],
    date: [
      "2024-02-29",
      "2024-02-29T23:59:60Z",
      "2024-02-29 10:00",
      "2024-02-29T10:00:00.123456+02:00",
      "2024-01-01T00:00:00-05",
    ],
    boolean: ["true", "FALSE", "True"],
    json: ["{}", '[1, {"a": null}]', `[${"1,".repeat(40_000)}`],
    text: [
      "",
      "00123",
      "1,5",
      "1.000.000",
      "0x1F",
      "1 2",
      "2024-13-01",
      "24-01-01",
      "12:30",
      "yes",
      "{a",
      "[x]",
      "-",
      ".",
    ],
  };
  for (const [type, values] of Object.entries(examples)) {
    for (const value of values) {
      it(`is ${type} for ${JSON.stringify(value.slice(0, 40))}`, () => assert.equal(typeOfValues(value), type));
    }
  }

  it("does not depend on missing values", () => {
    assert.equal(typeOfValues("", "null", "NULL", "\\N", " ", "1"), "number");
    assert.equal(typeOfValues("", ""), "text");
    assert.deepEqual(typesOf([["1"], ["2", "x"], ["3"]], 3), ["number", "text", "text"]);
  });

  it("needs 19 of 20 values of that type", () => {
    const numbers = (count: number): string[] => Array.from({ length: count }, (_, place) => `${place}`);
    assert.equal(typeOfValues(...numbers(19), "x"), "number");
    assert.equal(typeOfValues(...numbers(18), "x"), "text");
  });
});
