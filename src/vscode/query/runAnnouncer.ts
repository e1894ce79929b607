import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { Owner } from "../disposables.ts";
import { createStatusSentence } from "../surfaces/surfaces.ts";
import type { EndedRun } from "./queryRuns.ts";
import { resultInWords } from "./sessionMarkdown.ts";

/**
 * Says how a run ended. The lens above the statement and the marks in its text say it, too, but a screen reader doesn't
 * read them while the cursor stays where it is.
 */
export class RunAnnouncer extends Owner {
  readonly #sentence = this.own(createStatusSentence("query", t("Result of the last query")));

  say(run: EndedRun): void {
    if (run.kind === "done") {
      this.#sentence.say("check", t("Query: {0}", resultInWords(run.entry, vscode.env.language)));
    } else {
      this.#sentence.say("error", t("Query failed: {0}", run.message));
    }
  }
}
