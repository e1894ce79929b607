import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Rest } from "../../../../src/table/worker/rest.ts";

const longMs = 60_000;

/** Whether a rest is over by now, without waiting for it. */
async function isOver(over: Promise<void>): Promise<boolean> {
  const running = Symbol("running");
  return (await Promise.race([over, nextTurn(running)])) !== running;
}

describe("A pause of the indexing", () => {
  it("is not there at first", async () => {
    assert.ok(await isOver(new Rest().over()));
  });

  it("lasts until it is ended", async () => {
    const rest = new Rest();
    rest.begin(longMs);
    const over = rest.over();
    assert.equal(await isOver(over), false);
    rest.end();
    await over;
    assert.ok(await isOver(rest.over()));
  });

  it("ends by itself", async () => {
    const rest = new Rest();
    rest.begin(5);
    await rest.over();
  });

  it("can be made longer by another one, but not shorter", async () => {
    const rest = new Rest();
    rest.begin(5);
    const over = rest.over();
    rest.begin(longMs);
    rest.begin(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await isOver(over), false);
    rest.end();
    await over;
  });
});
