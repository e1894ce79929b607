import type { JsonReply } from "../http/jsonCall.ts";
import type { Credentials } from "../model/contract.ts";
import { secretValues } from "../model/credentials.ts";
import { createRedactor, type Redactor } from "../model/redact.ts";

const longestText = 500;
/** As much of a text as is searched for something to show. A response can have 16 MiB. */
const longestRead = 64 * 1024;
/** As many sentences of a response as are read. */
const mostSentences = 20;
/** As many values of a response as are searched for sentences. */
const mostValues = 1000;
/** Shorter values may be part of ordinary words and numbers. */
const shortestName = 6;

/** Fields in which services put sentences for people, the most useful first. */
const textFields = ["message", "description", "error_description", "detail", "error", "errors", "title", "name"];

/**
 * Every sentence in an error body: a top-level field, `error` as text or object, a list of errors, or the body itself
 * as plain text. An HTML page has none.
 */
export function sentencesIn(body: JsonReply["body"]): string[] {
  const found: string[] = [];
  if (body.kind === "json") collect(body.value, 4, { found, left: mostValues });
  else if (!isMarkup(body.text)) collect(body.text, 0, { found, left: 1 });
  return found;
}

/** Whether a text is HTML or XML instead of data. */
export function isMarkup(text: string): boolean {
  return text.trimStart().startsWith("<");
}

/** Makes a service's own text safe to show: without the secrets that were sent, without URLs, on one line. */
export function shownText(text: string, secrets: readonly string[]): string {
  let read = text.slice(0, longestRead);
  for (const secret of secrets) read = read.replaceAll(secret, "…");
  // What is left of them is encoded, for example in hex, or a part of one.
  const shown = redactorOf(secrets)
    .redact(read)
    .replaceAll(/\b[a-z][a-z0-9+.-]{0,30}:\/\/\S+/gi, "…")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  if (shown.length > longestText) return `${shown.slice(0, longestText - 1)}…`;
  // The last word may be the beginning of a secret that the redactor knows only as a whole.
  return text.length > longestRead ? shown.replace(/\S*$/, "…") : shown;
}

/** Made once for the secrets of a call, because a refusal has many texts. */
const redactors = new WeakMap<readonly string[], Redactor>();

function redactorOf(secrets: readonly string[]): Redactor {
  const known = redactors.get(secrets);
  if (known !== undefined) return known;
  const redactor = createRedactor();
  for (const secret of secrets) redactor.remember(secret);
  redactors.set(secrets, redactor);
  return redactor;
}

/** A service's text with exactly one full stop, or the mark that it ends with. Empty text stays empty. */
export function asSentence(text: string): string {
  const bare = text.trimEnd().replace(/[\s.,;:]+$/, "");
  return bare === "" || /[!?…。！？]["”’)]?$/.test(bare) ? bare : `${bare}.`;
}

/** Every secret that was sent, longest first, so that replacing a part of one does not leave the rest visible. */
export function sentSecrets(credentials: Credentials, ...further: string[]): string[] {
  const values = [...further, ...secretValues(credentials)].filter((value) => value.length >= shortestName);
  return values.sort((left, right) => right.length - left.length);
}

/** What a search has found, and how many values it still looks at. */
interface Search {
  readonly found: string[];
  left: number;
}

function collect(value: unknown, depth: number, search: Search): void {
  search.left -= 1;
  if (typeof value === "string") {
    // One character more than is read tells that it was cut.
    const text = value.slice(0, longestRead + 1).trim();
    if (text !== "") search.found.push(text);
    return;
  }
  if (depth === 0 || !isObject(value)) return;
  for (const inner of Array.isArray(value) ? value : textFields.map((field) => value[field])) {
    if (search.found.length === mostSentences || search.left <= 0) return;
    collect(inner, depth - 1, search);
  }
}

function isObject(value: unknown): value is Readonly<Partial<Record<string, unknown>>> {
  return typeof value === "object" && value !== null;
}
