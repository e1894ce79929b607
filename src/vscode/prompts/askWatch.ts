import { t } from "@vscode/l10n";
import type { Account, ExportTask } from "../../model/contract.ts";
import { cancelled, ExportError } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { kindOf, type TaskKind, kindText } from "../../model/taskKind.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { withStatusBarProgress } from "../surfaces/surfaces.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { stateIcons, taskDetail, taskLabel } from "../tree/nodes/taskNode.ts";
import type { Watched } from "../watching/watched.ts";
import { isWatchedTask, watchKey, watchKeyOfKind, watchKeyOfTask } from "../watching/watched.ts";
import type { Watching } from "../watching/watching.ts";
import type { WatchList } from "../watching/watchList.ts";
import { kindInWords, watchedName, watchInWords } from "../watching/watchWording.ts";
import { stateInWords } from "../wording.ts";
import type { WatchedReference } from "../ids.ts";
import { askChoice, type Choice } from "./steps.ts";
import { back } from "./walkSteps.ts";

export type WhatToWatch =
  | { readonly what: "task"; readonly task: TaskKey }
  | { readonly what: "kind"; readonly kind: TaskKind; readonly label: string };

interface WatchQuestionParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly watching: Watching;
}

/**
 * Asks for a task that isn't finished, or for a kind of tasks, among those of the first page of each account.
 *
 * @throws ExportError `noAccount`, `invalidRequest` if there is nothing to watch, `cancelled`
 */
export async function askWhatToWatch(
  parts: WatchQuestionParts,
  accountId: string | undefined,
  offered: readonly ("tasks" | "kinds")[],
): Promise<WhatToWatch> {
  const accounts = parts.accounts.candidatesFor(accountId, undefined);
  await load(parts.tasks, accounts);
  const lists = accounts.map((account) => ({ account, tasks: parts.tasks.known(account.id).tasks }));
  const isAlone = accounts.length === 1;
  const unwatched = (key: string): boolean => parts.watching.list.find(key) === undefined;
  const tasks = lists.flatMap(({ account, tasks: all }) =>
    all.filter(isUnfinished).map((task) => taskChoice(task, isAlone ? undefined : account)),
  );
  const kinds = lists.flatMap(({ account, tasks: all }) => kindChoices(all, isAlone ? undefined : account));
  const choices = [...(offered.includes("tasks") ? tasks : []), ...(offered.includes("kinds") ? kinds : [])].filter(
    ({ key }) => unwatched(key),
  );
  if (choices.length === 0) throw nothingToWatch();
  const placeholder = offered.includes("tasks")
    ? t("Select a task to download when it is done, or a kind whose new exports are downloaded")
    : t("Select a kind whose new exports are downloaded");
  const chosen = await askChoice<WhatToWatch>({ placeholder, choices }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}

async function load(tasks: TaskLists, accounts: readonly Account[]): Promise<void> {
  const unloaded = accounts.filter(({ id }) => tasks.known(id).tasks.length === 0);
  if (unloaded.length === 0) return;
  await withStatusBarProgress(t("Loading tasks…"), () => Promise.all(unloaded.map(({ id }) => tasks.refresh(id))));
}

function isUnfinished({ state }: ExportTask): boolean {
  return state !== "done" && state !== "failed";
}

type WatchChoice = Choice<WhatToWatch> & { readonly key: string };

function taskChoice(task: ExportTask, account: Account | undefined): WatchChoice {
  const key = { accountId: task.accountId, taskId: task.id };
  return {
    icon: stateIcons[task.state].id,
    label: taskLabel(task),
    description: described([account?.label, stateInWords(task.state), taskDetail(task)]),
    detail: task.id,
    value: { what: "task", task: key },
    key: watchKeyOfTask(key),
  };
}

function kindChoices(tasks: readonly ExportTask[], account: Account | undefined): WatchChoice[] {
  const kinds = new Map<string, TaskKind>();
  for (const task of tasks) {
    const kind = kindOf(task);
    if (kind !== undefined) kinds.set(kindText(kind), kind);
  }
  return [...kinds.values()].map((kind) => {
    const label = kindInWords(kind);
    const value = { what: "kind", kind, label } as const;
    const key = watchKeyOfKind(kind);
    return { icon: "layers", label: t("New exports of {0}", label), description: account?.label ?? "", value, key };
  });
}

function described(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

/**
 * The watched task or kind to work with: the given one, the only one, or the one that the person selects.
 *
 * @throws ExportError `invalidRequest` if there is none, `cancelled`
 */
export async function askWatched(list: WatchList, { accountId, taskId, kind }: WatchedReference): Promise<Watched> {
  const fitting = list.watched
    .filter((entry) => accountId === undefined || entry.accountId === accountId)
    .filter((entry) => taskId === undefined || (isWatchedTask(entry) && entry.taskId === String(taskId)))
    .filter((entry) => kind === undefined || watchKey(entry) === kind);
  const [first] = fitting;
  if (first === undefined) throw new ExportError("invalidRequest", t("This is not watched."));
  if (fitting.length === 1) return first;
  const choices = fitting.map((entry) => ({
    label: watchedName(entry),
    description: watchInWords(entry, list.check(entry.accountId), false),
    value: entry,
  }));
  const chosen = await askChoice({ placeholder: t("Select what to stop watching"), choices, active: first }, {});
  if (chosen === back) throw cancelled();
  return chosen;
}

function nothingToWatch(): ExportError {
  return new ExportError("invalidRequest", t("There is nothing to watch that isn't watched already."));
}

/** A task has nothing in common with others. */
export function noKind(taskId: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The service doesn't say what task {0} exports, so there are no new exports to wait for.", taskId),
  );
}
