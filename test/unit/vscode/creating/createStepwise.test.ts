import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CreateDraft } from "../../../../src/model/createRequest.ts";
import { type ErrorCode, ExportError, type FieldProblem } from "../../../../src/model/exportError.ts";
import { createTaskRequest, requireSpaaza } from "../../../../src/services/spaaza/createTask.ts";
import { exportRequest, requireTextReveal } from "../../../../src/services/textReveal/exportRequest.ts";
import { toCreateRequest } from "../../../../src/model/createRequest.ts";
import { createStepwise } from "../../../../src/vscode/creating/createStepwise.ts";
import { OtherQuestions } from "../../../../src/vscode/creating/otherQuestions.ts";
import { Refusals } from "../../../../src/vscode/creating/questions.ts";
import { SpaazaQuestions } from "../../../../src/vscode/creating/spaazaQuestions.ts";
import { TextRevealQuestions } from "../../../../src/vscode/creating/textRevealQuestions.ts";
import { back } from "../../../../src/vscode/prompts/walkSteps.ts";
import { type Scripted, ScriptedAsker } from "./scriptedAsker.ts";

const now = Date.parse("2026-01-31T06:00:00Z");
const endpoint = "https://services.example.com";
const review = "Check the request";
const create = [review, "Create Export Task"] as const;
const universe = "00000000-0000-4000-b000-000000000001";

function refused(errors: FieldProblem[], code: ErrorCode = "invalidRequest"): ExportError {
  return new ExportError(code, "The service refused it.", { details: { errors } });
}

interface Walk {
  readonly script: readonly Scripted[];
  readonly given?: CreateDraft;
  readonly proposal?: CreateDraft;
  readonly chain?: string | undefined;
  /** What sending fails with, one after the other. */
  readonly failures?: ExportError[];
}

/** Walks through the questions about an export of Spaaza, and returns what is sent. */
async function spaaza({ script, given = {}, proposal = {}, failures = [], ...more }: Walk) {
  const ask = new ScriptedAsker(...script);
  const refusals = new Refusals();
  const chain = "chain" in more ? more.chain : "1743";
  const questions = new SpaazaQuestions({ ask, refusals, given, proposal, chain, now: () => now });
  const account = { id: "a1", service: "spaaza" };
  return walk(ask, refusals, questions, failures, (draft) =>
    createTaskRequest({ endpoint }, requireSpaaza(toCreateRequest(draft, account)), now),
  );
}

async function textReveal({ script, given = {}, proposal = {}, failures = [] }: Walk) {
  const ask = new ScriptedAsker(...script);
  const refusals = new Refusals();
  const askUniverse = async (question: { current: string | undefined; refusal?: string }) => {
    const choices = [{ label: universe, value: universe }];
    const chosen = await ask.choice({ placeholder: question.refusal ?? "universe", choices }, {});
    return chosen;
  };
  const questions = new TextRevealQuestions({ ask, refusals, askUniverse, given, proposal });
  const account = { id: "a1", service: "textreveal" };
  return walk(ask, refusals, questions, failures, (draft) =>
    exportRequest({ endpoint }, requireTextReveal(toCreateRequest(draft, account))),
  );
}

async function walk(
  ask: ScriptedAsker,
  refusals: Refusals,
  questions: Parameters<typeof createStepwise>[1]["questions"],
  failures: ExportError[],
  preview: (draft: CreateDraft) => ReturnType<typeof createTaskRequest>,
) {
  const sent: unknown[] = [];
  const copied: string[] = [];
  const task = await createStepwise("Create Export Task", {
    ask,
    refusals,
    questions,
    preview,
    create: (draft) => {
      sent.push(preview(draft).body ?? preview(draft).url);
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve({ accountId: "a1", taskId: "90001" }) : Promise.reject(failure);
    },
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    now: () => now,
  });
  assert.ok(ask.isDone);
  assert.deepEqual(task, { accountId: "a1", taskId: "90001" });
  return { ask, sent, copied };
}

