import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { askStore, askTextReveal, fieldOf, linksOf, useSandbox } from "./runningSandbox.ts";
import type { Reply } from "./runningSandbox.ts";

function reserved(lastPart: number): string {
  return `00000000-0000-4000-8000-${String(lastPart).padStart(12, "0")}`;
}

describe("The sandbox's reserved TextReveal tasks", () => {
  const running = useSandbox({ seed: 7 });
  const askForLinks = (lastPart: number): Promise<Reply> =>
    askTextReveal(running(), `/tasks/${reserved(lastPart)}/download`);

  it("respond with the documented errors, each with its status, code and reason", async () => {
    for (const [lastPart, status, reason] of [
      [400, 400, "invalid"],
      [401, 401, "unauthorized"],
      [403, 403, "forbidden"],
      [404, 404, "not_found"],
      [429, 429, "too_many_requests"],
      [1429, 429, "too_many_requests"],
      [2429, 429, "too_many_requests"],
      [3429, 429, "too_many_requests"],
      [500, 500, "internal"],
      [1500, 500, "internal"],
      [504, 504, "timeout"],
      [1504, 504, "timeout"],
      [202, 400, "invalid"],
      [1202, 400, "invalid"],
      [424, 404, "not_found"],
    ] as const) {
      const reply = await askForLinks(lastPart);
      assert.deepEqual(
        [reply.status, fieldOf(reply.json, "code"), fieldOf(reply.json, "reason")],
        [status, status, reason],
        reserved(lastPart),
      );
    }
  });

  it("list the field and reason of each problem for …0400", async () => {
    const errors = fieldOf((await askForLinks(400)).json, "errors");
    assert.ok(Array.isArray(errors));
    assert.deepEqual(fieldOf(errors[0], "field"), "size");
    assert.deepEqual(fieldOf(errors[0], "reason"), "invalid_type");
  });

  it("respond with 401, 403 and 404 to a request for their status as well", async () => {
    for (const lastPart of [401, 403, 404]) {
      const { status } = await askTextReveal(running(), `/tasks/${reserved(lastPart)}/status`);
      assert.equal(status, lastPart);
    }
  });

  it("say when to try again if the ID says so, and return URLs the second time", async () => {
    for (const [lastPart, retryAfter] of [
      [429, /^1$/],
      [1429, /^none$/],
      [3429, /GMT$/],
      [1500, /^none$/],
      [1504, /^none$/],
    ] as const) {
      const replies = [await askForLinks(lastPart), await askForLinks(lastPart)];
      const failed = replies.find(({ status }) => status !== 200);
      assert.match(failed?.headers.get("retry-after") ?? "none", retryAfter);
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    }
    assert.equal((await askForLinks(2429)).headers.get("retry-after"), "3600");
  });

  it("respond with invalid content and status 200", async () => {
    for (const [lastPart, body] of [
      [200, /^\[\]$/],
      [210, /^<!DOCTYPE html>/],
      [211, /^\["https:\/\/$/],
      [212, /^\{"urls":\[\]\}$/],
      [213, /^\["file:/],
      [214, /^\["javascript:/],
      [215, /^\[1,2\]$/],
      [216, /^null$/],
      [217, /^\{\}$/],
    ] as const) {
      const reply = await askForLinks(lastPart);
      assert.equal(reply.status, 200, reserved(lastPart));
      assert.match(reply.text, body);
    }
  });

  it("have the status of a running and of a failed task", async () => {
    const statusOf = async (lastPart: number): Promise<unknown> =>
      (await askTextReveal(running(), `/tasks/${reserved(lastPart)}/status`)).json;
    assert.deepEqual([await statusOf(202), await statusOf(424)], ["running", "failed"]);
  });

  it("return URLs that the store refuses or that lead to no file", async () => {
    const statuses = async (lastPart: number): Promise<number[]> => {
      const links = linksOf(await askForLinks(lastPart));
      return Promise.all(links.map(async (link) => (await askStore(link)).status));
    };
    assert.deepEqual([await statuses(600), await statuses(600)], [[403], [200]]);
    assert.deepEqual([await statuses(601), await statuses(601)], [[403], [403]]);
    assert.deepEqual(await statuses(602), [404]);
    assert.deepEqual(await statuses(604), [200, 404, 200]);
    assert.deepEqual(await statuses(608), [200]);
    const [page = ""] = linksOf(await askForLinks(603));
    assert.match((await askStore(page)).headers.get("content-type") ?? "", /^text\/html/);
  });

  it("have exactly the files of expectedFiles", async () => {
    for (const [lastPart, extensions] of [
      [1, ["csv"]],
      [2, ["json", "json"]],
      [3, ["csv", "csv", "csv"]],
      [4, ["csv", "csv"]],
      [5, ["csv", "csv"]],
      [6, ["csv"]],
      [10001, ["csv"]],
    ] as const) {
      const links = linksOf(await askForLinks(lastPart));
      const served = await Promise.all(
        links.map(async (link) => {
          const bytes = Buffer.from(await (await fetch(link)).arrayBuffer());
          const sha256 = createHash("sha256").update(bytes).digest("hex");
          return { name: new URL(link).pathname.split("/").at(-1), bytes: bytes.length, sha256 };
        }),
      );
      assert.deepEqual(await running().expectedFiles(reserved(lastPart)), served);
      assert.deepEqual(
        served.map(({ name }) => name?.split(".").at(-1)),
        extensions,
      );
    }
  });

  it("give both files of …0004 the same name and different bytes", async () => {
    const [first, second] = await running().expectedFiles(reserved(4));
    assert.equal(first?.name, second?.name);
    assert.notEqual(first?.sha256, second?.sha256);
  });
});
