import { t } from "@vscode/l10n";
import { noAccount } from "../../model/accountErrors.ts";
import type { Account, ExportTask, TaskPage } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { accountNamed } from "../accounts/namedAccount.ts";
import type { ExportTool } from "./exportTool.ts";
import { cutAt, firstFitting } from "./toolAnswer.ts";
import { optionalNumber, optionalText } from "./toolInput.ts";

const longestDescription = 300;

const fields = { account: optionalText(200), count: optionalNumber(1, 50, 20) };

/** The accounts, as needed by tools. */
export interface ToolAccounts {
  readonly store: { list(): Account[] };
  only(accountId: string | undefined, taskId: string): Account;
  listTasks(accountId: string, page: { pageSize: number }, call: { signal: AbortSignal }): Promise<TaskPage>;
  serviceLabel(account: Account): string;
}

/** Lists the newest export tasks of one account, or of the only one. */
export function listTasksTool(accounts: ToolAccounts): ExportTool<typeof fields> {
  return {
    name: "taskExports_listTasks",
    fields,
    ask({ account: named, count }) {
      const { label } = chosenAccount(accounts, named);
      return {
        title: t("List Export Tasks"),
        lines: [
          t("Requests up to {0} tasks of {1} from its service.", count, label),
          t(
            "Their IDs, descriptions, states and dates, and the names of all accounts, will be sent to the language model.",
          ),
        ],
        running: t("Listing the export tasks of {0}", label),
      };
    },
    async run({ account: named, count }, signal) {
      const account = chosenAccount(accounts, named);
      const page = await accounts.listTasks(account.id, { pageSize: count }, { signal });
      const tasks = page.tasks.slice(0, count).map(described);
      const fitting = firstFitting(tasks);
      return {
        account: account.label,
        service: accounts.serviceLabel(account),
        otherAccounts: accounts.store.list().flatMap(({ id, label }) => (id === account.id ? [] : [label])),
        tasks: fitting,
        hasMore: page.next !== undefined || fitting.length < page.tasks.length,
      };
    },
  };
}

/** The named account, or the first one: a model doesn't know names until it has an answer. @throws ExportError `noAccount` */
function chosenAccount({ store }: ToolAccounts, named: string | undefined): Account {
  const accounts = store.list();
  if (named !== undefined) return accountNamed(accounts, named);
  const [first] = accounts;
  if (first === undefined) throw noAccount();
  return first;
}

function described({
  id,
  description,
  state,
  serviceState,
  subject,
  format,
  createdAt,
  completedAt,
}: ExportTask): object {
  const text = cutAt(description, longestDescription);
  return { id, description: text, state, serviceState, ...defined({ subject, format, createdAt, completedAt }) };
}
