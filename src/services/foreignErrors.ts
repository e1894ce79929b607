import { t } from "@vscode/l10n";
import * as v from "valibot";
import { ExportError, isErrorCode } from "../model/exportError.ts";
import { asSentence, shownText } from "./serviceWords.ts";

const errorSchema = v.object({ code: v.fallback(v.string(), ""), message: v.fallback(v.string(), "") });

/**
 * An error with one of the contract's codes, and its message as plain text without the account's secrets. The original
 * error is not kept as the cause, because it can contain anything that the service has sent or received. Only we know
 * whether a call was canceled.
 */
export function ownError(error: unknown, label: string, secrets: readonly string[]): ExportError {
  const { code, message } = wordsOf(error);
  const shown = shownText(message, secrets);
  if (code === "cancelled" || !isErrorCode(code) || shown === "") {
    return unexpected(label, shown === "" ? undefined : new Error(shown));
  }
  return new ExportError(code, asSentence(shown), { cause: new Error(shown) });
}

/** The answer is something else than what was asked for. */
export function unexpected(label: string, cause?: unknown): ExportError {
  return new ExportError("unexpectedResponse", t("Unexpected response from {0}. Try again later.", label), { cause });
}

/** There was no answer and no pause was reported. */
export function silent(label: string, minutes: number): ExportError {
  return new ExportError("timeout", t("{0} hasn't answered for {1} minutes. Try again later.", label, minutes));
}

/** Something that a service needs is missing, has the wrong type, or is too much. */
export function notAService(field: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The service can't be registered because {0} is missing or has the wrong type.", field),
  );
}

/** The code and message of an error, which can be any object with any getters. */
function wordsOf(error: unknown): { code: string; message: string } {
  try {
    const parsed = v.safeParse(errorSchema, error);
    return parsed.success ? parsed.output : { code: "", message: "" };
  } catch {
    return { code: "", message: "" };
  }
}
