import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { decimalText, dividedBy, parseDecimal, plus } from "../../../../src/table/summary/decimal.ts";

function parsed(text: string): NonNullable<ReturnType<typeof parseDecimal>> {
  return parseDecimal(text) ?? assert.fail(`${text} should be a number`);
}

const rewritten = (text: string): string => decimalText(parsed(text));
const sum = (one: string, other: string): string => decimalText(plus(parsed(one), parsed(other)));

function quotient(text: string, divisor: number, scale: number): [string, boolean] {
  const { quotient: result, isExact } = dividedBy(parsed(text), divisor, scale);
  return [decimalText(result), isExact];
}

describe("A decimal number", () => {
  for (const [text, written] of [
    ["0", "0"],
    ["-0", "0"],
    ["+5", "5"],
    ["-12.50", "-12.5"],
    [".5", "0.5"],
    ["5.", "5"],
    ["1e3", "1000"],
    ["1.25E+1", "12.5"],
    ["-1e-7", "-0.0000001"],
    ["0e999999999", "0"],
    ["12345678901234567890.123456789", "12345678901234567890.123456789"],
    ["1e400", "1e+400"],
    ["-1.50e-50", "-1.5e-50"],
    [`1${"0".repeat(39)}`, `1${"0".repeat(39)}`],
    [`1${"0".repeat(40)}`, "1e+40"],
    [`12${"0".repeat(40)}.5`, `1.2${"0".repeat(40)}5e+41`],
    [`0.${"0".repeat(50)}12`, "1.2e-51"],
  ] as const) {
    it(`is read as it is written: ${text}`, () => assert.equal(rewritten(text), written));
  }

  for (const text of ["", ".", "-", "e5", "1e", "1,5", "0x10", " 1", "1e2000", "1e-2000", "9".repeat(1001)]) {
    it(`is not: ${JSON.stringify(text.slice(0, 20))}`, () => assert.equal(parseDecimal(text), undefined));
  }

  it("may have a thousand digits", () => {
    const longest = "9".repeat(1000);
    assert.equal(parsed(longest).digits, BigInt(longest));
    assert.equal(parsed("1e999").digits, 10n ** 999n);
  });

  it("adds up without the errors of binary fractions", () => {
    assert.equal(sum("0.1", "0.2"), "0.3");
    assert.equal(sum("1e20", "-0.00000001"), "99999999999999999999.99999999");
    assert.equal(sum("1.5", "-1.5"), "0");
  });

  it("adds up like whole numbers do, wherever the point is", () =>
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(12), (one, other, places) => {
        const text = (value: bigint): string => `${value}e-${places}`;
        assert.deepEqual(
          parsed(sum(text(one), text(other))),
          parsed(decimalText({ digits: one + other, scale: places })),
        );
        assert.equal(sum(text(one), text(other)), rewritten(text(one + other)));
      }),
    ));

  it("is divided with the last digit rounded half away from zero", () => {
    assert.deepEqual(quotient("1", 3, 4), ["0.3333", false]);
    assert.deepEqual(quotient("2", 3, 4), ["0.6667", false]);
    assert.deepEqual(quotient("-2", 3, 4), ["-0.6667", false]);
    assert.deepEqual(quotient("1", 8, 2), ["0.13", false]);
    assert.deepEqual(quotient("-1", 8, 2), ["-0.13", false]);
    assert.deepEqual(quotient("1", 8, 3), ["0.125", true]);
    assert.deepEqual(quotient("0.3", 3, 5), ["0.1", true]);
  });
});
