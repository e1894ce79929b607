import * as v from "valibot";
import type { JsonReply } from "../http/jsonCall.ts";
import type { Credentials } from "../model/contract.ts";
import { secretValues } from "../model/credentials.ts";
import { redactSecrets } from "../model/redact.ts";

const longestText = 500;
/** Shorter values may be part of ordinary words and numbers. */
const shortestName = 6;

/** Any JSON object. */
const anyObject = v.record(v.string(), v.unknown());

/** Fields in which services put sentences for people, the most useful first. */
const textFields = ["message", "description", "error_description", "detail", "error", "errors", "title", "name"];

/**
 * Every sentence in an error body: a top-level field, `error` as text or object, a list of errors, or the body itself
 * as plain text. An HTML page has none.
 */
export function sentencesIn(body: JsonReply["body"]): string[] {
  if (body.kind === "text") return isMarkup(body.text) || body.text.trim() === "" ? [] : [body.text.trim()];
  return collect(body.value, 4);
}

/** Whether a text is HTML or XML instead of data. */
export function isMarkup(text: string): boolean {
  return /^\s*</.test(text);
}

/** Makes a service's own text safe to show: without the secrets that were sent, without URLs, on one line. */
export function shownText(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, "…");
  shown = redactSecrets(shown)
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "…")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return shown.length > longestText ? `${shown.slice(0, longestText - 1)}…` : shown;
}

/** Every secret that was sent, longest first, so that replacing a part of one does not leave the rest visible. */
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
