import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { askSpaaza, askStore, fieldOf, linksOf, useSandbox } from "./runningSandbox.ts";
import type { Reply } from "./runningSandbox.ts";

const families = [
  { firstId: 40000, status: 400, sentence: "invalid task type: only export tasks actions are allowed", state: "DONE" },
  { firstId: 40100, status: 401, sentence: "No valid authentication provided or insufficient permissions." },
  { firstId: 40300, status: 403, sentence: "No valid authentication provided or insufficient permissions." },
  { firstId: 40400, status: 404, sentence: "No task exists with the specified ID for this chain." },
  { firstId: 40900, status: 409, sentence: "task status is not DONE", state: "INPROGRESS" },
  {
    firstId: 42200,
    status: 422,
    sentence: "the task completed successfully, but contains an invalid result",
    state: "DONE",
  },
];

/** Where the sentence sits, by the id's last digit. */
const places: ((reply: Reply) => unknown)[] = [
  ({ json }) => fieldOf(json, "message"),
  ({ json }) => fieldOf(json, "error"),
  ({ json }) => fieldOf(fieldOf(json, "error"), "description"),
  ({ json }) => fieldOf(fieldOf(json, "error"), "description"),
  ({ json }) => {
    const errors = fieldOf(json, "errors");
    return Array.isArray(errors) ? fieldOf(errors[0], "description") : undefined;
  },
  ({ json, text }) => (json === undefined ? text : undefined),
];

