import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { SlowWatch } from "../../../../src/download/transfer/slowWatch.ts";

/** A watch for at least 1,000 bytes per second over two seconds, and how often it complained. */
function watching(context: TestContext, slowestBytesPerSecond = 1000) {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const seen = { complaints: 0 };
  const watch = new SlowWatch({ slowestBytesPerSecond, windowMs: 2000 }, () => (seen.complaints += 1));
  context.after(() => watch.stop());
  return { watch, seen, pass: (milliseconds: number) => context.mock.timers.tick(milliseconds) };
}

describe("the speed of a download", () => {
  it("is too slow if fewer bytes than allowed arrive in a whole window", (context) => {
    const { watch, seen, pass } = watching(context);
    watch.count(1999);
    pass(1999);
    assert.equal(seen.complaints, 0);
    pass(1);
    assert.equal(seen.complaints, 1);
  });

  it("is fine with exactly as many", (context) => {
    const { watch, seen, pass } = watching(context);
    watch.count(1500);
    watch.count(500);
    pass(2000);
    assert.equal(seen.complaints, 0);
  });

  it("counts anew in each window", (context) => {
    const { watch, seen, pass } = watching(context);
    watch.count(100_000);
    pass(2000);
    pass(2000);
    assert.equal(seen.complaints, 1);
    watch.count(2000);
    pass(2000);
    assert.equal(seen.complaints, 1);
  });

  it("may be anything if there is no limit", (context) => {
    const { seen, pass } = watching(context, 0);
    pass(10_000);
    assert.equal(seen.complaints, 0);
  });

  it("is no longer watched after the end", (context) => {
    const { watch, seen, pass } = watching(context);
    watch.stop();
    pass(10_000);
    assert.equal(seen.complaints, 0);
  });
});
