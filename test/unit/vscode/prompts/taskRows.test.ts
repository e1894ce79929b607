import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account, ExportTask, TaskState } from "../../../../src/model/contract.ts";
import { ServiceRegistry } from "../../../../src/services/serviceRegistry.ts";
import { createSpaazaService } from "../../../../src/services/spaaza/spaazaService.ts";
import { createTextRevealService } from "../../../../src/services/textReveal/textRevealService.ts";
import {
  type AccountTaskList,
  isShownAlike,
  likelyAccounts,
  type TaskRow,
  taskRows,
} from "../../../../src/vscode/prompts/taskRows.ts";

const http = { send: () => Promise.reject(new Error("no request is expected")), close: () => Promise.resolve() };
const services = new ServiceRegistry();
services.register(createSpaazaService(http, { retryBudgetMs: () => 0 }), "builtIn");
services.register(createTextRevealService(http, { retryBudgetMs: () => 0 }), "builtIn");

const uuid = "00000000-0000-4000-8000-000000000003";

function accountOf(service: string, label: string): Account {
  return { id: label.toLowerCase(), service, label, endpoint: "https://example.com" };
}

function taskOf(account: Account, id: string, day = "", state: TaskState = "done"): ExportTask {
  const task = { id, accountId: account.id, description: `Task of ${day}`, state, serviceState: "" };
  return day === "" ? task : { ...task, createdAt: `2026-11-${day}T00:00:00Z` };
}

function listOf(
  account: Account,
  tasks: ExportTask[] = [],
  more: Partial<AccountTaskList["state"]> = {},
): AccountTaskList {
  return { account, state: { tasks, hasMore: false, loading: false, ...more } };
}

const shop = accountOf("spaaza", "Shop");
const outlet = accountOf("spaaza", "Outlet");
const news = accountOf("textreveal", "News");

/** A row in short: its kind and what it is about. */
function inShort(row: TaskRow): string {
  switch (row.kind) {
    case "task":
      return `${row.isTyped === true ? "typed " : ""}${row.account.label} ${row.task.id}`;
    case "typed":
      return `typed ${row.taskId} for ${row.accounts.map(({ label }) => label).join(" or ")}`;
    case "notATaskId":
      return `not an ID: ${row.text}`;
    case "noAccount":
      return `no account of ${row.service} for ${row.taskId}`;
    case "error":
    case "loadMore":
      return `${row.kind} ${row.account.label}`;
    case "empty":
      return "empty";
  }
}

async function rowsOf(lists: AccountTaskList[], text = ""): Promise<string[]> {
  const { signal } = new AbortController();
  return (await taskRows(lists, text, services.findOwners(text), signal)).map(inShort);
}