describe("The sandbox's reserved Spaaza tasks", () => {
  const running = useSandbox({ seed: 7 });
  const askForLink = (id: number): Promise<Reply> => askSpaaza(running(), `/tasks/${id}/download_url`);
  const linkOf = async (id: number): Promise<string> => linksOf(await askForLink(id))[0] ?? "";

  for (const { firstId, status, sentence, state } of families) {
    it(`respond to ${firstId} to ${firstId + 5} with "${sentence}" in six forms`, async () => {
      for (const [place, sentenceOf] of places.entries()) {
        const reply = await askForLink(firstId + place);
        assert.equal(sentenceOf(reply), sentence);
        assert.equal(reply.status, place === 3 ? 200 : status);
        const task = await askSpaaza(running(), `/tasks/${firstId + place}`);
        if (state === undefined) assert.equal(task.text, reply.text);
        else assert.equal(fieldOf(fieldOf(task.json, "state"), "code"), state);
      }
    });
  }

  it("respond to an unused ID like to a missing task, and to an ID that isn't a number with 400", async () => {
    assert.equal((await askForLink(1)).status, 404);
    assert.equal((await askSpaaza(running(), "/tasks/none/download_url")).status, 400);
  });

  it("respond to 40106 with the sentence about authentication and status 400", async () => {
    const reply = await askForLink(40106);
    assert.equal(reply.status, 400);
    assert.match(reply.text, /No valid authentication provided/);
  });

  it('respond to the failed task 40912 with "not done"', async () => {
    assert.equal((await askForLink(40912)).status, 409);
    const { json } = await askSpaaza(running(), "/tasks/40912");
    assert.equal(fieldOf(fieldOf(json, "state"), "code"), "ERROR");
  });

  it("move from READY to ERROR with a log that says why, for 40913", async () => {
    const stateOf = async (): Promise<unknown> => {
      const { json } = await askSpaaza(running(), "/tasks/40913");
      return fieldOf(fieldOf(json, "state"), "code");
    };
    const states = new Set([await stateOf()]);
    while (!states.has("ERROR")) states.add(await stateOf());
    assert.deepEqual([...states], ["READY", "INPROGRESS", "ERROR"]);
    const { json } = await askSpaaza(running(), "/tasks/40913");
    assert.match(JSON.stringify(fieldOf(json, "logs")), /task failed: the export could not be written/);
  });

  it("fail every first time and return a download URL every second time", async () => {
    for (const [id, status, retryAfter] of [
      [42900, 429, /^1$/],
      [42901, 429, /GMT$/],
      [42902, 429, /^none$/],
      [50300, 503, /^none$/],
      [50301, 503, /^1$/],
    ] as const) {
      for (let round = 0; round < 2; round++) {
        const reply = await askForLink(id);
        assert.equal(reply.status, status, String(id));
        assert.match(reply.headers.get("retry-after") ?? "none", retryAfter);
        assert.equal((await askStore(await linkOf(id))).status, 200);
      }
    }
  });

  it("always fail, with the status that is in the ID", async () => {
    for (const [id, status] of [
      [42903, 429],
      [50000, 500],
      [50400, 504],
      [50201, 502],
    ] as const) {
      for (let round = 0; round < 2; round++) assert.equal((await askForLink(id)).status, status);
    }
    assert.equal((await askForLink(42903)).headers.get("retry-after"), "3600");
  });

  it("respond with invalid content and status 200", async () => {
    for (const [id, body] of [
      [50200, /^<!DOCTYPE html>/],
      [50210, /^\{"url": "https:\/\/$/],
      [50211, /^$/],
      [50220, /^\{\}$/],
      [50221, /"url":null/],
      [50222, /"file:\/\/\//],
      [50223, /"javascript:/],
      [50224, /"url":""/],
      [50225, /"url":"\/exports/],
      [50226, /^"https:/],
      [50227, /"http:\/\/storage\.example/],
    ] as const) {
      const reply = await askForLink(id);
      assert.equal(reply.status, 200, String(id));
      assert.match(reply.text, body);
    }
  });

  it("return URLs that the store refuses, that lead to no file, or that cause special responses", async () => {
    const answered = async (id: number): Promise<Reply> => askStore(await linkOf(id));
    assert.deepEqual([(await answered(60000)).status, (await answered(60000)).status], [403, 200]);
    assert.deepEqual([(await answered(60001)).status, (await answered(60001)).status], [403, 403]);
    assert.equal((await answered(60002)).status, 404);
    assert.match((await answered(60003)).headers.get("content-type") ?? "", /^text\/html/);
    assert.match((await answered(60004)).headers.get("content-disposition") ?? "", /filename="Monthly report\.csv"/);
    assert.match(
      (await answered(60006)).headers.get("content-disposition") ?? "",
      /filename="\.\.\/\.\.\/escaped\.csv"/,
    );
    assert.equal((await answered(60007)).status, 403);
    assert.equal((await answered(60008)).status, 200);
    assert.equal((await answered(60009)).headers.get("content-md5"), "AAAAAAAAAAAAAAAAAAAAAA==");
    assert.deepEqual([(await answered(60012)).status, (await answered(60012)).status], [403, 200]);
  });

  it("return URLs with dangerous file names", async () => {
    assert.match(await linkOf(60005), /\/60005%2F\.\.%2F\.\.%2Fescaped\.csv\?/);
    assert.match(await linkOf(60010), /\/CON\.csv\?/);
    assert.match(await linkOf(60011), /\/n{296}\.csv\?/);
    for (const id of [60005, 60010, 60011]) assert.equal((await askStore(await linkOf(id))).status, 200);
  });

  it("have exactly the files of expectedFiles, with the documented names", async () => {
    for (const [id, name] of [
      [12345, "Transaction_Export-12345.csv"],
      [12346, "User_Export-12346.csv"],
      [12347, "Voucher_Export-12347.json"],
      [12348, "Wallet_Export-12348.csv"],
      [12349, "Product_Export-12349.csv"],
      [12350, "Product_Export-12350.json"],
      [12351, "ProductVariant_Export-12351.csv"],
      [12352, "ProductVariant_Export-12352.json"],
      [12353, "Transaction_Export-12353.json"],
      [12354, "User_Export-12354.json"],
      [12360, "Transaction_Export-12360.csv"],
      [12361, "Transaction_Export-12361.csv"],
      [12362, "Transaction_Export-12362.csv"],
      [12363, "Transaction_Export-12363.csv"],
      [12364, "Transaction_Export-12364.csv.gz"],
      [20009, "Transaction_Export-20009.csv"],
      [30002, "Transaction_Export-30002.json"],
    ] as const) {
      const link = await linkOf(id);
      const bytes = Buffer.from(await (await fetch(link)).arrayBuffer());
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      assert.deepEqual(await running().expectedFiles(String(id)), [{ name, bytes: bytes.length, sha256 }]);
      assert.ok(new URL(link).pathname.endsWith(`/${name}`));
      if (name.endsWith(".json")) assert.ok(Array.isArray(JSON.parse(bytes.toString())));
      if (id >= 20_000) assert.ok(bytes.length >= (id % 10_000) * 1024 * 1024);
    }
  });

  it("have no file in expectedFiles if nothing can be downloaded", async () => {
    await assert.rejects(running().expectedFiles("1"), /no file/);
    await assert.rejects(running().expectedFiles("60002"), /missing/);
  });
});
