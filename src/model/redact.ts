import { SecretFragments } from "./secretFragments.ts";
import { hidden, hideSecretShapes, isSecretName } from "./secretShapes.ts";

const shortestSecret = 4;
/** A shorter secret, such as a PIN, also occurs by chance in thousands of rows. */
const shortestInData = 8;

/** Makes text safe to log: known secrets, and text that looks like one, are replaced with `***`. */
export interface Redactor {
  /**
   * A value that must never be written: a token, a key, a password. It is recognized as plain text, in JSON, URLs,
   * hex and base64, also inside the base64 of a longer text such as `id:secret`. Of values with eight letters and digits
   * or more, parts are recognized as well, see `SecretFragments`. Values shorter than four characters are ignored:
   * replacing every "12" in a log would reveal the secret.
   */
  remember(secret: string): void;
  redact(text: string): string;
  /**
   * The same for rows of an export. Remembered values shorter than eight characters stay, because there they are
   * numbers of the export, and hiding them would change it.
   */
  redactData(text: string): string;
  /** Safe text for any value: see `describe`. */
  describe(value: unknown): string;
}

export function createRedactor(): Redactor {
  const known = new Set<string>();
  const fragments = new SecretFragments();
  let searches: Search[] = [];
  let dataSearches: Search[] = [];
  const redactBy = (wanted: readonly Search[], text: string): string => {
    const left = wanted.reduce((rest, { pattern }) => rest.replaceAll(pattern, hidden), text);
    return redactSecrets(fragments.hide(left));
  };
  const redact = (text: string): string => redactBy(searches, text);
  return {
    remember(secret) {
      if (secret.length < shortestSecret || known.has(secret)) return;
      known.add(secret);
      fragments.remember(secret);
      searches = withSearches(searches, secret);
      if (secret.length >= shortestInData) dataSearches = withSearches(dataSearches, secret);
    },
    redact,
    redactData: (text) => redactBy(dataSearches, text),
    describe: (value) => describe(value, redact),
  };
}

/** Longest first, so that a secret inside another one does not leave the rest of it visible. */
function withSearches(searches: readonly Search[], secret: string): Search[] {
  return [...searches, ...searchesFor(secret)].sort((left, right) => right.length - left.length);
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
 * Describes any value for a log: errors with code, stack and causes, objects as JSON of limited depth and length. Fields
 * with the name of a secret are always hidden, and every string is redacted before it is shortened.
 */
export function describe(value: unknown, redact: (text: string) => string = redactSecrets): string {
  if (typeof value === "string") return redactLong(value, redact);
  const copy = safeCopy(value, { redact, left: mostCopied }, []);
  return redact(typeof copy === "string" ? copy : JSON.stringify(copy));
}

type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };

const deepest = 6;
const mostEntries = 100;
const longestString = 10_000;
/** In characters, all together. Other extensions can throw lists of lists of lists. */
const mostCopied = 100_000;
/** What each value counts at least. */
const leastCopied = 10;
/** To search a text for secrets takes time in proportion to its length. */
const longestRead = 200_000;
/** Longer than a secret of 4,096 characters in any spelling. */
const longestRest = 50_000;

/** The state of one copy. */
interface Copying {
  readonly redact: (text: string) => string;
  /** How much may still be copied, in characters. */
  left: number;
}

/** A copy without secrets that can be written as JSON. `around` are the values that contain this one. */
function safeCopy(value: unknown, copying: Copying, around: readonly unknown[]): Plain {
  if (copying.left <= 0) return "[…]";
  copying.left -= leastCopied;
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return copiedText(value, copying);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return `[${typeof value}]`;
  if (around.includes(value)) return "[circular]";
  if (around.length >= deepest) return "[…]";
  try {
    return copyOfObject(value, copying, [...around, value]);
  } catch {
    // A getter or proxy that throws must not keep a failure from being logged.
    return "[unreadable]";
  }
}

