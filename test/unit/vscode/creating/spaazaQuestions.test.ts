import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { back } from "../../../../src/vscode/prompts/walkSteps.ts";
import type { Scripted } from "./scriptedAsker.ts";
import { create, endpoint, now, refused, review, spaaza } from "./walks.ts";

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