const simple: readonly Scripted[] = [
  ["what to export", "users"],
  ["a format", "CSV"],
  ["Description", "All users"],
  ["when to run", "Now"],
];

function triggerOf(sent: readonly unknown[]): unknown {
  const [body] = sent.slice(-1);
  return typeof body === "object" && body !== null && "trigger" in body ? body.trigger : undefined;
}

const once = new Date(now).toISOString();
const rulesOf = (...rules: object[]) => ({
  once,
  segment: { entity: "people", index: "users", join: "all", chain_id: 1743, rules },
});

describe("Create Export Task", () => {
  it("shows each value of the request by the service's name, and sends exactly that", async () => {
    const { ask, sent } = await spaaza({ script: [...simple, ["what to include", "Everything"], create] });
    assert.deepEqual(ask.rows, [
      `Create Export Task: ${endpoint}`,
      "Copy Request: ",
      "POST /tasks: ",
      "chain: 1743",
      'desc: "All users"',
      'target.action: "export"',
      'target.export_index: "users"',
      'target.export_format: "csv"',
      `trigger.once: "${once}"`,
    ]);
    assert.deepEqual(sent, [
      {
        chain: 1743,
        desc: "All users",
        target: { action: "export", export_index: "users", export_format: "csv" },
        trigger: { once },
      },
    ]);
  });

  it("copies the request as text and stays", async () => {
    const { copied } = await spaaza({
      script: [
        ...simple,
        ["what to include", "Everything"],
        [review, "Copy Request"],
        ["Request copied", "Create Export Task"],
      ],
    });
    assert.match(copied[0] ?? "", /^POST https:\/\/services\.example\.com\/tasks\n/);
    assert.match(copied[0] ?? "", /\n {2}"chain": 1743,\n/);
  });

  it("has segments that are ready to use", async () => {
    const day = { field_name: "created_date", field_type: "date" };
    const last = await spaaza({ script: [...simple, ["what to include", "Last 24 hours"], create] });
    assert.deepEqual(
      triggerOf(last.sent),
      rulesOf({ ...day, operator: "relative_less_than", time_factor: "day", time_amount: 1 }),
    );
    const between = await spaaza({
      script: [
        ...simple,
        ["what to include", "Between two days…"],
        ["First day", "2026-01-01"],
        ["Last day", "2026-01-31"],
        create,
      ],
    });
    assert.deepEqual(
      triggerOf(between.sent),
      rulesOf({ ...day, operator: "is_between_date", start_date: "2026-01-01", end_date: "2026-01-31" }),
    );
  });

  it("offers no dates for products, which have none", async () => {
    const { ask } = await spaaza({
      script: [
        ["what to export", "products"],
        ...simple.slice(1),
        ["what to include", back],
        ["when to run", "Now"],
        ["what to include", "Everything"],
        create,
      ],
    });
    assert.ok(!ask.asked.includes("timestamp"));
  });

  it("builds a segment of several rules, which can be combined and removed", async () => {
    const { sent } = await spaaza({
      script: [
        ...simple,
        ["what to include", "Rules…"],
        ["Select a field", "created_date"],
        ["how to compare", "is after a day"],
        ["The day after", "2026-01-01"],
        ["another rule", "Add another rule…"],
        ["Select a field", "country"],
        ["how to compare", "is not"],
        ["Value", "NL"],
        ["another rule", "Add another rule…"],
        ["Select a field", "Another field…"],
        ["Name of the field", "points"],
        ["Type of the field", "number"],
        ["how to compare", "is between two numbers"],
        ["Smallest", "1"],
        ["Largest", "9.5"],
        ["another rule", "Add another rule…"],
        ["Select a field", "country"],
        ["how to compare", "contains"],
        ["Value", "x"],
        ["another rule", "Remove the last rule"],
        ["another rule", "Continue"],
        ["combine the rules", "Any rule must match"],
        create,
      ],
    });
    const rules = [
      { field_name: "created_date", field_type: "date", operator: "is_after_date", start_date: "2026-01-01" },
      { field_name: "country", operator: "is_not", value: "NL" },
      { field_name: "points", field_type: "number", operator: "is_between_number", min: 1, max: 9.5 },
    ];
    const expected = rulesOf(...rules);
    assert.deepEqual(triggerOf(sent), { ...expected, segment: { ...expected.segment, join: "any" } });
  });

  it("runs later at a time of this computer", async () => {
    const { sent } = await spaaza({
      script: [
        ...simple.slice(0, 3),
        ["when to run", "Later…"],
        ["Date and time", "2026-02-01 06:30"],
        ["what to include", "Everything"],
        create,
      ],
    });
    assert.deepEqual(triggerOf(sent), { once: new Date(2026, 1, 1, 6, 30).toISOString() });
  });

  it("asks for the chain only if nothing says it", async () => {
    const { sent } = await spaaza({
      chain: undefined,
      script: [...simple, ["ID of the chain", "77"], ["what to include", "Everything"], create],
    });
    assert.deepEqual(sent, [{ ...(sent[0] as object), chain: 77 }]);
  });

  it("goes back to the refused field with the service's sentence, and forward again", async () => {
    const { ask, sent } = await spaaza({
      failures: [refused([{ field: "trigger.segment_id", message: "unknown segment" }])],
      script: [
        ...simple,
        ["what to include", "Segment from the Console…"],
        ["ID of the segment", "https://console.example.com/chains/1743/segments/999?tab=2"],
        create,
        ["unknown segment", "501"],
        create,
      ],
    });
    assert.deepEqual(triggerOf(sent), { once, segment_id: "501" });
    assert.equal(ask.asked.filter((question) => question === "unknown segment.").length, 1);
  });

  it("goes back to the refused rule", async () => {
    await spaaza({
      failures: [refused([{ field: "trigger.segment.rules.0.value", message: "no such country" }])],
      script: [
        ...simple,
        ["what to include", "Rules…"],
        ["Select a field", "country"],
        ["how to compare", "is"],
        ["Value", "XX"],
        ["another rule", "Continue"],
        create,
        ["no such country", "NL"],
        ["another rule", "Continue"],
        create,
      ],
    });
  });

  it("keeps the answers after a failure that no field caused", async () => {
    const { sent } = await spaaza({
      failures: [refused([], "serviceUnavailable"), refused([{ field: "debug", message: "?" }])],
      script: [
        ...simple,
        ["what to include", "Everything"],
        create,
        [review, "The service refused it."],
        [review, "Create Export Task"],
        [review, "Create Export Task"],
      ],
    });
    assert.equal(sent.length, 3, "selecting the failure sends nothing");
  });

  it("ends if other credentials are needed", async () => {
    const work = spaaza({
      failures: [refused([], "unauthorized")],
      script: [...simple, ["what to include", "Everything"], create],
    });
    await assert.rejects(work, { code: "unauthorized" });
  });

  it("leads from a value of the request back to its question", async () => {
    const { sent } = await spaaza({
      script: [
        ...simple,
        ["what to include", "Everything"],
        [review, "target.export_format"],
        ["a format", "JSON"],
        ["Description", ""],
        ["when to run", "Now"],
        ["what to include", "Everything"],
        create,
      ],
    });
    assert.deepEqual((sent[0] as { target: object }).target, {
      action: "export",
      export_index: "users",
      export_format: "json",
    });
  });

  it("does not ask for what a program gave", async () => {
    const given = { index: "users", format: "csv", runAt: once } as const;
    await spaaza({ given, script: [["Description", "x"], ["what to include", "Everything"], create] });
  });

  it("begins with what a similar task exports", async () => {
    const segment = {
      entity: "people" as const,
      index: "users" as const,
      join: "all" as const,
      chain_id: 1743,
      rules: [{ field_name: "country", operator: "is", value: "NL" }],
    };
    const { sent } = await spaaza({
      proposal: { index: "users", format: "json", description: "Dutch users", segment },
      script: [
        ["what to export", "users"],
        ["a format", "JSON"],
        ["Description", ""],
        ["when to run", "Now"],
        ["what to include", "The same segment as before"],
        create,
      ],
    });
    assert.deepEqual(triggerOf(sent), { once, segment });
  });
});

