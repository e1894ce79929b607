import { t } from "@vscode/l10n";
import { longestCredential } from "../model/credentials.ts";
import { ExportError } from "../model/exportError.ts";

/**
 * The bearer value in pasted text: a header line with or without its name, in quotes, or in a whole `curl` command.
 * Undefined if the text contains neither the header name nor the scheme.
 */
export function pastedBearer(text: string): string | undefined {
  const withName = /\bauthorization["']?\s*[:=]\s*["']?\s*(?:bearer\s+)?([^\s"'\\,]+)/i.exec(text)?.[1];
  return withName ?? /^\s*["']?bearer\s+([^\s"'\\,]+)/i.exec(text)?.[1];
}

/** The value of a header in pasted lines or a whole `curl` command. The case of the name does not matter. */
export function pastedHeader(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}["']?\\s*[:=]\\s*["']?([^\\s"'\\\\,]+)`, "i").exec(text)?.[1];
}

/** The text without surrounding white space and one pair of quotes. */
export function bareValue(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(trimmed)?.[2];
  return (quoted ?? trimmed).trim();
}

/**
 * Checks a value that is sent in a header.
 *
 * @throws ExportError `invalidRequest` if it is empty or contains line breaks, control characters, white space, or
 * other characters that a header can't contain (copied rich text often has some).
 */
export function headerValue(text: string | undefined, label: string): string {
  const value = requiredValue(text, label);
  if (!/^[\x21-\x7e]+$/.test(value)) throw brokenValue(label);
  return value;
}

/** Checks a value that is sent in a body: not empty, no control characters. @throws ExportError `invalidRequest` */
export function bodyValue(text: string | undefined, label: string): string {
  const value = requiredValue(text, label);
  if (/\p{Cc}/u.test(value)) throw brokenValue(label);
  return value;
}

function requiredValue(text: string | undefined, label: string): string {
  const value = text?.trim() ?? "";
  if (value === "") throw new ExportError("invalidRequest", t("{0} is missing. Enter it.", label));
  if (value.length > longestCredential) throw tooLong(label);
  return value;
}

function tooLong(label: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("{0} is longer than {1} characters. Copy it again.", label, longestCredential),
  );
}

function brokenValue(label: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("{0} contains spaces, line breaks, or other characters that can't be sent. Copy it again.", label),
  );
}
