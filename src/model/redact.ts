import { hidden, hideSecretShapes, isSecretName } from "./secretShapes.ts";

const shortestSecret = 4;

/** Makes text safe to log: known secrets, and text that looks like one, are replaced with `***`. */
export interface Redactor {
  /**
   * A value that must never be written: a token, a key, a password. It is recognized as plain text, in JSON, URLs,
   * hex and base64, also inside the base64 of a longer text such as `id:secret`. Values shorter than four characters
   * are ignored: replacing every "12" in a log would reveal the secret.
   */
  remember(secret: string): void;
  redact(text: string): string;
  /** Safe text for any value: see `describe`. */
  describe(value: unknown): string;
}

export function createRedactor(): Redactor {
  const spellings = new Map<string, number>();
  let known: RegExp | undefined;
  const redact = (text: string): string => redactSecrets(known === undefined ? text : text.replace(known, hidden));
  return {
    remember(secret) {
      const added = spellingsOf(secret).filter(([pattern]) => !spellings.has(pattern));
      if (secret.length < shortestSecret || added.length === 0) return;
      for (const [pattern, length] of added) spellings.set(pattern, length);
      // Longest first, so that a secret inside another one does not leave the rest of it visible.
      const sorted = [...spellings].sort(([, left], [, right]) => right - left);
      known = new RegExp(sorted.map(([pattern]) => pattern).join("|"), "gu");
    },
    redact,
    describe: (value) => describe(value, redact),
  };
}

/**
 * Hides what looks like a secret: everything in a URL except scheme and host; the values of `Authorization`, `Cookie`
 * and session headers, and of fields and parameters with names such as token, secret, key, password or signature;
 * bearer tokens, JSON Web Tokens, and `id:secret` if the id is a UUID. Task ids, dates and file names stay.
 */
export function redactSecrets(text: string): string {
  return hideSecretShapes(text);
}

/**
 * Describes any value for a log: errors with code, stack and causes, objects as JSON of limited depth. Fields with the
 * name of a secret are always hidden, and every string is redacted before it is shortened.
 */
export function describe(value: unknown, redact: (text: string) => string = redactSecrets): string {
  if (typeof value === "string") return redact(value);
  const copy = safeCopy(value, redact, []);
  return redact(typeof copy === "string" ? copy : JSON.stringify(copy));
}

type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };

const deepest = 6;
const mostEntries = 100;
const longestString = 10_000;

/** A copy without secrets that can be written as JSON. `around` are the values that contain this one. */
function safeCopy(value: unknown, redact: (text: string) => string, around: readonly unknown[]): Plain {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return redact(value).slice(0, longestString);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return `[${typeof value}]`;
  if (around.includes(value)) return "[circular]";
  if (around.length >= deepest) return "[…]";
  try {
    return copyOfObject(value, redact, [...around, value]);
  } catch {
    // A getter or proxy that throws must not keep a failure from being logged.
    return "[unreadable]";
  }
}

function copyOfObject(value: object, redact: (text: string) => string, around: readonly unknown[]): Plain {
  if (value instanceof Error) return describeError(value, redact, around);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (value instanceof URL) return redact(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return safeCopy(Object.fromEntries(value), redact, around);
  if (value instanceof Set || Array.isArray(value)) {
    return Array.from(value, (item: unknown) => safeCopy(item, redact, around)).slice(0, mostEntries);
  }
  const entries = Object.entries(value).slice(0, mostEntries);
  return Object.fromEntries(
    entries.map(([name, item]) => [redact(name), isSecretName(name) ? hidden : safeCopy(item, redact, around)]),
  );
}

function describeError(error: Error, redact: (text: string) => string, around: readonly unknown[]): string {
  const code = "code" in error && typeof error.code === "string" ? ` [${error.code}]` : "";
  const details = "details" in error ? ` ${JSON.stringify(safeCopy(error.details, redact, around))}` : "";
  const text = redact(error.stack ?? `${error.name}: ${error.message}`).slice(0, longestString);
  const inner: unknown[] =
    error instanceof AggregateError ? [...(error.errors as unknown[]), error.cause] : [error.cause];
  const causes = inner
    .filter((cause) => cause !== undefined)
    .map((cause) => {
      const copy = safeCopy(cause, redact, around);
      return typeof copy === "string" ? copy : JSON.stringify(copy);
    });
  return [redact(text + code + details), ...causes].join("\ncaused by: ");
}

/** Patterns for a secret as plain text, hex and base64, each with the length of the text it replaces. */
function spellingsOf(secret: string): [pattern: string, length: number][] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const texts = [secret, hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((before) => base64Core(bytes, before))];
  return texts.filter((text) => text.length >= shortestSecret).map((text) => [anySpelling(text), text.length]);
}

/**
 * The base64 characters that depend only on the secret, if `before` bytes (modulo three) come before it. The first and
 * last characters may also depend on neighboring bytes.
 */
function base64Core(secret: Buffer, before: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), secret]);
  const from = Math.ceil((before * 8) / 6);
  const to = Math.floor((bytes.length * 8) / 6);
  return (["base64", "base64url"] as const).map((alphabet) => bytes.toString(alphabet).slice(from, to));
}

/** Matches a text as it is, percent-encoded, or escaped in JSON, even several times. */
function anySpelling(text: string): string {
  // Each escaping doubles backslashes, so a run of them counts as one character.
  return Array.from(text.matchAll(/\\+|\w+|[^]/gu), ([sign]) => spelledSign(sign)).join("");
}

const shortEscapes: Readonly<Partial<Record<string, string>>> = {
  "\b": "\\\\{1,8}b",
  "\f": "\\\\{1,8}f",
  "\n": "\\\\{1,8}n",
  "\r": "\\\\{1,8}r",
  "\t": "\\\\{1,8}t",
  '"': '\\\\{1,8}"',
  "/": "\\\\{1,8}\\/",
  " ": "\\+",
};

function spelledSign(sign: string): string {
  if (/^\w/.test(sign)) return sign;
  if (sign.startsWith("\\")) return "(?:\\\\{1,16}|(?:%(?:25){0,3}5[cC]){1,16})";
  const itself = `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
  const encoded = Array.from(Buffer.from(sign), (byte) => `%(?:25){0,3}${hexPattern(byte, 2)}`).join("");
  const units = Array.from({ length: sign.length }, (_, index) => hexPattern(sign.charCodeAt(index), 4));
  const unicode = units.map((unit) => `\\\\{1,8}u${unit}`).join("");
  return `(?:${[itself, encoded, unicode, shortEscapes[sign] ?? itself].join("|")})`;
}

/** Hexadecimal digits in either case. */
function hexPattern(value: number, digits: number): string {
  const hex = value.toString(16).padStart(digits, "0");
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
