import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { askSpaaza, askTextReveal, fieldOf, useSandbox } from "./runningSandbox.ts";

const task = {
  chain: 1743,
  desc: "Made by a test",
  target: { action: "export", export_index: "users", export_format: "csv" },
  trigger: { once: "2026-01-31T06:00:00.000Z" },
};
const segment = {
  entity: "people",
  index: "users",
  join: "all",
  chain_id: 1743,
  rules: [{ field_name: "country", operator: "is", value: "NL" }],
};
const universe = "00000000-0000-4000-b000-000000000002";

describe("The sandbox, asked to create tasks", () => {
  const running = useSandbox({ taskSeconds: 0.2 });

  const create = (changes: object) => askSpaaza(running(), "/tasks", { method: "POST", body: { ...task, ...changes } });
  const fieldsOf = (json: unknown): unknown[] => {
    const errors = fieldOf(json, "errors");
    assert.ok(Array.isArray(errors));
    return errors.map((error) => fieldOf(error, "field"));
  };

  it("keeps the trigger of a Spaaza task", async () => {
    const created = await create({ trigger: { ...task.trigger, segment } });
    const { json } = await askSpaaza(running(), `/tasks/${String(fieldOf(created.json, "id"))}`);
    assert.deepEqual(fieldOf(fieldOf(json, "trigger"), "segment"), segment);
  });

  it("names the field of a segment that isn't documented", async () => {
    const rule = { field_name: "country", operator: "is_between_number", min: 1 };
    for (const [trigger, field] of [
      [{ segment: { ...segment, entity: "companies" } }, "trigger.segment.entity"],
      [{ segment: { ...segment, rules: [rule] } }, "trigger.segment.rules.0.max"],
      [{ segment_id: "999" }, "trigger.segment_id"],
      [{ once: "tomorrow" }, "trigger.once"],
    ] as const) {
      const { status, json } = await create({ trigger });
      assert.equal(status, 400);
      assert.deepEqual(fieldsOf(json), [field]);
    }
  });

  it("refuses and fails for reserved descriptions", async () => {
    assert.deepEqual(fieldsOf((await create({ desc: "A description that is refused" })).json), ["desc"]);
    assert.equal((await create({ desc: "A creation that fails" })).status, 503);
    assert.equal((await create({ desc: "A creation that is forbidden" })).status, 403);
    const { json } = await create({ desc: "An export that fails" });
    const path = `/tasks/${String(fieldOf(json, "id"))}`;
    let code: unknown;
    while (code !== "ERROR") code = fieldOf(fieldOf((await askSpaaza(running(), path)).json, "state"), "code");
  });

  it("lists universes by type and page, and says how many entities one has", async () => {
    const { json } = await askTextReveal(running(), "/universes?size=2&type=SHARED");
    const data = fieldOf(json, "data");
    assert.ok(Array.isArray(data) && data.length === 2);
    assert.equal(fieldOf(data[0], "universe_id"), universe);
    assert.equal(fieldOf((await askTextReveal(running(), `/universes/${universe}`)).json, "entity_count"), 74);
    assert.equal((await askTextReveal(running(), "/universes/00000000-0000-4000-b000-000000000003")).status, 500);
    assert.equal((await askTextReveal(running(), "/universes?type=OTHER")).status, 400);
  });

  it("refuses query parameters of a TextReveal export that aren't documented", async () => {
    const start = (query: string, id = universe) =>
      askTextReveal(running(), `/universes/${id}/entities/export?${query}`, { method: "POST" });
    for (const [query, field] of [
      ["sector[]=banks", "sector"],
      ["order=id:asc", "order"],
      ["fields[]=revenue", "fields"],
      ["isin[]=wrong", "isin"],
    ] as const) {
      const { status, json } = await start(query);
      assert.equal(status, 400, query);
      assert.deepEqual(fieldsOf(json), [field]);
    }
    assert.equal((await start("name[]=Acme&fields[]=id&order=name:asc")).status, 200);
    assert.equal((await start("", "00000000-0000-4000-b000-000000000999")).status, 404);
  });
});
