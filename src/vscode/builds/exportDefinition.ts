import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { ExportTask } from "../../model/contract.ts";
import { exportExtension } from "../../model/exportName.ts";
import { fields, taskId } from "../../model/requestShapes.ts";

/** What can happen if the target exists. */
export const ifExistsChoices = ["overwrite", "skip", "fail"] as const;

const longestText = 1000;
const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestText));

const kindShape = v.pipe(
  fields({ subject: v.optional(text), format: v.optional(v.picklist(["csv", "json"])), description: v.optional(text) }),
  v.check(
    ({ subject, description }) => subject !== undefined || description !== undefined,
    () => t("newest needs a subject or a description, to say which exports are meant."),
  ),
);

const definitionShape = v.pipe(
  fields({
    account: v.optional(text),
    task: v.optional(taskId),
    newest: v.optional(kindShape),
    file: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    target: v.pipe(
      text,
      v.check(
        (path) => !path.includes("\0"),
        () => t("target contains a null character, which no path can have."),
      ),
      v.check(
        (path) => exportExtension(path) !== undefined,
        () => t("target must end in an extension of exports, such as .csv, .json or .gz."),
      ),
    ),
    ifExists: v.optional(v.picklist(ifExistsChoices)),
  }),
  v.check(
    ({ task, newest }) => (task === undefined) !== (newest === undefined),
    () => t("Specify either task or newest."),
  ),
);

/** A task of the type `taskExports` in `tasks.json`: which export, and where it goes. */
export type ExportDefinition = v.InferOutput<typeof definitionShape>;

/** Which exports count for `newest`. */
export type WantedKind = v.InferOutput<typeof kindShape>;

/** @throws ExportError `invalidRequest` with a sentence that names the wrong property */
export function readDefinition(given: unknown): ExportDefinition {
  const parsed = v.safeParse(definitionShape, given, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  if (issue.type === "check") throw invalidArgument(`${issue.message} ${t("Check the task in tasks.json.")}`);
  const name = v.getDotPath(issue) ?? "taskExports";
  throw invalidArgument(t("{0} is missing or has the wrong type. Check the task in tasks.json.", name));
}

/** Whether an export task is of a kind. What isn't specified can be anything. */
export function isWanted(task: ExportTask, { subject, format, description }: WantedKind): boolean {
  return (
    (subject ?? task.subject) === task.subject &&
    (format ?? task.format) === task.format &&
    (description ?? task.description) === task.description
  );
}
