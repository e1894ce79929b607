import { basename } from "node:path";
import { t } from "@vscode/l10n";
import type { NamedBy, TakenChoice } from "../../download/place/finalPath.ts";
import { createPick, type PickItem, pickRow, type PickRow } from "../surfaces/surfaces.ts";

/** Asks about existing files. Returns undefined if the list was closed without an answer. */
export type AskExisting = (
  paths: readonly string[],
  signal: AbortSignal,
  namedBy: NamedBy,
) => Promise<TakenChoice[] | undefined>;

/** The answer for several files: one choice for all of them, or a question for each. */
type Answer = TakenChoice | "oneByOne";

interface AnswerRow extends PickRow {
  readonly answer: Answer;
}

/**
 * Asks what to do about existing files. VS Code shows only one list at a time and closes it for the next, so the
 * questions of several downloads wait for each other.
 */
export class ExistingFilesPrompt {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Starts the questions about one download. An answer for all files also applies to files that are found later, but a
   * file with a name that only the response chose is never replaced without a question about that file.
   */
  begin(taskId: string): AskExisting {
    let forAll: TakenChoice | undefined;
    const askAll: AskExisting = async (paths, signal, namedBy) => {
      const applies = namedBy === "service" || forAll !== "overwrite";
      if (forAll !== undefined && applies) return paths.map(() => forAll ?? "skip");
      const [path = ""] = paths;
      if (paths.length === 1) return one(await ask({ title: titleOf(taskId), ...aboutOne(path) }, signal));
      const answer = await ask({ title: titleOf(taskId), ...aboutAll(paths.length) }, signal);
      if (answer === "oneByOne") return askEach(taskId, paths, signal);
      forAll = answer;
      return answer === undefined ? undefined : paths.map(() => answer);
    };
    return (paths, signal, namedBy) => {
      const answers = this.#last.then(() => askAll(paths, signal, namedBy));
      this.#last = answers.catch(() => undefined);
      return answers;
    };
  }
}

async function askEach(
  taskId: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<TakenChoice[] | undefined> {
  const choices: TakenChoice[] = [];
  for (const [at, path] of paths.entries()) {
    const place = { step: at + 1, totalSteps: paths.length };
    const choice = one(await ask({ title: titleOf(taskId), ...place, ...aboutOne(path) }, signal));
    if (choice === undefined) return undefined;
    choices.push(...choice);
  }
  return choices;
}

const titleOf = (taskId: string): string => t("Download Task {0}", taskId);

function one(answer: Answer | undefined): TakenChoice[] | undefined {
  return answer === undefined || answer === "oneByOne" ? undefined : [answer];
}

interface Question {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly placeholder: string;
  /** The first one has the focus, so it must not destroy anything. */
  readonly items: readonly AnswerRow[];
}

function aboutOne(path: string): Pick<Question, "placeholder" | "items"> {
  return {
    placeholder: t("{0} already exists", basename(path)),
    items: [
      { label: t("Keep Both"), detail: t("The new file gets a number in its name."), answer: "keepBoth" },
      {
        label: t("Replace"),
        detail: t("The existing file is replaced after the download completes."),
        answer: "overwrite",
      },
      { label: t("Skip"), detail: t("The existing file is kept, and this file is not downloaded."), answer: "skip" },
    ],
  };
}

function aboutAll(count: number): Pick<Question, "placeholder" | "items"> {
  return {
    placeholder: t("{0} files already exist", count),
    items: [
      { label: t("Keep Both"), detail: t("Each new file gets a number in its name."), answer: "keepBoth" },
      {
        label: t("Replace All"),
        detail: t("Existing files are replaced after their downloads complete."),
        answer: "overwrite",
      },
      {
        label: t("Skip"),
        detail: t("Existing files are kept, and only missing files are downloaded."),
        answer: "skip",
      },
      { label: t("Decide for Each File…"), answer: "oneByOne" },
    ],
  };
}

/** Returns undefined if the list was closed, by the person or because the signal was aborted. */
async function ask(question: Question, signal: AbortSignal): Promise<Answer | undefined> {
  if (signal.aborted) return undefined;
  const pick = createPick<AnswerRow & PickItem>(question);
  pick.items = question.items.map((row) => pickRow(row));
  pick.activeItems = pick.items.slice(0, 1);
  const close = (): void => pick.hide();
  signal.addEventListener("abort", close, { once: true });
  try {
    return await new Promise((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.answer));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    signal.removeEventListener("abort", close);
    pick.dispose();
  }
}
