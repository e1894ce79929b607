import { hidden } from "./secretShapes.ts";

/** So many letters and digits in a row are compared. */
const gramLength = 8;
/** Letters and digits, without regard to case. */
const radix = 36;
const allButFirst = radix ** (gramLength - 1);
/** Of shorter secrets, such as passwords, words of any length stay. */
const longSecret = 16;
/** Of longer secrets, only the whole is hidden, because the parts would take too much memory. */
const longestSecret = 4096;
/** About 10 MB. */
const mostGrams = 200_000;

/**
 * How much a gram says, and how much is needed to hide text: one gram that looks random; twelve signs that are letters and
 * digits, or together in the secret as well, or of a secret that is random as a whole; twenty others. Eight letters can be
 * a word, and eight digits a date. Of a short secret, a part is hidden only if it contains a gram that looks random.
 */
const weights = { random: 13, mixed: 3, other: 1, besideRandom: 0 } as const;
const enough = 13;

/** A number or a UUID. */
const hexadecimal = /^[\da-f-]+$/i;
/** A secret with a larger share of grams that look random is random as a whole. With words, it is a tenth at most. */
const randomShare = 0.3;

/**
 * The parts of secrets, to find them in text that shows only a part of one, or a secret with something inserted or in
 * another spelling. Everything but letters and digits is ignored, escapes count as what they stand for, and so does the
 * case. All searches take linear time.
 */
export class SecretFragments {
  /** Grams as numbers to the base of 36, which are exact, with what they weigh. */
  readonly #grams = new Map<number, number>();

  /** How many grams are remembered. */
  get size(): number {
    return this.#grams.size;
  }

  remember(secret: string): void {
    if (secret.length > longestSecret) return;
    const bytes = Buffer.from(secret);
    const base64 = [0, 1, 2].map((before) => {
      const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
      // The first and last characters depend on neighboring bytes.
      return text.slice(before === 0 ? 0 : before + 1, -4);
    });
    for (const text of [secret, bytes.toString("hex"), ...base64]) this.#rememberSpelling(text);
  }

  /** Replaces each part of a secret that is long enough to say something. */
  hide(text: string): string {
    if (this.#grams.size === 0) return text;
    const signs = signsOf(text);
    let shown = "";
    let copied = 0;
    const { starts, ends } = signs;
    for (const { first, last } of this.#findings(signs)) {
      shown += text.slice(copied, starts[first]) + hidden;
      copied = ends[last] ?? copied;
    }
    return shown + text.slice(copied);
  }

  #rememberSpelling(text: string): void {
    const signs = signsOf(text);
    const grams: { code: number; weight: number }[] = [];
    eachGram(signs, (first, last, code) => grams.push({ code, weight: weightOf(text, signs, first, last) }));
    const random = grams.filter(({ weight }) => weight === weights.random).length;
    const isShort = signs.digits.length < longSecret;
    const isRandom = hexadecimal.test(text) || random > grams.length * randomShare;
    for (const { code, weight } of grams) {
      if (this.#grams.size >= mostGrams) return;
      const least = isRandom ? Math.max(weight, weights.mixed) : weight;
      const counted = isShort && weight < weights.random ? weights.besideRandom : least;
      this.#grams.set(code, Math.max(counted, this.#grams.get(code) ?? 0));
    }
  }

  /** Runs of known grams that weigh enough. */
  #findings(signs: Signs): Finding[] {
    const runs: Finding[] = [];
    eachGram(signs, (first, last, code) => {
      const weight = this.#grams.get(code);
      if (weight === undefined) return;
      const run = runs.at(-1);
      if (run === undefined || first > run.last + 1) {
        runs.push({ first, last, weight });
        return;
      }
      run.weight = last === run.last + 1 ? run.weight + weight : Math.max(run.weight, weight);
      run.last = last;
    });
    return runs.filter(({ weight }) => weight >= enough);
  }
}

/** Signs of a text that are in a secret as well, and what they weigh together. */
interface Finding {
  readonly first: number;
  last: number;
  weight: number;
}

/** The letters and digits of a text. */
interface Signs {
  /** The value of each, from 0 to 35; -1 where nothing may be found across. */
  readonly digits: readonly number[];
  /** Where each begins in the text, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Visits each eight signs in a row, with the places of the first and the last. */
function eachGram({ digits }: Signs, visit: (first: number, last: number, code: number) => void): void {
  let code = 0;
  let length = 0;
  for (const [at, digit] of digits.entries()) {
    length = digit < 0 ? 0 : length + 1;
    code = digit < 0 ? 0 : (code % allButFirst) * radix + digit;
    if (length >= gramLength) visit(at - gramLength + 1, at, code);
  }
}

/**
 * A gram looks random if it changes at least twice between letters and digits or from small to capital letters. Words,
 * numbers and dates don't.
 */
function weightOf(text: string, { starts }: Signs, first: number, last: number): number {
  const kinds = starts.slice(first, last + 1).map((start) => kindOf(text.charCodeAt(start)));
  const isChange = (kind: string, at: number): boolean => {
    const before = kinds[at - 1] ?? kind;
    return kind !== before && !(before === "capital" && kind === "small");
  };
  if (kinds.filter(isChange).length >= 2) return weights.random;
  const isTogether = starts[last] === (starts[first] ?? 0) + gramLength - 1;
  const isMixed = kinds.includes("digit") && kinds.some((kind) => kind !== "digit");
  return isTogether || isMixed ? weights.mixed : weights.other;
}

function kindOf(code: number): "digit" | "capital" | "small" {
  if (code <= 0x39) return "digit";
  return code <= 0x5a ? "capital" : "small";
}

/** An escape of one character, after its first sign. */
const escapes = {
  percent: /%(?:25)*([0-9a-f]{2})/iy,
  backslash: /u([0-9a-f]{4})|x([0-9a-f]{2})|[bfnrt]/iy,
  entity: /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|[a-z]{2,6});/iy,
} as const;

/** The letters and digits of a text. Those that are escaped count as what they stand for. */
function signsOf(text: string): Signs {
  const digits: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const add = (code: number, start: number, end: number): void => {
    const digit = code === 0x2a ? -1 : digitOf(code);
    if (digit === undefined) return;
    digits.push(digit);
    starts.push(start);
    ends.push(end);
  };
  for (let at = 0; at < text.length;) {
    const start = at;
    const code = text.charCodeAt(at);
    const found = code === 0x25 || code === 0x26 || code === 0x5c ? escapeAt(text, at) : undefined;
    at = found?.end ?? at + 1;
    add(found === undefined ? code : found.code, start, at);
  }
  return { digits, starts, ends };
}

/** The character that an escape stands for, or a space if it has none. Undefined if there is no escape. */
function escapeAt(text: string, at: number): { code: number; end: number } | undefined {
  const isBackslash = text[at] === "\\";
  let from = at;
  while (isBackslash && text[from] === "\\") from++;
  const pattern = isBackslash ? escapes.backslash : text[at] === "%" ? escapes.percent : escapes.entity;
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (found === null) return isBackslash ? { code: 0x20, end: from } : undefined;
  const [one, other] = found.slice(1);
  const isDecimal = text[at] === "&" && other !== undefined;
  const digits = one ?? other;
  return { code: digits === undefined ? 0x20 : Number.parseInt(digits, isDecimal ? 10 : 16), end: pattern.lastIndex };
}

function digitOf(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 10;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41 + 10;
  return undefined;
}
