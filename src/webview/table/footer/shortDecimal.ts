/** How many digits are shown, from the first that isn't 0. All digits before the point are shown in any case. */
const shownDigits = 6;
/** What is shown of a large number after its point. */
const leastFraction = 2;

/** A decimal number, rounded so that it is easy to read. Its whole part stays exact but for the rounding. */
export function shortDecimal(decimal: string): string {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)\.(\d+)$/.exec(decimal) ?? [];
  const zeros = fraction.length - fraction.replace(/^0+/, "").length;
  const kept = /^0+$/.test(whole) ? zeros + shownDigits : Math.max(leastFraction, shownDigits - whole.length);
  if (fraction.length <= kept) return decimal;
  const isUp = fraction.charAt(kept) >= "5";
  const digits = String(BigInt(whole + fraction.slice(0, kept)) + (isUp ? 1n : 0n)).padStart(kept + 1, "0");
  const rounded = digits.slice(-kept).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -kept)}${rounded === "" ? "" : `.${rounded}`}`;
}