function copyOfObject(value: object, copying: Copying, around: readonly unknown[]): Plain {
  if (value instanceof Error) return describeError(value, copying, around);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (value instanceof URL) return copiedText(value.href, copying);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return safeCopy(Object.fromEntries(firstOf(value)), copying, around);
  if (value instanceof Set || Array.isArray(value)) {
    return firstOf(value).map((item: unknown) => safeCopy(item, copying, around));
  }
  const names = Object.keys(value).slice(0, mostEntries);
  return Object.fromEntries(
    names.map((name) => {
      const item: unknown = Reflect.get(value, name);
      return [copiedText(name, copying), isSecretName(name) ? hidden : safeCopy(item, copying, around)];
    }),
  );
}

/** The first entries of anything, even if it has no end. */
function firstOf<Entry>(entries: Iterable<Entry>): Entry[] {
  const first: Entry[] = [];
  for (const entry of entries) {
    first.push(entry);
    if (first.length === mostEntries) break;
  }
  return first;
}

function copiedText(text: string, copying: Copying): string {
  const copy = redactLong(text, copying.redact).slice(0, longestString);
  copying.left -= copy.length;
  return copy;
}

/** Of a very long text, only the beginning is read. Where that ends, a secret may be cut in two, so the rest is left out. */
function redactLong(text: string, redact: (text: string) => string): string {
  if (text.length <= longestRead) return redact(text);
  const beginning = redact(text.slice(0, longestRead));
  return `${beginning.slice(0, Math.max(0, beginning.length - longestRest))}…`;
}

function describeError(error: Error, copying: Copying, around: readonly unknown[]): string {
  const code = "code" in error && typeof error.code === "string" ? ` [${copiedText(error.code, copying)}]` : "";
  const details = "details" in error ? ` ${JSON.stringify(safeCopy(error.details, copying, around))}` : "";
  const text = copiedText(error.stack ?? `${error.name}: ${error.message}`, copying);
  const inner = error instanceof AggregateError ? [...firstOf<unknown>(error.errors), error.cause] : [error.cause];
  const causes = inner
    .filter((cause) => cause !== undefined)
    .map((cause) => {
      const copy = safeCopy(cause, copying, around);
      return typeof copy === "string" ? copy : JSON.stringify(copy);
    });
  return [copying.redact(text + code + details), ...causes].join("\ncaused by: ");
}

/** What is looked for, and the length of the text that it replaces. Each is searched alone: a joint pattern can be too large. */
interface Search {
  readonly pattern: string | RegExp;
  readonly length: number;
}

/** The engine takes long for larger patterns, and rejects the largest. */
const longestPattern = 16_384;
const longestSpelled = 8192;
/** Longer secrets are looked for in few spellings, because each one takes time and memory. */
const longestEncoded = 65_536;

function searchesFor(secret: string): Search[] {
  const texts = secret.length > longestEncoded ? [secret] : [secret, ...encodings(secret)];
  return texts.filter((text) => text.length >= shortestSecret).flatMap(spellingsOf);
}

/** A secret as hex and base64. */
function encodings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((before) => base64Core(bytes, before))];
}

/** A text as it is, percent-encoded, and escaped in JSON. */
function spellingsOf(text: string): Search[] {
  // Only these characters are the same in every spelling.
  if (/^\w+$/.test(text)) return [{ pattern: text, length: text.length }];
  const source = text.length > longestSpelled ? undefined : anySpelling(text);
  if (source !== undefined && source.length <= longestPattern) {
    return [{ pattern: new RegExp(source, "gu"), length: text.length }];
  }
  const spelled = new Set(text.length > longestEncoded ? shortSpellings(text) : allSpellings(text));
  return Array.from(spelled, (pattern) => ({ pattern, length: pattern.length }));
}

function shortSpellings(text: string): string[] {
  return [text, inJson(text)];
}

/** How common encoders write a text that is too long for a pattern. */
function allSpellings(text: string): string[] {
  const inLink = encodeURIComponent(text.toWellFormed());
  return [
    ...shortSpellings(text),
    inJson(inJson(text)),
    inJson(text).replaceAll("/", "\\/"),
    inLink,
    inLink.replaceAll(/%../g, (code) => code.toLowerCase()),
    encodeURIComponent(inLink),
    new URLSearchParams([["", text]]).toString().slice(1),
  ];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
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