describe("Create Export Task of TextReveal", () => {
  it("sends filters, fields and order, and corrects a refused filter", async () => {
    const { ask, sent } = await textReveal({
      failures: [refused([{ field: "isin", message: "Invalid ISIN" }])],
      script: [
        ["universe", universe],
        ["a filter", "Filter by name…"],
        ["Values of name", "Acme, Inc.; Über"],
        ["a filter", "Filter by isin…"],
        ["Values of isin", "wrong"],
        ["a filter", "Continue"],
        ["Select fields", ["id", "name"]],
        ["Select an order", "By name, Z to A"],
        create,
        ["Invalid ISIN", "DE0005140008"],
        ["a filter", "Continue"],
        ["Select fields", ["id", "name"]],
        ["Select an order", "By name, Z to A"],
        create,
      ],
    });
    assert.deepEqual(ask.rows.slice(2), [
      `POST /universes/${universe}/entities/export: `,
      "name[]: Acme, Inc.",
      "name[]: Über",
      "isin[]: DE0005140008",
      "fields[]: id",
      "fields[]: name",
      "order: name:desc",
    ]);
    const url = new URL(String(sent.at(-1)));
    assert.equal(url.pathname, `/universes/${universe}/entities/export`);
    assert.deepEqual(url.searchParams.getAll("name[]"), ["Acme, Inc.", "Über"]);
  });

  it("removes a filter without values, and leaves out what was not chosen", async () => {
    const { sent } = await textReveal({
      proposal: { universeId: universe, filters: { ticker: ["ACME"] } },
      script: [
        ["universe", universe],
        ["a filter", "Filter by ticker…"],
        ["Values of ticker", " ; "],
        ["a filter", "Continue"],
        ["Select fields", []],
        ["Select an order", "No particular order"],
        create,
      ],
    });
    assert.deepEqual(sent, [`${endpoint}/universes/${universe}/entities/export`]);
  });

  it("leads from the path back to the universe", async () => {
    await textReveal({
      given: { filters: {}, fields: [], order: "name:asc" },
      script: [
        ["universe", universe],
        [review, `POST /universes/${universe}/entities/export`],
        ["universe", universe],
        create,
      ],
    });
  });

  it("asks for the universe again if it was not found", async () => {
    await textReveal({
      failures: [refused([{ field: "universe_id", message: "not found" }])],
      given: { filters: {}, fields: [], order: "name:asc" },
      script: [["universe", universe], create, ["not found", universe], create],
    });
  });
});

describe("Create Export Task of another extension's service", () => {
  it("asks for the fields that the service names, and shows their values", async () => {
    const ask = new ScriptedAsker(["Report", "sales"], ["Region", ""], create);
    const fields = [
      { name: "report", label: "Report" },
      { name: "region", label: "Region", optional: true },
    ];
    const refusals = new Refusals();
    const drafts: CreateDraft[] = [];
    await createStepwise("Create Export Task", {
      ask,
      refusals,
      questions: new OtherQuestions(ask, refusals, fields, {}),
      preview: () => undefined,
      create: (draft) => {
        drafts.push(draft);
        return Promise.resolve({ accountId: "a1", taskId: "t" });
      },
      copy: () => assert.fail("there is nothing to copy"),
      now: () => now,
    });
    assert.deepEqual(ask.rows, ["Create Export Task: ", "report: sales"]);
    assert.deepEqual(drafts, [{ values: { report: "sales" } }]);
  });
});
