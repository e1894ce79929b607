import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import { cancelled, ExportError } from "../../../src/model/exportError.ts";
import { callByPerson, commandArgument } from "../../../src/vscode/commandCall.ts";
import {
  type CommandDefinition,
  type CommandDefinitions,
  CommandRegistry,
  type Invocation,
} from "../../../src/vscode/commandRegistry.ts";
import type { FailureSubject } from "../../../src/vscode/errors/mending.ts";

type Rename = CommandDefinition<"taskExports.renameAccount">;
const argument: Rename["argument"] = v.object({
  accountId: v.exactOptional(v.string()),
  label: v.exactOptional(v.string()),
});

interface Ran {
  readonly argument: unknown;
  readonly caller: Invocation["caller"];
}

/** A registry with one command, and everything that it told the world. */
function registryOf(run: Rename["run"]) {
  const handlers = new Map<string, (passed: unknown) => Promise<unknown>>();
  const shown: { error: unknown; subject: FailureSubject }[] = [];
  const logged: string[] = [];
  const definitions = { "taskExports.renameAccount": { argument, run } } as unknown as CommandDefinitions;
  const load = (): Promise<CommandDefinitions> => {
    loads++;
    return Promise.resolve(definitions);
  };
  let loads = 0;
  const registry = new CommandRegistry(["taskExports.renameAccount"], load, {
    log: { debug: () => undefined, error: (message) => void logged.push(message) },
    register: (id, handler) => {
      handlers.set(id, handler);
      return { dispose: () => handlers.delete(id) };
    },
    isUri: () => false,
    showError: (error, subject) => void shown.push({ error, subject }),
  });
  const call = (passed?: unknown): Promise<unknown> => {
    const handler = handlers.get("taskExports.renameAccount");
    assert.ok(handler, "the command is registered");
    return handler(passed);
  };
  return { registry, handlers, shown, logged, call, loads: () => loads };
}

function recorded(ran: Ran[]): Rename["run"] {
  return (given, { caller }) => {
    ran.push({ argument: given, caller });
    return Promise.resolve(undefined);
  };
}

describe("CommandRegistry", () => {
  it("passes a row's own argument to the command, and never the label of the tree item", async () => {
    const ran: Ran[] = [];
    const { call } = registryOf(recorded(ran));
    await call({ label: "Spaaza", [commandArgument]: { accountId: "a1" } });
    assert.deepEqual(ran, [{ argument: { accountId: "a1" }, caller: "person" }]);
  });

  it("loads what the commands do only when one of them runs", async () => {
    const { call, loads } = registryOf(recorded([]));
    assert.equal(loads(), 0);
    await call();
    assert.equal(loads(), 1);
  });

  it("says who called", async () => {
    const ran: Ran[] = [];
    const { call } = registryOf(recorded(ran));
    await call();
    await call({ accountId: "a1", label: "New name" });
    await call(callByPerson({ accountId: "a1" }));
    assert.deepEqual(
      ran.map(({ caller }) => caller),
      ["person", "program", "person"],
    );
    assert.deepEqual(ran[1]?.argument, { accountId: "a1", label: "New name" });
  });

  it("refuses an argument of another shape with a code, and names the field", async () => {
    const { call, shown } = registryOf(recorded([]));
    await assert.rejects(call({ accountId: 5 }), { code: "invalidRequest", message: /accountId/ });
    await assert.rejects(call("a1"), { code: "invalidRequest" });
    assert.deepEqual(shown, []);
  });

  it("shows a failure once to a person, with what the command was about", async () => {
    const failure = new ExportError("offline", "No connection.");
    const { call, shown, logged } = registryOf((_argument, { about }) => {
      about({ accountId: "a1" });
      about({ taskId: "7" });
      return Promise.reject(failure);
    });
    assert.equal(await call(), undefined);
    assert.deepEqual(shown, [{ error: failure, subject: { accountId: "a1", taskId: "7" } }]);
    assert.equal(logged.length, 1);
  });

  it("gives a program the error itself and shows nothing", async () => {
    const failure = new ExportError("offline", "No connection.");
    const { call, shown } = registryOf(() => Promise.reject(failure));
    await assert.rejects(call({ accountId: "a1" }), failure);
    assert.deepEqual(shown, []);
  });

  it("is silent about what was canceled", async () => {
    const { call, shown, logged } = registryOf(() => Promise.reject(cancelled()));
    assert.equal(await call(), undefined);
    assert.equal(await call({ accountId: "a1" }), undefined);
    assert.deepEqual([shown, logged], [[], []]);
  });

  it("unregisters its commands when it is disposed", () => {
    const { registry, handlers } = registryOf(recorded([]));
    registry.dispose();
    assert.equal(handlers.size, 0);
  });
});
