import { t } from "@vscode/l10n";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { ExportError } from "../../model/exportError.ts";
import { hasInvisibles } from "../../model/invisibleCharacters.ts";

/** What a link asks for: to download a task, or only to show it. */
export type LinkAction = "download" | "task";

/** A link to a task: `vscode://task-exports.task-exports/download?account=…&task=…`. */
export interface TaskLink {
  readonly action: LinkAction;
  /** The ID of an account on this computer, or its service and its name: `spaaza:Shop in Amsterdam`. */
  readonly account: string;
  readonly taskId: string;
}

/** What VS Code passes of a link. It has decoded the query once. */
export interface LinkUri {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const actions: Readonly<Record<string, LinkAction>> = { "/download": "download", "/task": "task" };
const longestQuery = 2000;
const longestAccount = 300;
const longestTask = 200;
/** How much of a link an error repeats. */
const longestRepeated = 40;

/**
 * Reads a link, which anyone can have written. It contains exactly an account and a task: a link that also says where to
 * save, what to run or how to sign in is refused as a whole, and not read in part.
 *
 * @throws ExportError `invalidRequest`
 */
export function readLink({ path, query, fragment }: LinkUri): TaskLink {
  const action = Object.hasOwn(actions, path) ? actions[path] : undefined;
  if (action === undefined) throw refused(t("it doesn't say to download or to show a task"));
  if (fragment !== "") throw refused(t("it has a part after “#”"));
  if (query.length > longestQuery) throw refused(t("it is too long"));
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (name !== "account" && name !== "task") {
      throw refused(t("it contains “{0}”, and a link can contain only an account and a task", startOf(name)));
    }
    if (values.has(name)) throw refused(t("it contains “{0}” twice", name));
    values.set(name, value);
  }
  return {
    action,
    account: valueOf(values, "account", longestAccount),
    taskId: valueOf(values, "task", longestTask),
  };
}

/** The text of a link. @param base scheme and authority: `vscode://task-exports.task-exports` */
export function linkText(base: string, { action, account, taskId }: TaskLink): string {
  return `${base}/${action}?account=${encoded(account)}&task=${encoded(taskId)}`;
}

/** How a link names an account, so that it also works for a colleague, whose accounts have other IDs. */
export function accountInLink({ service, label }: { readonly service: string; readonly label: string }): string {
  return `${service}:${Array.from(label).slice(0, longestLabel).join("")}`;
}

/** With the service's ID, this is shorter than what a link may contain. */
const longestLabel = 200;

/** The service and the name in a link; undefined if it contains the ID of an account. */
export function namedAccount(account: string): { readonly service: string; readonly label: string } | undefined {
  const [, service, label] = /^([^:]+):(.*)$/s.exec(account) ?? [];
  return service === undefined || label === undefined ? undefined : { service, label };
}

/**
 * VS Code decodes the query before it is split into parameters. So what would then separate or encode something is
 * encoded twice.
 */
function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed().replaceAll(/[%&+=#;]/g, encodeURIComponent));
}

function valueOf(values: ReadonlyMap<string, string>, name: string, longest: number): string {
  const value = values.get(name) ?? "";
  if (value.trim() === "") throw refused(t("it doesn't contain “{0}”", name));
  if (value.length > longest) throw refused(t("its “{0}” is too long", name));
  // What can't be seen can't be confirmed.
  if (hasInvisibles(value) || !value.isWellFormed()) {
    throw refused(t("its “{0}” contains characters that can't be seen", name));
  }
  return value;
}

function startOf(text: string): string {
  return text.length > longestRepeated ? `${text.slice(0, longestRepeated)}…` : text;
}

/** @param reason part of a sentence */
function refused(reason: string): ExportError {
  return invalidArgument(
    t("This link can't be used: {0}. Ask for a new link, or copy one with Copy Link to Task.", reason),
  );
}
