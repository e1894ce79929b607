import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { askForToken, askStore, askTextReveal, fieldOf, linksOf, useSandbox } from "./runningSandbox.ts";

const universe = "00000000-0000-4000-b000-000000000002";

describe("The sandbox's TextReveal API", () => {
  const running = useSandbox({ taskSeconds: 0.5 });

  const listed = async (query: string): Promise<{ ids: unknown[]; page: unknown }> => {
    const { status, json } = await askTextReveal(running(), `/tasks${query}`);
    assert.equal(status, 200);
    const data = fieldOf(json, "data");
    assert.ok(Array.isArray(data));
    return { ids: data.map((task) => fieldOf(task, "id")), page: json };
  };
  const grantedToken = async (): Promise<string> => {
    const { status, json } = await askForToken(running());
    assert.equal(status, 200);
    assert.equal(fieldOf(json, "token_type"), "Bearer");
    assert.equal(fieldOf(json, "expires_in"), 86_400);
    return String(fieldOf(json, "access_token"));
  };
  const statusOf = async (id: string): Promise<unknown> => {
    const { json } = await askTextReveal(running(), `/tasks/${id}/status`);
    return typeof json === "string" ? json : fieldOf(json, "status");
  };
  const statusesUntilCompleted = async (id: string): Promise<unknown[]> => {
    const seen = new Set<unknown>();
    for (let attempt = 0; attempt < 200 && !seen.has("completed"); attempt++) {
      seen.add(await statusOf(id));
      await sleep(20);
    }
    return [...seen];
  };

  it("grants a token for the API key, and accepts it and the fixed token", async () => {
    const token = await grantedToken();
    assert.equal((await askTextReveal(running(), "/tasks", { token })).status, 200);
    assert.equal((await askTextReveal(running(), "/tasks")).status, 200);
  });

  it("grants nothing for a wrong secret, client, audience or grant type", async () => {
    const refused: [changes: Record<string, unknown>, status: number][] = [
      [{ password: "wrong" }, 403],
      [{ username: "wrong" }, 403],
      [{ audience: "https://elsewhere.example/" }, 403],
      [{ grant_type: "client_credentials" }, 403],
      [{ client_id: "wrong" }, 401],
      [{ password: 1 }, 400],
    ];
    for (const [changes, status] of refused) assert.equal((await askForToken(running(), changes)).status, status);
    const recorded = running().textReveal.requests.slice(-refused.length);
    assert.deepEqual(
      new Set(recorded.map(({ path, authorized }) => `${path} ${authorized}`)),
      new Set(["/oauth/token false"]),
    );
  });

  it("responds with 401 to a missing, wrong or revoked token", async () => {
    const token = await grantedToken();
    assert.equal((await askTextReveal(running(), "/tasks", { token })).status, 200);
    running().textReveal.revokeTokens();
    for (const refused of [token, "wrong", ""]) {
      const { status, json } = await askTextReveal(running(), "/tasks", { token: refused });
      assert.equal(status, 401);
      assert.equal(fieldOf(json, "reason"), "unauthorized");
    }
    assert.equal((await askTextReveal(running(), "/tasks", { token: await grantedToken() })).status, 200);
  });

  it("lists tasks by search_after until has_next is false, without gaps or duplicates", async () => {
    const all = (await listed("?size=1000")).ids;
    assert.ok(all.length > 130);
    assert.equal(all[0], "00000000-0000-4000-8000-000000000001");
    const paged: unknown[] = [];
    for (let query: string | undefined = ""; query !== undefined;) {
      const { ids, page } = await listed(`?size=70${query}`);
      paged.push(...ids);
      query = fieldOf(page, "has_next") === true ? `&search_after=${String(fieldOf(page, "search_after"))}` : undefined;
      assert.equal(fieldOf(page, "count"), all.length);
    }
    assert.deepEqual(paged, all);
    assert.equal(new Set(paged).size, paged.length);
    assert.equal((await listed("")).ids.length, 10);
  });

  it("sorts tasks and selects fields as requested, however the arrays are written", async () => {
    const oldest = (await listed("?size=1&order=created_at:asc")).ids;
    assert.deepEqual((await listed("?size=1&order[]=created_at:asc")).ids, oldest);
    assert.deepEqual((await listed("?size=1&order[0]=created_at:asc")).ids, oldest);
    const { page } = await listed("?size=1&fields[]=id&fields[]=status");
    assert.deepEqual(fieldOf(page, "data"), [{ id: "00000000-0000-4000-8000-000000000001", status: "completed" }]);
  });

  it("names the field and the reason if a size, order or cursor is invalid", async () => {
    for (const [query, field, reason] of [
      ["size=0", "size", "too_small"],
      ["size=1001", "size", "too_big"],
      ["size=ten", "size", "invalid_type"],
      ["order=id:asc", "order", "invalid_enum_value"],
      ["search_after=nowhere", "search_after", "invalid_string"],
    ] as const) {
      const { status, json } = await askTextReveal(running(), `/tasks?${query}`);
      assert.equal(status, 400);
      const errors = fieldOf(json, "errors");
      assert.ok(Array.isArray(errors));
      assert.deepEqual([fieldOf(errors[0], "field"), fieldOf(errors[0], "reason")], [field, reason]);
    }
  });

  it("starts an export whose status changes to completed, and which then has download URLs", async () => {
    const created = await askTextReveal(running(), `/universes/${universe}/entities/export`, {
      method: "POST",
      body: {},
    });
    assert.equal(created.status, 200);
    const id = String(fieldOf(created.json, "task_id"));
    assert.equal((await askTextReveal(running(), `/tasks/${id}/download`)).status, 400);
    assert.equal((await statusesUntilCompleted(id)).at(-1), "completed");
    const [link = ""] = linksOf(await askTextReveal(running(), `/tasks/${id}/download`));
    assert.equal((await askStore(link)).status, 200);
  });

  it("refuses a sixth export while five are running", async () => {
    const start = (): ReturnType<typeof askTextReveal> =>
      askTextReveal(running(), `/universes/${universe}/entities/export`, { method: "POST", body: {} });
    const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await start()).status));
    assert.deepEqual(statuses.toSorted(), [200, 200, 200, 200, 200, 429]);
  });

  it("changes a task from starting to running to completed after it was requested", async () => {
    const id = "00000000-0000-4000-8000-000000000203";
    assert.deepEqual(await statusesUntilCompleted(id), ["starting", "running", "completed"]);
    linksOf(await askTextReveal(running(), `/tasks/${id}/download`));
  });

  it("returns the status as an object for odd IDs and as a string for even IDs", async () => {
    const odd = await askTextReveal(running(), "/tasks/00000000-0000-4000-8000-000000000003/status");
    const even = await askTextReveal(running(), "/tasks/00000000-0000-4000-8000-000000000004/status");
    assert.deepEqual([odd.json, even.json], [{ status: "completed" }, "completed"]);
  });
});
