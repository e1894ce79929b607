import * as v from "valibot";
import { momentOf } from "../../model/outsideNumbers.ts";
import { shownText } from "../serviceWords.ts";
import { anyList } from "../wireFields.ts";

/** How many lines are read. The service sends ten unless asked for another number. */
export const mostLogLines = 20;

/** Fields in which an entry can have its text, and its date. The documentation says neither. */
const textFields = ["message", "text", "desc", "description", "msg", "log", "line"];
const dateFields = ["date", "timestamp", "created_date", "time"];

interface LogLine {
  readonly text: string;
  readonly at: number | undefined;
}

/**
 * The lines of a task's log, oldest first if they are dated. The shape of an entry is not documented, so an entry can be
 * text or an object that contains some. Everything else is left out.
 *
 * @param secrets what was sent and must not appear in a line
 */
export function logLines(logs: unknown, secrets: readonly string[]): string[] {
  const parsed = v.safeParse(anyList, logs);
  const entries = parsed.success ? parsed.output.slice(0, mostLogLines) : [];
  const lines = entries.flatMap((entry) => lineOf(entry, secrets));
  const isDated = lines.every(({ at }) => at !== undefined);
  const sorted = isDated ? lines.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0)) : lines;
  return sorted.map(({ text }) => text);
}

function lineOf(entry: unknown, secrets: readonly string[]): LogLine[] {
  const text = shownText(typeof entry === "string" ? entry : textIn(entry, textFields), secrets);
  return text === "" ? [] : [{ text, at: momentOf(textIn(entry, dateFields)) }];
}

/** The first of some fields that has text. */
function textIn(entry: unknown, names: readonly string[]): string {
  const fields = new Map<string, unknown>(typeof entry === "object" && entry !== null ? Object.entries(entry) : []);
  const found = names.map((name) => fields.get(name)).find((value) => typeof value === "string");
  return typeof found === "string" ? found : "";
}
