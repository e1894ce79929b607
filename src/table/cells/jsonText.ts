import { isSpace } from "./jsonSlices.ts";

/**
 * A value's text without the white space between its tokens. Every other character stays: numbers keep their digits.
 *
 * @param text JSON, or its beginning
 */
export function compactJson(text: string): string {
  let compact = "";
  let kept = 0;
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === 0x22) position = afterString(text, position) - 1;
    else if (isSpace(code)) {
      compact += text.slice(kept, position);
      kept = position + 1;
    }
  }
  return kept === 0 ? text : compact + text.slice(kept);
}

/**
 * Decodes a string. If the text was cut within the string, returns the beginning of the string.
 *
 * @param text a string with its quotes
 */
export function decodeString(text: string): string {
  if (!text.includes("\\")) return text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1);
  return parsedString(text) ?? parsedString(`${withoutCutEscape(text)}"`) ?? text;
}

/** The position after the string that begins at `at`, or the end of the text if it isn't closed. */
export function afterString(text: string, at: number): number {
  for (let position = at + 1; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === 0x5c) position++;
    else if (code === 0x22) return position + 1;
  }
  return text.length;
}

/** Whether a text is valid, complete JSON. `NaN` and `Infinity` count as numbers, because Python writes them. */
export function parses(text: string): boolean {
  return isJson(text) || (/NaN|Infinity/.test(text) && isJson(withoutSpecialNumbers(text)));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function withoutSpecialNumbers(text: string): string {
  let replaced = "";
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    replaced += text.slice(at, end).replaceAll(/-?\b(?:NaN|Infinity)\b/g, "0");
    at = quote < 0 ? end : afterString(text, quote);
    replaced += text.slice(end, at);
  }
  return replaced;
}

function parsedString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function withoutCutEscape(text: string): string {
  const [digits = ""] = /u[\da-f]{0,3}$/i.exec(text.slice(-4)) ?? [];
  return withoutOddBackslash(text.slice(0, text.length - digits.length)) ?? withoutOddBackslash(text) ?? text;
}

/** Undefined if the text doesn't end in an odd number of backslashes. */
function withoutOddBackslash(text: string): string | undefined {
  let backslashes = 0;
  while (text.charCodeAt(text.length - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1 ? text.slice(0, -1) : undefined;
}
