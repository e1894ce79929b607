import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportService } from "../../../src/model/contract.ts";
import { ServiceRegistry } from "../../../src/services/serviceRegistry.ts";

function service(id: string, findTaskId: ExportService["findTaskId"] = () => undefined): ExportService {
  return {
    id,
    label: id,
    endpoints: [],
    credentialForms: [],
    findTaskId,
    verify: () => Promise.resolve(),
    listTasks: () => Promise.resolve({ tasks: [] }),
    getTask: () => Promise.reject(new Error("not asked for")),
    resolveDownload: () => Promise.resolve([]),
  };
}

describe("the service registry", () => {
  it("returns services by ID, in the order of their registration", () => {
    const registry = new ServiceRegistry();
    const [one, two] = [service("one"), service("two")];
    registry.register(one);
    registry.register(two);
    assert.equal(registry.get("two"), two);
    assert.deepEqual(registry.all, [one, two]);
    assert.ok(registry.has("one"));
  });

  it("says if a service is missing", () =>
    assert.throws(() => new ServiceRegistry().get("none"), { code: "invalidRequest" }));

  it("rejects a service with the ID of another one", () => {
    const registry = new ServiceRegistry();
    const first = service("one");
    registry.register(first);
    assert.throws(() => registry.register(service("one")), { code: "invalidRequest" });
    assert.equal(registry.get("one"), first);
  });

  it("rejects a service with another's name, because people select it to enter credentials", () => {
    const registry = new ServiceRegistry();
    registry.register({ ...service("one"), label: "Spaaza Live" });
    for (const label of ["Spaaza Live", " spaaza  live", "SPAAZA\u00a0LIVE", "Spaaza\u200bLive", "Ｓpaaza Live"]) {
      assert.throws(() => registry.register({ ...service("two"), label }), { code: "invalidRequest" });
    }
    for (const unseen of [
      "\u034f",
      "\ufe0f",
      "\u3164",
      "\u115f",
      "\u2800",
      "\u180b",
      "\u{e0041}",
      "\u{e0100}",
      "\uffa0",
    ]) {
      const label = `Spaaza${unseen} Live${unseen}`;
      assert.throws(
        () => registry.register({ ...service("two"), label }),
        { code: "invalidRequest" },
        JSON.stringify(label),
      );
    }
    registry.register({ ...service("two"), label: "Spaaza Test" });
  });

  it("rejects a service whose name looks like another's or mixes similar alphabets", () => {
    const registry = new ServiceRegistry();
    registry.register({ ...service("one"), label: "Spaaza" });
    for (const label of ["Spааzа", "SPΑΑΖΑ", "Tехt"]) {
      assert.throws(() => registry.register({ ...service("two"), label }), { code: "invalidRequest" }, label);
    }
    registry.register({ ...service("two"), label: "Экспорт" });
  });

  it("removes a service only once, even if its registration is disposed several times", () => {
    const registry = new ServiceRegistry();
    const registration = registry.register(service("one"));
    registration.dispose();
    const second = service("one");
    registry.register(second);
    registration.dispose();
    assert.deepEqual(registry.all, [second]);
  });

  it("tells its listeners which service was added or removed", () => {
    const registry = new ServiceRegistry();
    const told: [id: string, isThere: boolean][] = [];
    const listening = registry.onDidChange((id) => told.push([id, registry.has(id)]));
    registry.register(service("one")).dispose();
    const both: typeof told = [
      ["one", true],
      ["one", false],
    ];
    assert.deepEqual(told, both);
    listening.dispose();
    registry.register(service("two"));
    assert.deepEqual(told, both);
  });

  it("forgets that a service was built in when it is removed", () => {
    const registry = new ServiceRegistry();
    const anything = service("anything", (text) => text);
    registry.register(anything, "builtIn").dispose();
    registry.register(anything);
    assert.equal(registry.findOwners("7")[0]?.isBuiltIn, false);
  });

  it("finds the services that know a typed task ID, the built-in ones first", () => {
    const registry = new ServiceRegistry();
    const digits = service("digits", (text) => /\d+/.exec(text)?.[0]);
    const anything = service("anything", (text) => text);
    registry.register(anything);
    registry.register(digits, "builtIn");
    registry.register(service("none"));
    assert.deepEqual(registry.findOwners("task 7"), [
      { service: digits, taskId: "7", isBuiltIn: true },
      { service: anything, taskId: "task 7", isBuiltIn: false },
    ]);
  });
});
