/** An exact decimal number: `digits` divided by 10 to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  /** 0 or more. */
  readonly scale: number;
}

/** The most digits of a number, before and after the decimal point: far more than any measured value has. */
const mostDigits = 1000;
/** Longer numbers are written with an exponent, including all of their digits. */
const longestPlain = 40;

const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/**
 * Reads a number: `-12.50`, `.5`, `1e-7`.
 *
 * @returns undefined if it is not a number, or if it has more than a thousand digits without its exponent
 */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts.exec(text) ?? [];
  if (whole === "" && fraction === "") return undefined;
  const written = `${whole}${fraction}`.replace(/^0+/, "");
  if (written === "") return { digits: 0n, scale: 0 };
  const scale = fraction.length - Number(exponent);
  if (written.length + Math.abs(scale) > mostDigits) return undefined;
  const digits = BigInt(sign === "-" ? `-${written}` : written);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function plus(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { digits: scaled(one, scale) + scaled(other, scale), scale };
}

/**
 * Divides by a whole number and rounds half away from zero to a number of decimal digits.
 *
 * @returns `isExact`: whether nothing was rounded
 */
export function dividedBy(
  number: Decimal,
  divisor: number,
  scale: number,
): { readonly quotient: Decimal; readonly isExact: boolean } {
  const dividend = scaled(number, scale);
  const by = BigInt(divisor);
  const quotient = dividend / by;
  const rest = dividend % by;
  if (rest === 0n) return { quotient: { digits: quotient, scale }, isExact: true };
  const roundsUp = 2n * (rest < 0n ? -rest : rest) >= by;
  const away = dividend < 0n ? -1n : 1n;
  return { quotient: { digits: roundsUp ? quotient + away : quotient, scale }, isExact: false };
}

/** The number as text, without trailing zeros: `12.5`. */
export function decimalText({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? "-" : "";
  const written = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const whole = written.slice(0, written.length - scale);
  const fraction = written.slice(written.length - scale).replace(/0+$/, "");
  const plain = fraction === "" ? whole : `${whole}.${fraction}`;
  return sign + (plain.length <= longestPlain ? plain : withExponent(whole, fraction));
}

function withExponent(whole: string, fraction: string): string {
  const significant = `${whole}${fraction}`.replace(/^0+/, "");
  const leadingZeros = whole.length + fraction.length - significant.length;
  const exponent = whole.length - 1 - leadingZeros;
  const mantissa = significant.replace(/0+$/, "");
  const rest = mantissa.slice(1);
  return `${mantissa.charAt(0)}${rest === "" ? "" : `.${rest}`}e${exponent < 0 ? "" : "+"}${exponent}`;
}

function scaled({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}
