import { t } from "@vscode/l10n";
import { ExportError } from "../model/exportError.ts";

/**
 * The bearer value inside a pasted text: a header line with or without its name, in quotes, or within a whole `curl`
 * command. Undefined when the text names neither the header nor the scheme.
 */
export function pastedBearer(text: string): string | undefined {
  const withName = /\bauthorization["']?\s*[:=]\s*["']?\s*(?:bearer\s+)?([^\s"'\\,]+)/i.exec(text)?.[1];
  return withName ?? /^\s*["']?bearer\s+([^\s"'\\,]+)/i.exec(text)?.[1];
}

/** The value of a header in pasted lines or a whole `curl` command, by its name in any case. */
export function pastedHeader(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}["']?\\s*[:=]\\s*["']?([^\\s"'\\\\,]+)`, "i").exec(text)?.[1];
}

/** Without white space and one pair of quotes around it. */
export function bareValue(text: string): string {
  const trimmed = text.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(trimmed)?.[2];
  return (quoted ?? trimmed).trim();
}

/**
 * A value as it may be sent in a header.
 *
 * @throws ExportError `invalidRequest` when it is empty or holds what would break the header: line ends, control
 * characters, white space, or characters that a header cannot carry (which come with copied rich text).
 */
export function headerValue(text: string | undefined, label: string): string {
  const value = requiredValue(text, label);
  if (!/^[\x21-\x7e]+$/.test(value)) throw brokenValue(label);
  return value;
}

/** A value as it may be sent in a body: anything but nothing and control characters. @throws ExportError `invalidRequest` */
export function bodyValue(text: string | undefined, label: string): string {
  const value = requiredValue(text, label);
  if (/\p{Cc}/u.test(value)) throw brokenValue(label);
  return value;
}

function requiredValue(text: string | undefined, label: string): string {
  const value = text?.trim() ?? "";
  if (value === "") throw new ExportError("invalidRequest", t("{0} is missing. Enter it.", label));
  return value;
}

function brokenValue(label: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("{0} holds spaces, line ends or characters that cannot be sent. Copy it again.", label),
  );
}
