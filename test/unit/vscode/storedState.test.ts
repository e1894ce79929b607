import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Memento } from "vscode";
import { StoredState } from "../../../src/vscode/storedState.ts";

/**
 * As VS Code's own: changes of one moment are written together a moment later. What was written comes back another moment
 * later, and replaces the whole state in memory.
 */
class EchoingMemento implements Memento {
  state: Record<string, unknown> = {};
  stored: Record<string, unknown> = {};
  writes = 0;
  #batch: (() => void)[] = [];

  keys = (): readonly string[] => Object.keys(this.state);
  get = <T>(key: string, fallback?: T): T => (this.state[key] ?? fallback) as T;

  update(key: string, value: unknown): Promise<void> {
    const others = Object.entries(this.state).filter(([name]) => name !== key);
    this.state = Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
    return new Promise((resolve) => {
      this.#batch.push(resolve);
      if (this.#batch.length === 1) void this.#write();
    });
  }

  async #write(): Promise<void> {
    await turn();
    const written = this.#batch.splice(0);
    const copy = structuredClone(this.state);
    this.writes += 1;
    for (let turns = 0; turns < 5; turns++) await turn();
    this.stored = copy;
    this.state = structuredClone(copy);
    for (const resolve of written) resolve();
  }
}

/** Changes values one after the other, each while the one before is on its way. */
async function changeQuickly(state: Memento, keys: readonly string[]): Promise<void> {
  const updates: Thenable<void>[] = [];
  for (const key of keys) {
    updates.push(state.update(key, [...state.get<string[]>(key, []), `${key}${updates.length}`]));
    for (let turns = 0; turns < 3; turns++) await turn();
  }
  await Promise.all(updates);
}

describe("VS Code's stored state", () => {
  it("loses quick changes if it is used directly", async () => {
    const memento = new EchoingMemento();
    await changeQuickly(memento, ["a", "b", "a", "c", "a"]);
    assert.notDeepEqual(memento.stored, { a: ["a0", "a2", "a4"], b: ["b1"], c: ["c3"] });
  });

  it("keeps quick changes if it is used through StoredState, in memory and in the store", async () => {
    const memento = new EchoingMemento();
    const state = new StoredState(memento);
    await changeQuickly(state, ["a", "b", "a", "c", "a"]);
    assert.deepEqual(memento.stored, { a: ["a0", "a2", "a4"], b: ["b1"], c: ["c3"] });
    assert.deepEqual(state.get("a"), ["a0", "a2", "a4"]);
  });

  it("shows a change at once, also one that removes a value", async () => {
    const memento = new EchoingMemento();
    memento.state = { old: 1 };
    const state = new StoredState(memento);
    const changes = [state.update("old", undefined), state.update("new", 2)];
    assert.deepEqual(
      [state.keys(), state.get("old"), state.get("old", 5), state.get("new")],
      [["new"], undefined, 5, 2],
    );
    await Promise.all(changes);
    assert.deepEqual([state.keys(), memento.state], [["new"], { new: 2 }]);
  });

  it("writes changes that wait for the same write together", async () => {
    const memento = new EchoingMemento();
    const state = new StoredState(memento);
    await Promise.all(Array.from({ length: 20 }, (_, index) => state.update(`key ${index % 7}`, index)));
    assert.equal(memento.writes, 2);
    assert.deepEqual(Object.values(memento.stored), [14, 15, 16, 17, 18, 19, 13]);
  });

  it("shows what another window stored", () => {
    const memento = new EchoingMemento();
    const state = new StoredState(memento);
    memento.state = { a: "from there" };
    assert.equal(state.get("a"), "from there");
  });

  it("rejects if VS Code can't store a value, and then has the old value", async () => {
    const memento = new EchoingMemento();
    memento.update = () => Promise.reject(new Error("no room"));
    const state = new StoredState(memento);
    await assert.rejects(async () => state.update("a", 1), /no room/);
    assert.equal(state.get("a"), undefined);
  });
});
