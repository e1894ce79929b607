import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExportError } from "../../../../src/model/exportError.ts";
import { createTaskList } from "../../../../src/services/textReveal/taskList.ts";
import type { TextRevealPage } from "../../../../src/services/textReveal/wire.ts";
import { accessTo, call } from "../serviceFixture.ts";

const access = accessTo("textreveal", "https://one.test", { kind: "accessToken", token: "t" });
const other = accessTo("textreveal", "https://other.test", { kind: "accessToken", token: "t" });
const page = (more: Partial<TextRevealPage> = {}): TextRevealPage => ({
  entries: [{ id: "1" }, { id: "2" }],
  searchAfter: undefined,
  count: undefined,
  ...more,
});
const refusal = (code: ExportError["code"], details = { status: 400 }): ExportError =>
  new ExportError(code, "No.", { details });

/** A list whose service answers as told, and the queries that it was sent. */
function listing(answer: (query: URLSearchParams) => TextRevealPage = () => page()) {
  const asked: string[] = [];
  const list = createTaskList((_access, query) => {
    asked.push(query.toString());
    return new Promise((resolve) => resolve(answer(query)));
  });
  return { list, asked };
}

const refusesOrder = (query: URLSearchParams): TextRevealPage => {
  if (query.has("order[]")) throw refusal("invalidRequest");
  return page({ searchAfter: "s" });
};

describe("TextReveal's list of tasks", () => {
  it("is requested newest first, with 1 to 1,000 tasks at a time", async () => {
    const { list, asked } = listing();
    for (const pageSize of [0, 1, 1000, 1001]) await list(access, { pageSize }, call);
    assert.deepEqual(
      asked,
      [1, 1, 1000, 1000].map((size) => `size=${size}&order%5B%5D=created_at%3Adesc`),
    );
  });

  it("continues in the order in which it began", async () => {
    const { list, asked } = listing(() => page({ searchAfter: "a:\nb" }));
    const first = await list(access, { pageSize: 5 }, call);
    assert.equal(first.next, "n:a:\nb");
    await list(access, { pageSize: 5, cursor: first.next }, call);
    const unordered = await list(access, { pageSize: 5, cursor: "a:s" }, call);
    assert.equal(unordered.next, "a:a:\nb");
    assert.deepEqual(asked.slice(1), [
      "size=5&order%5B%5D=created_at%3Adesc&search_after=a%3A%0Ab",
      "size=5&search_after=s",
    ]);
  });

  it("is requested without an order if the service refuses one, and from then on at this address", async () => {
    const { list, asked } = listing(refusesOrder);
    const first = await list(access, { pageSize: 5 }, call);
    assert.equal(first.next, "a:s");
    await list(access, { pageSize: 5 }, call);
    await list(other, { pageSize: 5 }, call);
    assert.deepEqual(
      asked.map((query) => query.includes("order")),
      [true, false, false, true, false],
    );
  });

  it("fails as the service says if it wasn't the order that was refused", async () => {
    for (const error of [
      refusal("unauthorized"),
      new ExportError("invalidRequest", "Not sent."),
      new Error("broken"),
    ]) {
      const { list, asked } = listing(() => {
        throw error;
      });
      await assert.rejects(list(access, { pageSize: 5 }, call), error);
      assert.equal(asked.length, 1);
    }
    const { list, asked } = listing(refusesOrder);
    await assert.rejects(list(access, { pageSize: 5, cursor: "n:s" }, call), { code: "invalidRequest" });
    assert.equal(asked.length, 1);
  });

  it("fails if it is refused without an order as well, and asks for an order again later", async () => {
    const { list, asked } = listing(() => {
      throw refusal("invalidRequest");
    });
    for (const count of [2, 4]) {
      await assert.rejects(list(access, { pageSize: 5 }, call), { code: "invalidRequest" });
      assert.equal(asked.length, count);
    }
  });

  it("has a total only if the number must be for all tasks", async () => {
    for (const [more, cursor, total] of [
      [{ count: 3 }, undefined, 3],
      [{ count: 3, searchAfter: "s" }, "n:s", 3],
      [{ count: 2 }, undefined, 2],
      [{ count: 2, searchAfter: "s" }, undefined, undefined],
      [{ count: 2 }, "n:s", undefined],
      [{}, undefined, undefined],
    ] as const) {
      const { list } = listing(() => page(more));
      const result = await list(access, { pageSize: 5, ...(cursor === undefined ? {} : { cursor }) }, call);
      assert.equal(result.total, total, JSON.stringify([more, cursor]));
      assert.deepEqual(
        result.tasks.map(({ id, accountId }) => [id, accountId]),
        [
          ["1", "account-1"],
          ["2", "account-1"],
        ],
      );
      assert.equal("total" in result, total !== undefined);
    }
  });

  it("refuses a cursor that is not its own", async () => {
    const { list, asked } = listing();
    for (const cursor of ["", "n:", "s", "x:s", "an:s", "na:s"]) {
      await assert.rejects(list(access, { pageSize: 5, cursor }, call), { code: "invalidRequest" });
    }
    assert.deepEqual(asked, []);
  });
});
