import { t } from "@vscode/l10n";
import type { Account, ExportTask } from "../../model/contract.ts";
import { cancelled, isCancelled } from "../../model/exportError.ts";
import { CommandCall } from "../commandCall.ts";
import type { FailureSubject } from "../errors/mending.ts";
import type { Log } from "../log.ts";
import { type LinkAccounts, linkedAccounts } from "./linkedAccounts.ts";
import { type LinkUri, readLink, type TaskLink } from "./taskLink.ts";

/** What a person is asked before a link does anything. */
export interface LinkQuestion {
  readonly question: string;
  /** One sentence per line. */
  readonly detail: readonly string[];
  readonly button: string;
}

/** What a link needs from VS Code and the other parts. */
export interface LinkHandlerParts {
  readonly accounts: LinkAccounts & { serviceLabel(account: Account): string };
  readonly tasks: { find(accountId: string, taskId: string): ExportTask | undefined };
  readonly log: Pick<Log, "info">;
  /** The folder in which downloads are saved. @throws ExportError `notWritable` */
  readonly folder: () => string;
  /** Selects an account. Asks only if there are several. @throws ExportError `cancelled` */
  readonly pick: (candidates: readonly Account[], placeholder: string) => Promise<Account>;
  /** Whether the person pressed the button. */
  readonly confirm: (question: LinkQuestion) => Promise<boolean>;
  readonly run: (command: "taskExports.downloadTaskExport" | "taskExports.showTask", call: CommandCall) => void;
  readonly tell: (sentence: string) => void;
  readonly showError: (error: unknown, subject: FailureSubject) => void;
}

/**
 * Opens links to tasks. Anyone can have written a link, so nothing is requested and nothing is saved before a person has
 * read what will happen and agreed. Then the same command runs as from the palette, with the same settings and, in
 * Restricted Mode, the same limits.
 */
export class LinkHandler {
  readonly #parts: LinkHandlerParts;
  /** While a question is open. A page can open many links, and each of them would block the window. */
  #isAsking = false;
  #wasTold = false;

  constructor(parts: LinkHandlerParts) {
    this.#parts = parts;
  }

  /** Called by VS Code. Failures are shown here, because nobody else does. */
  async handleUri(uri: LinkUri): Promise<void> {
    if (this.#isAsking) {
      this.#refuseAnother();
      return;
    }
    this.#isAsking = true;
    this.#wasTold = false;
    try {
      await this.#open(uri);
    } catch (error) {
      if (!isCancelled(error)) this.#parts.showError(error, {});
    } finally {
      this.#isAsking = false;
    }
  }

  async #open(uri: LinkUri): Promise<void> {
    const { accounts, log, pick, confirm, run } = this.#parts;
    const link = readLink(uri);
    log.info(`A link asks to ${link.action === "download" ? "download" : "show"} a task`);
    const { candidates, isNamed } = linkedAccounts(accounts, link);
    const account = await pick(candidates, t("Select the account of task {0} in the link", link.taskId));
    if (!(await confirm(this.#question(link, account, isNamed)))) throw cancelled();
    const command = link.action === "download" ? "taskExports.downloadTaskExport" : "taskExports.showTask";
    run(command, new CommandCall("link", { accountId: account.id, taskId: link.taskId }));
  }

  #question(link: TaskLink, account: Account, isNamed: boolean): LinkQuestion {
    const { accounts, tasks, folder } = this.#parts;
    const { taskId, action } = link;
    const description = tasks.find(account.id, taskId)?.description ?? "";
    const detail = [
      description === "" ? t("Its description is not known yet.") : t("Description: {0}", description),
      t("Account: {0} ({1})", account.label, accounts.serviceLabel(account)),
      ...(isNamed ? [] : [t("The link is for an account that is named differently: {0}", link.account)]),
    ];
    if (action === "task") {
      return { question: t("A link asks to show task {0}. Show it?", taskId), detail, button: t("Show Task") };
    }
    return {
      question: t("A link asks to download task {0}. Download it?", taskId),
      detail: [...detail, t("Folder: {0}", folder()), t("Only download tasks that you expect.")],
      button: t("Download"),
    };
  }

  /** Says so only once per question. */
  #refuseAnother(): void {
    if (this.#wasTold) return;
    this.#wasTold = true;
    this.#parts.tell(t("Another link was not opened. Answer the question about the first one, then open it again."));
  }
}
