import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import type { Credentials, ExportService } from "../../../src/model/contract.ts";
import { adoptService } from "../../../src/services/foreignService.ts";
import { createSpaazaService } from "../../../src/services/spaaza/spaazaService.ts";
import { createTextRevealService } from "../../../src/services/textReveal/textRevealService.ts";
import { startAnsweringServer } from "../http/answeringServer.ts";
import { loopUse } from "../model/loopTurns.ts";
import { given } from "./foreignFixture.ts";
import { accessTo, call, failure, quickHttp } from "./serviceFixture.ts";

const token: Credentials = { kind: "accessToken", token: "token-planted" };
const privileged: Credentials = { kind: "privileged", tokenId: "id-planted", tokenSecret: "secret-planted" };
const custom: Credentials = { kind: "custom", values: { key: "key-planted" } };
const uuid = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

/** As many entries as fit into an answer. Only parsing them takes longer than anything may block the window. */
const filledAnswer = `[${"{},".repeat(5_000_000)}{}]`;

/** A list of tasks in the shape of each service. */
const bodies = {
  spaaza: (entries: string) => entries,
  textreveal: (entries: string) => `{"data":${entries},"has_next":false}`,
} as const;

describe("a response with far more entries than requested", () => {
  let http: HttpClient;

  before(() => {
    http = quickHttp();
  });
  after(() => http.close());

  const services: readonly (readonly [keyof typeof bodies, Credentials, () => ExportService])[] = [
    ["spaaza", privileged, () => createSpaazaService(http, { retryBudgetMs: () => 0 })],
    ["textreveal", token, () => createTextRevealService(http, { retryBudgetMs: () => 0 })],
  ];
  for (const [id, credentials, create] of services) {
    it(`from ${id} is not parsed if it has too many entries`, async (context) => {
      const parse = context.mock.method(JSON, "parse");
      for (const status of [200, 400]) {
        await using server = await startAnsweringServer(() => ({ status, body: bodies[id](filledAnswer) }));
        const access = accessTo(id, server.origin, credentials);
        const service = create();
        for (const ask of [
          () => service.listTasks(access, { pageSize: 50 }, call),
          () => service.verify(access, call),
        ]) {
          assert.equal((await failure(ask(), [])).code, "unexpectedResponse");
          assert.ok(parse.mock.calls.every(({ arguments: [text] }) => text.length < filledAnswer.length));
        }
      }
    });

    it(`from ${id} is rejected with a message that says how many there are`, async () => {
      await using server = await startAnsweringServer(() => ({ body: bodies[id](`[${"{},".repeat(60_000)}{}]`) }));
      const access = accessTo(id, server.origin, credentials);
      const error = await failure(create().listTasks(access, { pageSize: 50 }, call), []);
      assert.equal(error.code, "unexpectedResponse");
      assert.match(error.message, /60001 tasks at once.*10000/);
    });
  }

  it("from another extension's service is rejected with the same message", async () => {
    const tasks = Array.from({ length: 10_001 }, () => ({}));
    const service = adoptService(given({ listTasks: () => ({ tasks }) }));
    const access = accessTo("third", "https://third.example.com", custom);
    const error = await failure(service.listTasks(access, { pageSize: 50 }, call), []);
    assert.equal(error.code, "unexpectedResponse");
    assert.match(error.message, /10001 tasks at once/);
  });
});

describe("the largest page that is accepted", () => {
  const entries = Array.from({ length: 10_000 }, (_none, at) => ({
    id: String(at),
    description: `Export number ${at}`,
    status: "completed",
    state: "done",
    created_at: new Date(at * 1000).toISOString(),
    createdAt: new Date(at * 1000).toISOString(),
  }));

  it("is checked in many short pieces, so that the window stays responsive", async () => {
    const service = adoptService(given({ listTasks: () => ({ tasks: entries }) }));
    const access = accessTo("third", "https://third.example.com", custom);
    const { turns } = await loopUse(async () => {
      assert.equal((await service.listTasks(access, { pageSize: 50 }, call)).tasks.length, entries.length);
    });
    assert.ok(turns >= entries.length / 8, `only ${turns} turns`);
  });

  it("is no longer checked if the call is canceled meanwhile", async () => {
    const controller = new AbortController();
    const service = adoptService(
      given({
        listTasks: () => {
          setImmediate(() => controller.abort());
          return { tasks: entries };
        },
      }),
    );
    const access = accessTo("third", "https://third.example.com", custom);
    await assert.rejects(service.listTasks(access, { pageSize: 50 }, { signal: controller.signal }), {
      code: "cancelled",
    });
  });
});

describe("the place of the next page in a list", () => {
  it("is refused if it is too long for a URL", async () => {
    const http = quickHttp();
    await using server = await startAnsweringServer(() => ({
      body: { data: [], has_next: true, search_after: ["a".repeat(1_000_000)] },
    }));
    const service = createTextRevealService(http, { retryBudgetMs: () => 0 });
    const error = await failure(
      service.listTasks(accessTo("textreveal", server.origin, token), { pageSize: 50 }, call),
      [],
    );
    assert.equal(error.code, "unexpectedResponse");
    await http.close();
  });
});

describe("a task with a description of a million characters", () => {
  it("is listed with the beginning of the description, from any service", async () => {
    const http = quickHttp();
    const long = "a".repeat(1_000_000);
    const tasks = [{ id: "1", desc: long, description: long }];
    await using spaaza = await startAnsweringServer(() => ({ body: tasks }));
    await using textReveal = await startAnsweringServer(() => ({ body: { data: tasks } }));
    for (const [service, origin, credentials] of [
      [createSpaazaService(http, { retryBudgetMs: () => 0 }), spaaza.origin, privileged],
      [createTextRevealService(http, { retryBudgetMs: () => 0 }), textReveal.origin, token],
      [adoptService(given({ listTasks: () => ({ tasks }) })), "https://third.example.com", custom],
    ] as const) {
      const page = await service.listTasks(accessTo(service.id, origin, credentials), { pageSize: 1 }, call);
      assert.equal(page.tasks[0]?.description.length, 10_000, service.id);
    }
    await http.close();
  });
});

describe("a task with far too many files", () => {
  const links = Array.from({ length: 10_001 }, (_none, at) => `https://files.example.com/part-${at}.csv`);

  it("is rejected with a clear message, from any service", async () => {
    const http = quickHttp();
    await using server = await startAnsweringServer(() => ({ body: links }));
    const builtIn = createTextRevealService(http, { retryBudgetMs: () => 0 });
    const files = links.map((url, index) => ({ index, name: "", url }));
    const foreign = adoptService(given({ resolveDownload: () => files }));
    for (const [service, credentials] of [
      [builtIn, token],
      [foreign, custom],
    ] as const) {
      const access = accessTo(service.id, server.origin, credentials);
      const error = await failure(service.resolveDownload(access, uuid, call), []);
      assert.equal(error.code, "unexpectedResponse");
      assert.match(error.message, /10001 files/);
    }
    await http.close();
  });

  it("is rejected even if a single URL is as long as a response can be", async () => {
    const http = quickHttp();
    const link = `https://files.example.com/${"a".repeat(15_000_000)}`;
    await using server = await startAnsweringServer(() => ({ body: [link] }));
    const service = createTextRevealService(http, { retryBudgetMs: () => 0 });
    const error = await failure(service.resolveDownload(accessTo("textreveal", server.origin, token), uuid, call), []);
    assert.equal(error.code, "unexpectedResponse");
    await http.close();
  });
});
