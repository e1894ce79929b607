import * as v from "valibot";
import type { JsonReply } from "../http/jsonCall.ts";
import type { Credentials } from "../model/contract.ts";
import { secretValues } from "../model/credentials.ts";
import { redactSecrets } from "../model/redact.ts";

const longestText = 500;
/** Shorter ones may be parts of ordinary words and numbers. */
const shortestName = 6;

/** Any JSON object, whatever it holds. */
const anyObject = v.record(v.string(), v.unknown());

/** Where services put sentences for people, in the order in which they are worth reading. */
const textFields = ["message", "description", "error_description", "detail", "error", "errors", "title", "name"];

/**
 * Every sentence that an error body may hold: a field of the top level, `error` as text or object, a list of errors,
 * or the body itself as plain text. A page in HTML holds none.
 */
export function sentencesIn(body: JsonReply["body"]): string[] {
  if (body.kind === "text") return isMarkup(body.text) || body.text.trim() === "" ? [] : [body.text.trim()];
  return collect(body.value, 4);
}

/** Whether a text is a page or a document in markup instead of data. */
export function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/** Makes a service's own text fit to be shown: without what was sent as a secret, without addresses, on one line. */
export function shownText(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, "…");
  shown = redactSecrets(shown)
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "…")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return shown.length > longestText ? `${shown.slice(0, longestText - 1)}…` : shown;
}

/** Every value that was sent as part of credentials, longest first, so that a part never hides the whole. */
export function sentSecrets(credentials: Credentials, ...further: string[]): string[] {
  const values = [...further, ...secretValues(credentials)].filter((value) => value.length >= shortestName);
  return values.sort((left, right) => right.length - left.length);
}

function collect(value: unknown, depth: number): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.trim()];
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => collect(entry, depth - 1));
  const parsed = v.safeParse(anyObject, value);
  return parsed.success ? textFields.flatMap((field) => collect(parsed.output[field], depth - 1)) : [];
}
