import { ExportError, isCancelled } from "../../model/exportError.ts";
import type { Redactor } from "../../model/redact.ts";
import type { ExportTool, ToolQuestion } from "./exportTool.ts";
import { dataNote, hiddenNote } from "./toolAnswer.ts";
import { type InputFields, readInput } from "./toolInput.ts";

/** What a person is asked. @throws Error for the model, if the input can't work */
export function questionOf<Fields extends InputFields>(
  tool: ExportTool<Fields>,
  input: unknown,
  redactor: Pick<Redactor, "redact">,
): ToolQuestion {
  try {
    return tool.ask(readInput(tool.fields, input));
  } catch (error) {
    throw forModel(error, redactor);
  }
}

/**
 * The answer as text for the model: JSON, so that no value can end it and begin another part. Everything goes through the
 * redactor, so that no secret that the extension knows, nothing that looks like one and no signed URL is in it.
 *
 * @throws Error for the model; ExportError `cancelled`
 */
export async function answerOf<Fields extends InputFields>(
  tool: ExportTool<Fields>,
  input: unknown,
  redactor: Pick<Redactor, "redact" | "redactData">,
  signal: AbortSignal,
): Promise<string> {
  try {
    const answer = await tool.run(readInput(tool.fields, input), signal);
    const text = JSON.stringify(answer);
    const safe = redactor.redactData(text);
    return [dataNote, ...(safe === text ? [] : [hiddenNote]), safe].join("\n");
  } catch (error) {
    throw forModel(error, redactor);
  }
}

/** An error whose text is all that a model sees of it. Errors that aren't ours can contain anything. */
function forModel(error: unknown, redactor: Pick<Redactor, "redact">): Error {
  if (isCancelled(error) && error instanceof Error) return error;
  if (!(error instanceof ExportError)) return new Error("Task Exports had an internal error. Its log has the details.");
  return new Error(redactor.redact(`${error.message} (code: ${error.code})`));
}
