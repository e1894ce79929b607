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
  it("gives services by id, in the order in which they came", () => {
    const registry = new ServiceRegistry();
    const [one, two] = [service("one"), service("two")];
    registry.register(one);
    registry.register(two);
    assert.equal(registry.get("two"), two);
    assert.deepEqual(registry.all, [one, two]);
    assert.ok(registry.has("one"));
  });

  it("says that a service is not there", () =>
    assert.throws(() => new ServiceRegistry().get("none"), { code: "invalidRequest" }));

  it("does not let a service take another's place", () => {
    const registry = new ServiceRegistry();
    const first = service("one");
    registry.register(first);
    assert.throws(() => registry.register(service("one")), { code: "invalidRequest" });
    assert.equal(registry.get("one"), first);
  });

  it("does not let a service take another's name, which people select before they enter credentials", () => {
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

  it("does not let a service have a name that looks like another's, or mixes alphabets to look like any", () => {
    const registry = new ServiceRegistry();
    registry.register({ ...service("one"), label: "Spaaza" });
    for (const label of ["Spааzа", "SPΑΑΖΑ", "Tехt"]) {
      assert.throws(() => registry.register({ ...service("two"), label }), { code: "invalidRequest" }, label);
    }
    registry.register({ ...service("two"), label: "Экспорт" });
  });

  it("forgets a service once, however often its registration is disposed", () => {
    const registry = new ServiceRegistry();
    const registration = registry.register(service("one"));
    registration.dispose();
    const second = service("one");
    registry.register(second);
    registration.dispose();
    assert.deepEqual(registry.all, [second]);
  });

  it("tells which service came or went, until nobody listens", () => {
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