describe("The rows to select a task from", () => {
  it("are the finished tasks of all accounts, newest first, those without a date last", async () => {
    const lists = [
      listOf(shop, [taskOf(shop, "3", "23"), taskOf(shop, "2"), taskOf(shop, "1", "21")]),
      listOf(news, [taskOf(news, uuid, "22"), taskOf(news, "running", "24", "running")]),
    ];
    assert.deepEqual(await rowsOf(lists), ["Shop 3", `News ${uuid}`, "Shop 1", "Shop 2"]);
  });

  it("end with the error and Load More for each account", async () => {
    const lists = [
      listOf(shop, [taskOf(shop, "1", "21")], { hasMore: true }),
      listOf(news, [], { hasMore: true, error: new Error("down") }),
    ];
    assert.deepEqual(await rowsOf(lists), ["Shop 1", "loadMore Shop", "error News", "loadMore News"]);
  });

  it("say that there are no tasks, but not while tasks are loading", async () => {
    assert.deepEqual(await rowsOf([listOf(shop), listOf(news)]), ["empty"]);
    assert.deepEqual(await rowsOf([listOf(shop), listOf(news, [], { loading: true })]), []);
  });

  it("contain a typed ID, whose form shows the account, after the tasks, which keep their places", async () => {
    const lists = [listOf(shop, [taskOf(shop, "1", "21")]), listOf(news)];
    assert.deepEqual(await rowsOf(lists, " 12345 "), ["Shop 1", "typed 12345 for Shop"]);
    assert.deepEqual(await rowsOf(lists, uuid.toUpperCase()), ["Shop 1", `typed ${uuid} for News`]);
    assert.deepEqual(
      (await rowsOf(lists, "https://services-prod.spaaza.com/tasks/77/download_url"))[1],
      "typed 77 for Shop",
    );
  });

  it("leave the account of a typed ID open if several can have it and none has loaded it", async () => {
    assert.deepEqual(await rowsOf([listOf(shop), listOf(outlet), listOf(news)], "12345"), [
      "typed 12345 for Shop or Outlet",
    ]);
  });

  it("prefer the account that has loaded the task with the typed ID, finished or not", async () => {
    const lists = [listOf(shop, [taskOf(shop, "1", "21")]), listOf(outlet, [taskOf(outlet, "12345", "20", "running")])];
    assert.deepEqual(await rowsOf(lists, "12345"), ["Shop 1", "typed 12345 for Outlet"]);
  });

  it("say which service a typed ID belongs to if it has no account", async () => {
    assert.deepEqual(await rowsOf([listOf(shop)], uuid), [`no account of TextReveal for ${uuid}`]);
  });

  it("show the task of a typed ID or URL once, in its place, if it is already listed", async () => {
    const lists = [listOf(shop, [taskOf(shop, "2", "22"), taskOf(shop, "1", "21")]), listOf(news)];
    assert.deepEqual(await rowsOf(lists, "1"), ["Shop 2", "typed Shop 1"]);
    assert.deepEqual(await rowsOf(lists, "https://services-prod.spaaza.com/tasks/1/download_url"), [
      "Shop 2",
      "typed Shop 1",
    ]);
  });

  it("offer a typed ID for the accounts in which its task is not finished", async () => {
    const lists = [listOf(shop, [taskOf(shop, "1", "21")]), listOf(outlet, [taskOf(outlet, "1", "20", "running")])];
    assert.deepEqual(await rowsOf(lists, "1"), ["typed Shop 1", "typed 1 for Outlet"]);
  });

  it("say that text is not an ID if no task contains it", async () => {
    const lists = [listOf(shop, [taskOf(shop, "1", "21")], { hasMore: true })];
    const texts = ["12345x", "https://example.com/a", "sales", "sales 2026", "task 12345", "1".repeat(19)];
    for (const text of texts)
      assert.deepEqual(await rowsOf(lists, ` ${text} `), ["Shop 1", `not an ID: ${text}`, "loadMore Shop"], text);
  });

  it("take text that a task contains as a search", async () => {
    const lists = [listOf(shop, [{ ...taskOf(shop, "1", "21"), subject: "vouchers", format: "csv" }])];
    for (const text of ["", "  ", "task of", "OF 21", "vouch", "Csv"])
      assert.deepEqual(await rowsOf(lists, text), ["Shop 1"], text);
  });

  it("take text that finds Load More as a search", async () => {
    const list = (hasMore: boolean): AccountTaskList => listOf(shop, [taskOf(shop, "1", "21")], { hasMore });
    assert.deepEqual(await rowsOf([list(true)], "load more"), ["Shop 1", "loadMore Shop"]);
    assert.deepEqual(await rowsOf([list(false)], "load more"), ["Shop 1", "not an ID: load more"]);
  });

  it("are shown alike for another text that changes none of them", async () => {
    const lists = [listOf(shop, [taskOf(shop, "1", "21"), taskOf(shop, "2", "20")], { hasMore: true }), listOf(outlet)];
    const rows = (text: string): Promise<TaskRow[]> =>
      taskRows(lists, text, services.findOwners(text), new AbortController().signal);
    const isAlike = async (one: string, other: string): Promise<boolean> => {
      const [before, after] = [await rows(one), await rows(other)];
      return before.length === after.length && before.every((row, at) => isShownAlike(row, after[at] ?? row));
    };
    for (const [one, other] of [
      ["", "task"],
      ["task", "task of"],
      ["12345", " 12345 "],
      ["abc", "abc"],
    ] as const)
      assert.equal(await isAlike(one, other), true, `${one} and ${other}`);
    for (const [one, other] of [
      ["", "1"],
      ["1", "2"],
      ["12345", "12346"],
      ["abc", "abcd"],
      ["", "abc"],
    ] as const)
      assert.equal(await isAlike(one, other), false, `${one} and ${other}`);
  });

  it("take the name of an account as a search only if there are several accounts, whose names are then shown", async () => {
    const list = listOf(shop, [taskOf(shop, "1", "21")]);
    assert.deepEqual(await rowsOf([list, listOf(news)], "shop"), ["Shop 1"]);
    assert.deepEqual(await rowsOf([list], "shop"), ["Shop 1", "not an ID: shop"]);
  });
});

describe("A task ID that another extension's service claims as well", () => {
  const greedy = { ...services.get("spaaza"), id: "greedy", label: "Greedy", findTaskId: (text: string) => text };
  const all = new ServiceRegistry();
  all.register(greedy);
  all.register(services.get("spaaza"), "builtIn");
  const taken = accountOf("greedy", "Taken");
  const rowsFor = async (lists: AccountTaskList[], text: string): Promise<string[]> =>
    (await taskRows(lists, text, all.findOwners(text), new AbortController().signal)).map(inShort);

  it("is offered for the built-in service first, so that the person decides", async () => {
    const lists = [listOf(taken), listOf(shop)];
    assert.deepEqual(await rowsFor(lists, "12345"), ["typed 12345 for Shop", "typed 12345 for Taken"]);
  });

  it("begins with a row that does nothing if the built-in service has no account", async () => {
    assert.deepEqual(await rowsFor([listOf(taken)], "12345"), [
      "no account of Spaaza for 12345",
      "typed 12345 for Taken",
    ]);
  });

  it("is offered at once if no built-in service knows it", async () => {
    assert.deepEqual(await rowsFor([listOf(taken), listOf(shop)], "G-7"), ["typed G-7 for Taken"]);
  });
});

describe("The likely accounts of a task", () => {
  it("are those that have loaded it, or else all", () => {
    const lists = [listOf(shop, [taskOf(shop, "1")]), listOf(outlet), listOf(news, [taskOf(news, "1")])];
    assert.deepEqual(likelyAccounts(lists, "1"), [shop, news]);
    assert.deepEqual(likelyAccounts(lists, "2"), [shop, outlet, news]);
  });
});
