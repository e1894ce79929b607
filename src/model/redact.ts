import { hidden, hideSecretShapes, isSecretName } from "./secretShapes.ts";

const shortestSecret = 4;

/** Makes text safe to write down: what is known to be secret, and what looks like it, is replaced by `***`. */
export interface Redactor {
  /**
   * A value that must never be written: a token, a key, a password. It is recognised as it stands and as JSON, links,
   * hex and base64 spell it, also inside the base64 of a longer text such as `id:secret`. Values of less than four
   * characters are not remembered: hiding each "12" in a log would tell the secret rather than keep it.
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
      // The longest first, so that a secret inside another does not leave the rest of that behind.
      const sorted = [...spellings].sort(([, left], [, right]) => right - left);
      known = new RegExp(sorted.map(([pattern]) => pattern).join("|"), "gu");
    },
    redact,
    describe: (value) => describe(value, redact),
  };
}

/**
 * Hides what has the shape of a secret: of links all but scheme and host; the values of `Authorization`, `Cookie` and
 * session headers, of fields and parameters named token, secret, key, password, signature and the like; bearer tokens,
 * JSON Web Tokens, and `id:secret` where the id is a UUID. Task ids, dates and file names stay.
 */
export function redactSecrets(text: string): string {
  return hideSecretShapes(text);
}

/**
 * Text about any value, for a log: errors with code, stack and causes, objects as JSON of limited depth. Fields named
 * like secrets are hidden whatever they hold, and every string is redacted before it is cut.
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

/** A copy that JSON can hold and that holds no secret; `around` are the values that the value lies in. */
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

/** Patterns of a secret as it stands, and of its bytes in hex and base64, each with the length of what it stands for. */
function spellingsOf(secret: string): [pattern: string, length: number][] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const texts = [secret, hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((before) => base64Core(bytes, before))];
  return texts.filter((text) => text.length >= shortestSecret).map((text) => [anySpelling(text), text.length]);
}

/**
 * The characters of base64 that only the secret decides, when `before` bytes (modulo three) precede it; the first and
 * the last may be shared with its neighbours.
 */
function base64Core(secret: Buffer, before: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), secret]);
  const from = Math.ceil((before * 8) / 6);
  const to = Math.floor((bytes.length * 8) / 6);
  return (["base64", "base64url"] as const).map((alphabet) => bytes.toString(alphabet).slice(from, to));
}

/** A text as it stands, percent-encoded, or escaped in JSON, each up to several times over. */
function anySpelling(text: string): string {
  // Each escaping doubles backslashes, so that a run of them is one sign.
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
