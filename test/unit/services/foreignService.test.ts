import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import type { AccountAccess } from "../../../src/model/contract.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { adoptService } from "../../../src/services/foreignService.ts";
import { ServiceRegistry } from "../../../src/services/serviceRegistry.ts";
import { file, given } from "./foreignFixture.ts";

const call = { signal: new AbortController().signal };
const access: AccountAccess = {
  account: { id: "a-1", service: "third", label: "Third", endpoint: "https://third.example.com" },
  credentials: { kind: "custom", values: { key: "planted-secret" } },
};
const unexpected = { code: "unexpectedResponse" };

describe("a service of another extension", () => {
  it("is read only once, so that it can't change into another service later", () => {
    let reads = 0;
    const service = adoptService({
      ...given(),
      get id() {
        return (reads += 1) === 1 ? "harmless" : "spaaza";
      },
    });
    assert.deepEqual([service.id, service.id, reads], ["harmless", "harmless", 1]);
    const registry = new ServiceRegistry();
    registry.register(adoptService(given()));
    assert.throws(() => registry.register(adoptService(given())), { code: "invalidRequest" });
  });

  it("has what it was registered with, and nothing that it wasn't", () => {
    const { id, label, endpoints, credentialForms, ...rest } = adoptService(given());
    assert.deepEqual([id, label, endpoints, credentialForms.length], ["third", "Third", [], 1]);
    assert.deepEqual([rest.defaultEndpoint, rest.defaultLoginEndpoint], [undefined, undefined]);
    const urls = [{ url: "https://a.test", description: "A" }, { url: "https://b.test" }];
    const more = { endpoints: urls, defaultEndpoint: "https://a.test", defaultLoginEndpoint: "https://l.test" };
    const whole = adoptService(given(more));
    assert.deepEqual(
      [whole.endpoints, whole.defaultEndpoint, whole.defaultLoginEndpoint],
      [urls, "https://a.test", "https://l.test"],
    );
  });

  it("is asked with what was asked for, and nothing else", async () => {
    const asked: unknown[] = [];
    const note =
      (answer: unknown) =>
      (...args: unknown[]) => {
        asked.push(args.slice(0, -1));
        return answer;
      };
    const service = adoptService(
      given({
        verify: note(undefined),
        listTasks: note({ tasks: [], next: "n", total: 7 }),
        getTask: note({ id: "T1" }),
        resolveDownload: note([]),
      }),
    );
    await service.verify(access, call);
    assert.deepEqual(await service.listTasks(access, { pageSize: 5, cursor: "c" }, call), {
      tasks: [],
      next: "n",
      total: 7,
    });
    assert.equal((await service.getTask(access, "T1", call)).id, "T1");
    assert.deepEqual(await service.resolveDownload(access, "T1", call), []);
    assert.deepEqual(asked, [[access], [access, { pageSize: 5, cursor: "c" }], [access, "T1"], [access, "T1"]]);
  });

  it("is asked for a task in a text of up to 4,096 characters", () => {
    const service = adoptService(given({ findTaskId: () => "T1" }));
    assert.equal(service.findTaskId("a".repeat(4096)), "T1");
    assert.equal(service.findTaskId("a".repeat(4097)), undefined);
  });

  it("fails without a cause if it answers something else, because that could be anything", async () => {
    for (const changes of [{ listTasks: () => ({}) }, { resolveDownload: () => "none" }]) {
      const service = adoptService(given(changes));
      const work =
        "listTasks" in changes
          ? service.listTasks(access, { pageSize: 1 }, call)
          : service.resolveDownload(access, "T1", call);
      await assert.rejects(
        work,
        (error: Error) => !("cause" in error) && error.message.startsWith("Unexpected response from Third"),
      );
    }
  });

  it("is called with itself as `this`", async () => {
    class Third {
      readonly #tasks = [{ id: "T1", description: "one" }];
      listTasks = async () => Promise.resolve({ tasks: this.#tasks });
    }
    const page = await adoptService(
      Object.assign(new Third(), given(), { listTasks: new Third().listTasks }),
    ).listTasks(access, { pageSize: 10 }, call);
    assert.equal(page.tasks[0]?.description, "one");
  });

  for (const [field, changes] of [
    ["id", { id: "No Spaces" }],
    ["id", { id: undefined }],
    ["label", { label: 3 }],
    ["credentialForms", { credentialForms: [] }],
    ["credentialForms.0.kind", { credentialForms: [{ kind: "mine" }] }],
    ["listTasks", { listTasks: "none" }],
  ] as const) {
    it(`is rejected with the name of the wrong field: ${field}`, () => {
      const message = `The service can't be registered because ${field} is missing or has the wrong type.`;
      assert.throws(() => adoptService(given(changes)), { code: "invalidRequest", message });
    });
  }

  it("is rejected if it is not an object", () => {
    for (const nothing of [undefined, null, 1, "service"]) {
      assert.throws(() => adoptService(nothing), { code: "invalidRequest" });
    }
  });

  it("can return bad tasks without losing the good ones, but can't return tasks of another account", async () => {
    const tasks = [
      {},
      null,
      { id: 5 },
      { id: "T2\nT3" },
      { id: "T1", accountId: "other", state: "on fire", createdAt: "soon" },
    ];
    const service = adoptService(given({ listTasks: () => Promise.resolve({ tasks, total: -1, next: "" }) }));
    assert.deepEqual(await service.listTasks(access, { pageSize: 10 }, call), {
      tasks: [{ id: "T1", accountId: "a-1", description: "", state: "unknown", serviceState: "" }],
    });
  });

  it("can send the log of a task, which is shown without secrets and URLs", async () => {
    const log = ["one", `with secret-value-7 at https://example.com/x?sig=1`];
    const secret = { ...access, credentials: { kind: "custom", values: { key: "secret-value-7" } } } as const;
    const service = adoptService(given({ getTask: () => Promise.resolve({ id: "T1", log }) }));
    assert.deepEqual((await service.getTask(secret, "T1", call)).log, ["one", "with … at …"]);
    const wrong = adoptService(given({ getTask: () => Promise.resolve({ id: "T1", log: "text" }) }));
    assert.equal((await wrong.getTask(secret, "T1", call)).log, undefined);
  });

  it("fails with unexpectedResponse if it returns something else", async () => {
    const listing = (answer: unknown) =>
      adoptService(given({ listTasks: () => answer })).listTasks(access, { pageSize: 1 }, call);
    const resolving = (answer: unknown) =>
      adoptService(given({ resolveDownload: () => answer })).resolveDownload(access, "T1", call);
    const twoLines = [{ ...file, url: "https://files.example.com/a.csv\nrm -rf ~" }];
    for (const answer of [undefined, [], { tasks: "none" }]) await assert.rejects(listing(answer), unexpected);
    for (const answer of [
      undefined,
      {},
      [{ ...file, url: "a.csv" }],
      [file, file],
      [{ ...file, index: -1 }],
      twoLines,
    ]) {
      await assert.rejects(resolving(answer), unexpected);
    }
    const other = adoptService(given({ getTask: () => Promise.resolve({ id: "T2" }) }));
    await assert.rejects(other.getTask(access, "T1", call), unexpected);
  });

  it("fails with its own code, without the account's secrets in the message", async () => {
    const error = Object.assign(new Error("Key planted-secret is blocked"), { code: "forbidden" });
    const service = adoptService(given({ verify: () => Promise.reject(error) }));
    await assert.rejects(service.verify(access, call), (failure) => {
      return failure instanceof ExportError && failure.code === "forbidden" && !failure.message.includes("planted");
    });
    for (const reason of [new TypeError("x is undefined"), Object.assign(new Error(""), { code: "made up" })]) {
      const failing = adoptService(given({ verify: () => Promise.reject(reason) }));
      await assert.rejects(failing.verify(access, call), unexpected);
    }
    const throwing = adoptService(
      given({
        verify: () => {
          throw new RangeError("too far");
        },
      }),
    );
    await assert.rejects(throwing.verify(access, call), unexpected);
  });

  it("gets copies, so that it can't change an account", async () => {
    const service = adoptService(
      given({
        verify: ({ account, credentials }: { account: { endpoint: string }; credentials: { kind: string } }) => {
          account.endpoint = "https://elsewhere.example.com";
          credentials.kind = "apiKey";
        },
      }),
    );
    await service.verify(access, call);
    assert.equal(access.account.endpoint, "https://third.example.com");
    assert.equal(access.credentials.kind, "custom");
  });

  it("is no longer waited for after the call is canceled, even if it continues", async () => {
    const controller = new AbortController();
    const service = adoptService(given({ verify: () => new Promise(() => undefined) }));
    const work = service.verify(access, { signal: controller.signal });
    controller.abort();
    await assert.rejects(work, { code: "cancelled" });
  });

  it("finds no task in a text if it throws an error", () => {
    const failing = adoptService(
      given({
        findTaskId: () => {
          throw new Error("no");
        },
      }),
    );
    assert.equal(failing.findTaskId("T1"), undefined);
    assert.equal(adoptService(given()).findTaskId("T1"), "T1");
    assert.equal(adoptService(given({ findTaskId: () => 7 })).findTaskId("T1"), undefined);
  });

  it("can't end a call with an error that has no code, even if reading its objects throws errors", async () => {
    const throwing = (field: string) =>
      Object.defineProperty({}, field, {
        enumerable: true,
        get: () => {
          throw new RangeError("planted-secret");
        },
      });
    assert.throws(
      () => adoptService(Object.defineProperties(given(), Object.getOwnPropertyDescriptors(throwing("id")))),
      {
        code: "invalidRequest",
      },
    );
    const asked = adoptService(
      given({
        listTasks: () => Promise.resolve(throwing("tasks")),
        getTask: () => Promise.resolve(throwing("id")),
        resolveDownload: () => Promise.resolve([throwing("url")]),
        verify: () => Promise.reject(Object.assign(new Error("no"), { code: "cancelled" })),
      }),
    );
    await assert.rejects(asked.listTasks(access, { pageSize: 1 }, call), unexpected);
    await assert.rejects(asked.getTask(access, "T1", call), unexpected);
    await assert.rejects(asked.resolveDownload(access, "T1", call), unexpected);
    await assert.rejects(asked.verify(access, call), unexpected);
    for (const reason of [throwing("code"), throwing("message"), "text", null]) {
      const failing = adoptService(given({ verify: () => rejectedWith(reason) }));
      await assert.rejects(failing.verify(access, call), unexpected);
    }
    const mixed = adoptService(given({ listTasks: () => ({ tasks: [throwing("id"), { id: "T1" }] }) }));
    assert.equal((await mixed.listTasks(access, { pageSize: 1 }, call)).tasks.length, 1);
  });

  it("can't put a secret into the cause of an error", async () => {
    const error = Object.assign(new Error("Key planted-secret is blocked"), {
      code: "forbidden",
      key: "planted-secret",
    });
    const service = adoptService(given({ verify: () => Promise.reject(error) }));
    await assert.rejects(
      service.verify(access, call),
      (failure) => !inspect(failure, { depth: 9 }).includes("planted"),
    );
  });

  it("has its pauses reported in our words, and invalid ones ignored", async () => {
    const told: unknown[] = [];
    const pauses = [
      { retryInMs: 5, reason: "Key planted-secret is busy." },
      { retryInMs: Infinity, reason: "Never." },
      { retryInMs: -1, reason: "Past." },
      { retryInMs: 5, reason: { toString: () => "object" } },
      undefined,
    ];
    const verify = (_access: unknown, { onWaiting }: { onWaiting: (pause: unknown) => void }) => {
      for (const pause of pauses) onWaiting(pause);
    };
    await adoptService(given({ verify })).verify(access, { ...call, onWaiting: (pause) => told.push(pause) });
    assert.deepEqual(told, [{ retryInMs: 5, reason: "Key … is busy." }]);
  });

  it("can't break its input boxes with errors, and these errors don't contain what was typed", () => {
    const failing = (error: unknown) => ({
      kind: "custom",
      label: "Key",
      fields: [{ name: "key", label: "Key", secret: true }],
      readPasted: () => {
        throw error;
      },
      toCredentials: () => {
        throw error;
      },
    });
    const typed = { key: "planted-secret" };
    const [broken] = adoptService(
      given({ credentialForms: [failing(new TypeError("planted-secret"))] }),
    ).credentialForms;
    assert.equal(broken?.readPasted?.("planted-secret"), undefined);
    assert.throws(() => broken?.toCredentials(typed), isClean("unexpectedResponse"));
    const refusal = Object.assign(new Error("planted-secret is too short."), { code: "invalidRequest" });
    const [refusing] = adoptService(given({ credentialForms: [failing(refusal)] })).credentialForms;
    assert.throws(() => refusing?.toCredentials(typed), isClean("invalidRequest"));
    const [wrong] = adoptService(
      given({
        credentialForms: [{ ...failing(undefined), toCredentials: () => ({ kind: "custom", values: [typed] }) }],
      }),
    ).credentialForms;
    assert.throws(() => wrong?.toCredentials(typed), isClean("unexpectedResponse"));
  });

  it("can create and run tasks only if it has functions for that", async () => {
    const plain = adoptService(given());
    for (const name of ["createTask", "runTask", "exportFields"]) assert.equal(Reflect.get(plain, name), undefined);
    assert.throws(() => adoptService(given({ createTask: "none" })), { code: "invalidRequest" });

    const seen: unknown[] = [];
    const request = { accountId: "a-1", service: "third", values: { report: "sales" } };
    const able = adoptService(
      given({
        exportFields: [{ name: "report", label: " Report ", placeholder: 5 }],
        createTask: (_access: unknown, asked: { values: Record<string, string> }) => {
          seen.push(structuredClone(asked));
          asked.values["report"] = "changed";
          return Promise.resolve({ taskId: "T2", more: true });
        },
        runTask: (_access: unknown, taskId: string) => {
          seen.push(taskId);
          return "anything";
        },
      }),
    );
    assert.deepEqual(able.exportFields, [{ name: "report", label: "Report", optional: false }]);
    assert.deepEqual(await able.createTask?.(access, request, call), { taskId: "T2" });
    await able.runTask?.(access, "T2", call);
    assert.deepEqual(seen, [{ ...request, values: { report: "sales" } }, "T2"]);
    assert.equal(request.values.report, "sales", "it gets a copy");
  });

  it("must answer the ID of a created task, and fails without secrets", async () => {
    for (const answer of [undefined, {}, { taskId: "" }, { taskId: "a\nb" }]) {
      const service = adoptService(given({ createTask: () => Promise.resolve(answer) }));
      const request = { accountId: "a-1", service: "third", values: {} };
      await assert.rejects(async () => service.createTask?.(access, request, call), unexpected);
    }
    const failing = () => Promise.reject(Object.assign(new Error("no: planted-secret"), { code: "forbidden" }));
    const service = adoptService(given({ runTask: failing }));
    await assert.rejects(async () => service.runTask?.(access, "T1", call), isClean("forbidden"));
  });

  it("must return credentials of a known kind", () => {
    const forms = (kind: string) => [
      {
        kind: "custom",
        label: "Key",
        fields: [{ name: "key", label: "Key", secret: true }],
        toCredentials: (values: Record<string, string>) => ({ kind, values }),
      },
    ];
    const form = (kind: string) => adoptService(given({ credentialForms: forms(kind) })).credentialForms[0];
    assert.deepEqual(form("custom")?.toCredentials({ key: " k " }), { kind: "custom", values: { key: "k" } });
    assert.throws(() => form("mine")?.toCredentials({ key: "k" }));
  });
});

/** Whether an error has a code, and nothing of the planted secret anywhere. */
function isClean(code: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof ExportError && error.code === code && !inspect(error, { depth: 9 }).includes("planted-secret");
}

/** A promise that is rejected with any value, as a function written in plain JavaScript can do. */
function rejectedWith(reason: unknown): object {
  return { then: (_done: unknown, fail: (reason: unknown) => void) => fail(reason) };
}
