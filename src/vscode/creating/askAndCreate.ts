import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Account } from "../../model/contract.ts";
import type { CreateDraft } from "../../model/createRequest.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { askChoice, askChoices, askText } from "../prompts/steps.ts";
import { withStatusBarProgress } from "../surfaces/surfaces.ts";
import type { TaskCreation } from "../tasks/taskCreation.ts";
import { createStepwise } from "./createStepwise.ts";
import { OtherQuestions } from "./otherQuestions.ts";
import { type Asker, type ExportQuestions, Refusals } from "./questions.ts";
import { SpaazaQuestions } from "./spaazaQuestions.ts";
import { type AskUniverse, TextRevealQuestions } from "./textRevealQuestions.ts";
import { LoadedUniverses, UniversePick } from "./universePick.ts";

export interface AskAndCreateParts {
  readonly accounts: Accounts;
  readonly creation: TaskCreation;
}

/** What is known before the questions. */
interface Known {
  /** Nobody is asked for these again. */
  readonly given: CreateDraft;
  /** Where the answers start. */
  readonly proposal: CreateDraft;
}

const ask: Asker = { text: askText, choice: askChoice, choices: askChoices };

/**
 * Asks for everything about an export, shows the request, and creates the task.
 *
 * @throws ExportError `cancelled`; a failure that can't be corrected in the questions
 */
export async function askAndCreate(parts: AskAndCreateParts, account: Account, known: Known): Promise<TaskKey> {
  const { creation } = parts;
  const refusals = new Refusals();
  const call = { signal: new AbortController().signal };
  const questions = await questionsFor(parts, account, known, refusals);
  // Accounts can differ in nothing but production and test.
  return createStepwise(t("Create Export Task: {0}", account.label), {
    ask,
    refusals,
    questions,
    preview: (draft) => creation.preview(account, draft),
    create: (draft) =>
      Promise.resolve(
        withStatusBarProgress(t("Creating the export task…"), () =>
          creation.create({ ...draft, accountId: account.id }, call),
        ),
      ),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    now: () => Date.now(),
  });
}

async function questionsFor(
  { accounts, creation }: AskAndCreateParts,
  account: Account,
  known: Known,
  refusals: Refusals,
): Promise<ExportQuestions> {
  switch (account.service) {
    case "spaaza": {
      const call = { signal: new AbortController().signal };
      const finding = () => creation.chainOf(account.id, call);
      const chain = await withStatusBarProgress(t("Looking for the chain of {0}…", account.label), finding);
      return new SpaazaQuestions({ ask, refusals, ...known, chain, now: () => Date.now() });
    }
    case "textreveal":
      return new TextRevealQuestions({ ask, refusals, ...known, askUniverse: universeAsker(creation, account) });
    default: {
      const fields = accounts.services.get(account.service).exportFields ?? [];
      return new OtherQuestions(ask, refusals, fields, known.given);
    }
  }
}

/** What was loaded stays loaded, so that Back shows the same list at once. */
function universeAsker(creation: TaskCreation, { id }: Account): AskUniverse {
  const loaded = new LoadedUniverses();
  return async ({ current, refusal }, place) => {
    const pick = new UniversePick(creation, id, loaded, current);
    try {
      return await pick.ask(place, refusal);
    } finally {
      pick.dispose();
    }
  };
}
