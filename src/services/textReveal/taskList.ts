import type { AccountAccess, ExportService, ServiceCall, TaskPage } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";
import { notACursor } from "../serviceErrors.ts";
import { parseTasks, type TextRevealPage, toExportTask } from "./wire.ts";

const largestPage = 1000;

/** Whether a list is requested in an order. All pages of one list use the same. */
type Order = "newestFirst" | "asItComes";

const cursorMarks = { newestFirst: "n", asItComes: "a" } as const;

type AskForPage = (access: AccountAccess, query: URLSearchParams, call: ServiceCall) => Promise<TextRevealPage>;

/**
 * Lists tasks, newest first if the service supports it. The documentation does not say how a list of orders is encoded
 * in the query: it is sent with its documented name, `order[]`, and left out if the service rejects the request.
 */
export function createTaskList(ask: AskForPage): ExportService["listTasks"] {
  const unordered = new Set<string>();

  return async (access, { cursor, pageSize }, call) => {
    const { endpoint } = access.account;
    const place = cursor === undefined ? undefined : readCursor(cursor);
    let order: Order = place?.order ?? (unordered.has(endpoint) ? "asItComes" : "newestFirst");
    let page: TextRevealPage;
    try {
      page = await ask(access, queryFor(order, pageSize, place?.searchAfter), call);
    } catch (error) {
      const mayBeTheOrder = order === "newestFirst" && place === undefined && isInvalid(error);
      if (!mayBeTheOrder) throw error;
      order = "asItComes";
      page = await ask(access, queryFor(order, pageSize, undefined), call);
      unordered.add(endpoint);
    }
    return taskPage(page, { accountId: access.account.id, order, isFirst: place === undefined, signal: call.signal });
  };
}

function isInvalid(error: unknown): boolean {
  return error instanceof ExportError && error.code === "invalidRequest" && error.details.status !== undefined;
}

function queryFor(order: Order, pageSize: number, searchAfter: string | undefined): URLSearchParams {
  const query = new URLSearchParams({ size: String(Math.min(Math.max(1, pageSize), largestPage)) });
  if (order === "newestFirst") query.append("order[]", "created_at:desc");
  if (searchAfter !== undefined) query.append("search_after", searchAfter);
  return query;
}

interface PageContext {
  readonly accountId: string;
  readonly order: Order;
  readonly isFirst: boolean;
  readonly signal: AbortSignal;
}

async function taskPage(page: TextRevealPage, context: PageContext): Promise<TaskPage> {
  const { accountId, order, isFirst, signal } = context;
  const tasks = (await parseTasks(page.entries, signal)).map((task) => toExportTask(task, accountId));
  const { searchAfter, count } = page;
  // The documentation does not say whether `count` is for the page or for all tasks. Use it only if it must be for all.
  const isOfAll = count !== undefined && (count > tasks.length || (isFirst && searchAfter === undefined));
  return {
    tasks,
    ...defined({
      next: searchAfter === undefined ? undefined : `${cursorMarks[order]}:${searchAfter}`,
      total: isOfAll ? count : undefined,
    }),
  };
}

function readCursor(cursor: string): { order: Order; searchAfter: string } {
  const [, mark, searchAfter] = /^([na]):(.+)$/s.exec(cursor) ?? [];
  if (mark === undefined || searchAfter === undefined) throw notACursor();
  return { order: mark === cursorMarks.newestFirst ? "newestFirst" : "asItComes", searchAfter };
}
