import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { noAccount, notATaskId, unknownService } from "../../../../src/model/accountErrors.ts";
import type { Account, ExportService } from "../../../../src/model/contract.ts";
import { cancelled, ExportError } from "../../../../src/model/exportError.ts";
import type { CommandCall } from "../../../../src/vscode/commandCall.ts";
import { LinkHandler, type LinkQuestion } from "../../../../src/vscode/links/linkHandler.ts";

const shop: Account = { id: "1", service: "spaaza", label: "Shop", endpoint: "https://example.com" };
const other: Account = { id: "2", service: "spaaza", label: "Other shop", endpoint: "https://example.com" };
const news: Account = { id: "3", service: "textreveal", label: "News", endpoint: "https://example.com" };
const folder = "/home/person/exports";

function serviceOf(id: string): ExportService {
  const findTaskId = (text: string): string | undefined =>
    id === "spaaza" ? /\d+/.exec(text)?.[0] : /[a-f]{8}/.exec(text)?.[0];
  return { id, label: id.toUpperCase(), findTaskId } as Partial<ExportService> as ExportService;
}

/** A handler whose questions are answered by a function, and what it did. */
function handlerWith(
  list: readonly Account[],
  answer: (question: LinkQuestion) => Promise<boolean> = () => Promise.resolve(true),
) {
  const questions: LinkQuestion[] = [];
  const picks: string[][] = [];
  const runs: { command: string; call: CommandCall }[] = [];
  const told: string[] = [];
  const errors: unknown[] = [];
  const known = ["spaaza", "textreveal"];
  const handler = new LinkHandler({
    accounts: {
      store: { list: () => [...list] },
      services: {
        has: (id) => known.includes(id),
        get: (id) => {
          if (known.includes(id)) return serviceOf(id);
          throw unknownService(id);
        },
      },
      candidatesFor: (_none, taskId) => {
        if (list.length === 0) throw noAccount();
        const fitting = list.filter(({ service }) => serviceOf(service).findTaskId(taskId) !== undefined);
        if (fitting.length === 0) throw notATaskId(taskId);
        return fitting;
      },
      serviceLabel: ({ service }) => service.toUpperCase(),
    },
    tasks: {
      find: (accountId, id) =>
        id === "12345"
          ? { id, accountId, description: "Nightly [link](command:x)", state: "done", serviceState: "DONE" }
          : undefined,
    },
    log: { info: () => undefined },
    folder: () => folder,
    pick: (candidates) => {
      picks.push(candidates.map(({ label }) => label));
      const [first] = candidates;
      return first === undefined ? Promise.reject(noAccount()) : Promise.resolve(first);
    },
    confirm: (question) => {
      questions.push(question);
      return answer(question);
    },
    run: (command, call) => runs.push({ command, call }),
    tell: (sentence) => told.push(sentence),
    showError: (error) => errors.push(error),
  });
  const open = (query: string, path = "/download") => handler.handleUri({ path, query, fragment: "" });
  return { open, questions, picks, runs, told, errors };
}

function codesOf(errors: readonly unknown[]): unknown[] {
  return errors.map((error) => (error instanceof ExportError ? error.code : error));
}

describe("Opening a link to a task", () => {
  it("asks with the task, its description, the account and the folder, and then runs the command as a link", async () => {
    const { open, questions, runs, errors } = handlerWith([shop, news]);
    await open("account=spaaza:Shop&task=12345");
    assert.deepEqual(errors, []);
    const [{ question, detail, button } = { question: "", detail: [], button: "" }] = questions;
    assert.match(question, /download task 12345/);
    assert.equal(button, "Download");
    for (const part of ["Nightly [link](command:x)", "Shop (SPAAZA)", folder]) {
      assert.ok(
        detail.some((line) => line.includes(part)),
        part,
      );
    }
    assert.ok(!detail.some((line) => line.includes("named differently")));
    const [{ command, call } = { command: "", call: undefined }] = runs;
    assert.equal(command, "taskExports.downloadTaskExport");
    assert.equal(call?.caller, "link");
    assert.deepEqual(call.argument, { accountId: "1", taskId: "12345" });
  });

  it("does nothing if the answer is no", async () => {
    const { open, runs, errors } = handlerWith([shop], () => Promise.resolve(false));
    await open("account=spaaza:Shop&task=12345");
    assert.deepEqual([runs, errors], [[], []]);
  });

  it("only shows the task if it asks for that", async () => {
    const { open, questions, runs } = handlerWith([shop]);
    await open("account=1&task=777", "/task");
    assert.equal(runs[0]?.command, "taskExports.showTask");
    assert.ok(!(questions[0]?.detail.join() ?? "").includes(folder));
  });

  it("offers the accounts of the service if none has the name, and says that the link names another", async () => {
    const { open, picks, questions } = handlerWith([shop, other, news]);
    await open("account=spaaza:Shop of a colleague&task=12345");
    assert.deepEqual(picks, [["Shop", "Other shop"]]);
    assert.ok(questions[0]?.detail.some((line) => line.includes("spaaza:Shop of a colleague")));
  });

  it("finds accounts by the form of the task ID if the link contains an ID of another computer", async () => {
    const { open, picks, runs } = handlerWith([shop, news]);
    await open("account=3f0c&task=abcdefab");
    assert.deepEqual(picks, [["News"]]);
    assert.deepEqual(runs[0]?.call.argument, { accountId: "3", taskId: "abcdefab" });
  });

  const failures: [what: string, accounts: Account[], query: string, code: string][] = [
    ["the service has no account", [news], "account=spaaza:Shop&task=12345", "noAccount"],
    ["there is no account", [], "account=3f0c&task=12345", "noAccount"],
    ["the service is unknown", [shop], "account=evil:Shop&task=12345", "invalidRequest"],
    ["the task is no ID of the service", [shop], "account=spaaza:Shop&task=abcdefab", "invalidRequest"],
    ["the task only contains an ID", [shop], "account=spaaza:Shop&task=12345/../6", "invalidRequest"],
    ["the task only contains an ID of some service", [shop], "account=zzz&task=12345?x", "invalidRequest"],
    ["the link contains more", [shop], "account=spaaza:Shop&task=12345&folder=/tmp", "invalidRequest"],
  ];
  for (const [what, accounts, query, code] of failures) {
    it(`asks nothing and shows a failure if ${what}`, async () => {
      const { open, questions, runs, errors } = handlerWith(accounts);
      await open(query);
      assert.deepEqual(codesOf(errors), [code]);
      assert.deepEqual([questions, runs], [[], []]);
    });
  }

  it("asks one question at a time, and says once that another link was not opened", async () => {
    let agree: (answer: boolean) => void = () => undefined;
    const answer = new Promise<boolean>((resolve) => (agree = resolve));
    const { open, questions, runs, told } = handlerWith([shop], () => answer);
    const first = open("account=spaaza:Shop&task=12345");
    for (let more = 0; more < 50; more++) await open(`account=spaaza:Shop&task=${more}`);
    await nextTurn();
    assert.deepEqual([questions.length, told.length, runs.length], [1, 1, 0]);
    agree(true);
    await first;
    assert.equal(runs.length, 1);
    await open("account=spaaza:Shop&task=2");
    assert.equal(questions.length, 2);
  });

  it("can be canceled silently, and then asks again for the next link", async () => {
    const { open, errors, questions } = handlerWith([shop], () => Promise.reject(cancelled()));
    await open("account=spaaza:Shop&task=1");
    await open("account=spaaza:Shop&task=2");
    assert.deepEqual([errors, questions.length], [[], 2]);
  });
});
