import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { askSpaaza, askStore, fieldOf, linksOf, useSandbox } from "./runningSandbox.ts";

describe("The sandbox's Spaaza API", () => {
  const running = useSandbox({ taskSeconds: 0.5 });

  const listIds = async (query: string): Promise<number[]> => {
    const { status, json } = await askSpaaza(running(), `/tasks${query}`);
    assert.equal(status, 200);
    assert.ok(Array.isArray(json), "a bare array");
    return json.map((task) => Number(fieldOf(task, "id")));
  };
  const stateOf = async (id: number): Promise<unknown> => {
    const { json } = await askSpaaza(running(), `/tasks/${id}`);
    return fieldOf(fieldOf(json, "state"), "code");
  };
  const statesUntilDone = async (id: number): Promise<unknown[]> => {
    const seen = new Set<unknown>();
    for (let attempt = 0; attempt < 200 && !seen.has("DONE"); attempt++) {
      seen.add(await stateOf(id));
      await sleep(20);
    }
    return [...seen];
  };

  it("accepts a privileged token and the three headers of an admin session", async () => {
    const { admin } = running().spaaza;
    const session = {
      "x-spaaza-session-user-id": admin.userId,
      "x-spaaza-session-key": admin.sessionKey,
      "x-spaaza-session-chain-id": admin.chainId,
    };
    assert.equal((await askSpaaza(running(), "/tasks?limit=1")).status, 200);
    assert.equal((await askSpaaza(running(), "/tasks?limit=1", { headers: session })).status, 200);
  });

  it("responds with 401 to missing, incomplete and wrong credentials and to another chain", async () => {
    const { admin, privileged } = running().spaaza;
    const session = { "x-spaaza-session-user-id": admin.userId, "x-spaaza-session-key": admin.sessionKey };
    const refused: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${privileged.tokenSecret}` },
      { authorization: `Bearer ${privileged.tokenId}:wrong` },
      { authorization: `Basic ${privileged.tokenId}:${privileged.tokenSecret}` },
      session,
      { ...session, "x-spaaza-session-chain-id": "1" },
    ];
    for (const headers of refused) {
      const { status, json } = await askSpaaza(running(), "/tasks", { headers });
      assert.equal(status, 401);
      assert.equal(fieldOf(fieldOf(json, "result"), "status"), "error");
    }
  });

  it("records each call without its headers, and whether it was accepted", async () => {
    const { requests } = running().spaaza;
    requests.length = 0;
    await askSpaaza(running(), "/tasks?action=export&limit=2");
    await askSpaaza(running(), "/tasks/12345", { headers: {} });
    const shown = requests.map(({ at, ...rest }) => ({ ...rest, isRecent: Date.now() - at < 10_000 }));
    const query = { action: "export", limit: "2" };
    assert.deepEqual(shown, [
      { method: "GET", path: "/tasks", query, status: 200, authorized: true, isRecent: true },
      { method: "GET", path: "/tasks/12345", query: {}, status: 401, authorized: false, isRecent: true },
    ]);
  });

  it("lists all tasks by limit and offset, newest first, without gaps or duplicates", async () => {
    const all = await listIds("?limit=200");
    const rest = await listIds("?limit=200&offset=200");
    const paged: number[] = [];
    for (let offset = 0; paged.length === offset; offset += 60)
      paged.push(...(await listIds(`?limit=60&offset=${offset}`)));
    assert.deepEqual(paged, [...all, ...rest]);
    assert.equal(new Set(paged).size, paged.length);
    assert.ok(paged.length >= 130);
    assert.equal(paged[0], 12345);
    assert.equal((await listIds("")).length, 50);
  });

  it("lists only tasks that match action, status and campaign_id", async () => {
    const count = async (query: string): Promise<number> => (await listIds(`?limit=200${query}`)).length;
    const exports = await askSpaaza(running(), "/tasks?action=export&limit=200");
    assert.ok(Array.isArray(exports.json));
    for (const task of exports.json) assert.equal(fieldOf(fieldOf(task, "target"), "action"), "export");
    assert.ok(!(await listIds("?action=export&limit=200")).includes(40000));
    assert.ok((await listIds("?status=INPROGRESS&action=export")).includes(40900));
    assert.ok((await count("&status=ERROR")) > 1);
    assert.ok((await count("&campaign_id=700")) > 0);
    assert.equal(await count("&campaign_id=1"), 0);
  });

  it("refuses an invalid limit, offset or status", async () => {
    for (const query of ["limit=0", "limit=many", "limit=201", "offset=-1", "status=FINISHED"]) {
      assert.equal((await askSpaaza(running(), `/tasks?${query}`)).status, 400, query);
    }
  });

  it("shows a task with its logs cut by log_limit and offset", async () => {
    const { json } = await askSpaaza(running(), "/tasks/12347");
    assert.equal(fieldOf(json, "id"), 12347);
    assert.equal(fieldOf(fieldOf(json, "state"), "code"), "DONE");
    assert.equal(fieldOf(fieldOf(json, "target"), "export_format"), "json");
    const logs = async (query: string): Promise<unknown> =>
      fieldOf((await askSpaaza(running(), `/tasks/12347?${query}`)).json, "logs");
    const all = await logs("");
    assert.ok(Array.isArray(all) && all.length === 3);
    assert.deepEqual(await logs("log_limit=1&offset=1"), all.slice(1, 2));
  });

  it("creates an export that moves to DONE and then has a file", async () => {
    const body = {
      chain: 1743,
      desc: "Made by a test",
      target: { action: "export", export_index: "products", export_format: "json" },
      trigger: { once: new Date().toISOString() },
    };
    const created = await askSpaaza(running(), "/tasks", { method: "POST", body });
    assert.equal(created.status, 200);
    const id = Number(fieldOf(created.json, "id"));
    assert.equal((await listIds("?limit=1"))[0], id);
    assert.equal((await askSpaaza(running(), `/tasks/${id}/download_url`)).status, 409);
    assert.equal((await statesUntilDone(id)).at(-1), "DONE");
    const [link = ""] = linksOf(await askSpaaza(running(), `/tasks/${id}/download_url`));
    assert.match(link, new RegExp(`/Product_Export-${id}\\.json\\?`));
    assert.ok(Array.isArray((await askStore(link)).json));
  });

  it("says what is wrong if a task can't be created", async () => {
    const { status, json } = await askSpaaza(running(), "/tasks", { method: "POST", body: { chain: 1743, desc: "" } });
    assert.equal(status, 400);
    const errors = fieldOf(json, "errors");
    assert.ok(Array.isArray(errors));
    assert.deepEqual(
      errors.map((error) => fieldOf(error, "field")),
      ["desc", "target", "trigger"],
    );
  });

  it("changes a task from READY to INPROGRESS to DONE after it was requested", async () => {
    assert.deepEqual(await statesUntilDone(40910), ["READY", "INPROGRESS", "DONE"]);
    linksOf(await askSpaaza(running(), "/tasks/40910/download_url"));
  });

  it("keeps a task in READY until it is executed", async () => {
    assert.equal(await stateOf(40911), "READY");
    await sleep(550);
    assert.equal(await stateOf(40911), "READY");
    const executed = await askSpaaza(running(), "/tasks/40911/execute", { method: "POST" });
    assert.equal(fieldOf(fieldOf(executed.json, "state"), "code"), "READY");
    assert.equal((await statesUntilDone(40911)).at(-1), "DONE");
  });
});
