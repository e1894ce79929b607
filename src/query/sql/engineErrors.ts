import * as v from "valibot";
import { cancelled, ExportError } from "../../model/exportError.ts";
import { queryTooLarge } from "../queryErrors.ts";
import { badQuery, queryRefused } from "./sqlErrors.ts";

/** What the engine says about a failure if it was opened with `errors_as_json`. */
const failureShape = v.object({
  exception_type: v.string(),
  exception_message: v.string(),
  position: v.optional(v.string()),
  candidates: v.optional(v.string()),
});

/** The error for a statement that the engine didn't prepare or run. */
export function queryError(error: unknown, sql: string): ExportError {
  if (error instanceof ExportError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const failure = failureOf(message);
  if (failure === undefined) return badQuery(message, {}, error);
  const { exception_type: type, exception_message: reason, position, candidates } = failure;
  if (type === "Out of Memory") return queryTooLarge(error);
  if (type === "Permission") return queryRefused(error);
  if (type === "INTERRUPT" || type === "Interrupt") return cancelled(error);
  const details = {
    ...(position !== undefined && { position: charactersBefore(sql, Number(position)) }),
    ...(candidates !== undefined &&
      isNames(candidates) && { candidates: candidates.split(",").map((name) => name.trim()) }),
  };
  return badQuery(reason, details, error);
}

/** Candidates can also be functions with their parameters, which can't replace a word. */
function isNames(candidates: string): boolean {
  return !candidates.includes("(");
}

function failureOf(message: string) {
  const start = message.indexOf("{");
  if (start < 0) return undefined;
  try {
    const parsed = v.safeParse(failureShape, JSON.parse(message.slice(start)));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** The engine counts bytes. */
function charactersBefore(sql: string, bytes: number): number {
  return Buffer.from(sql).subarray(0, bytes).toString().length;
}
