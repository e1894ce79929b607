import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type RunOptions, runSteps } from "../../../../scripts/testing/runSteps.ts";
import type { Job, TestStep } from "../../../../scripts/testing/steps.ts";

const onePassed = { passed: 1, failed: 0 };
const passes: Job = () => Promise.resolve(onePassed);

/** Something that happens once, when the test says so or to tell the test. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** A job that ends when it is told to. */
function held(): { job: Job; begun: Promise<void>; end: () => void } {
  const [begun, ended] = [gate(), gate()];
  const job: Job = async (write) => {
    begun.open();
    write("running\n");
    await ended.passed;
    return onePassed;
  };
  return { job, begun: begun.passed, end: ended.open };
}

/** Runs steps two jobs at a time and keeps what is shown. */
function run(
  steps: TestStep[],
  options: Partial<RunOptions> = {},
): { shown: () => string; results: ReturnType<typeof runSteps> } {
  let text = "";
  const results = runSteps(steps, {
    jobsAtOnce: 2,
    toolsReady: () => Promise.resolve(),
    print: (more) => (text += more),
    ...options,
  });
  return { shown: () => text, results };
}

describe("the steps of npm test", () => {
  it("count the tests of all their jobs", async () => {
    const counts: Job = () => Promise.resolve({ passed: 3, failed: 2 });
    const { results } = run([
      { name: "one", jobs: [passes, counts] },
      { name: "two", jobs: [passes] },
    ]);
    assert.deepEqual(await results, [
      { name: "one", passed: 4, failed: 2 },
      { name: "two", passed: 1, failed: 0 },
    ]);
  });

  it("run one large job at a time, and other jobs beside it", async () => {
    const [first, second, small] = [held(), held(), held()];
    let isSecondBegun = false;
    void second.begun.then(() => (isSecondBegun = true));
    const { results } = run([
      { name: "small", jobs: [small.job, passes] },
      { name: "large", jobs: [first.job], large: true },
      { name: "larger", jobs: [second.job], large: true },
    ]);
    await Promise.all([first.begun, small.begun]);
    small.end();
    await nextTurn();
    assert.equal(isSecondBegun, false);
    first.end();
    await second.begun;
    second.end();
    assert.deepEqual(
      (await results).map(({ name, passed }) => [name, passed]),
      [
        ["small", 2],
        ["large", 1],
        ["larger", 1],
      ],
    );
  });

  it("start large jobs first, because these take longest in total", async () => {
    const order: string[] = [];
    const noting =
      (name: string): Job =>
      () => {
        order.push(name);
        return passes(() => undefined);
      };
    const { results } = run(
      [
        { name: "small", jobs: [noting("small")] },
        { name: "large", jobs: [noting("large 1"), noting("large 2")], large: true },
      ],
      { jobsAtOnce: 1 },
    );
    await results;
    assert.deepEqual(order, ["large 1", "large 2", "small"]);
  });

  it("run two jobs at once, but not three", async () => {
    const [one, two] = [held(), held()];
    let isThirdBegun = false;
    const third: Job = () => {
      isThirdBegun = true;
      return passes(() => undefined);
    };
    const { results } = run([
      { name: "one", jobs: [one.job, two.job] },
      { name: "two", jobs: [third] },
    ]);
    await Promise.all([one.begun, two.begun]);
    assert.equal(isThirdBegun, false);
    one.end();
    two.end();
    await results;
    assert.equal(isThirdBegun, true);
  });

  it("all run, even if an earlier one failed or threw an error", async () => {
    const fails: Job = () => Promise.resolve({ passed: 0, failed: 1 });
    const throws: Job = () => Promise.reject(new Error("No such file"));
    const { results, shown } = run([
      { name: "fails", jobs: [fails] },
      { name: "throws", jobs: [throws] },
      { name: "passes", jobs: [passes], needs: ["fails", "throws"] },
    ]);
    assert.deepEqual(
      (await results).map(({ name, failed }) => [name, failed]),
      [
        ["fails", 1],
        ["throws", 1],
        ["passes", 0],
      ],
    );
    assert.match(shown(), /throws\nError: No such file/);
  });

  it("fail if they ran no test", async () => {
    const { results, shown } = run([
      { name: "empty", jobs: [] },
      { name: "none", jobs: [() => Promise.resolve({ passed: 0, failed: 0 })] },
    ]);
    assert.deepEqual(await results, [
      { name: "empty", passed: 0, failed: 1 },
      { name: "none", passed: 0, failed: 1 },
    ]);
    assert.match(shown(), /No test ran in the step "empty"/);
  });

  it("wait for the steps that they need, and let other steps run first", async () => {
    const build = held();
    const begun: string[] = [];
    const noted = (name: string): TestStep => ({
      name,
      jobs: [
        () => {
          begun.push(name);
          return passes(() => undefined);
        },
      ],
    });
    const lint = noted("lint");
    const { results } = run([
      { name: "build", jobs: [build.job] },
      { ...noted("ui"), needs: ["build"] },
      { ...lint, jobs: [...lint.jobs, () => Promise.resolve(onePassed).finally(build.end)] },
    ]);
    await results;
    assert.deepEqual(begun, ["lint", "ui"]);
  });

  it("wait for their tools, and let other steps run first", async () => {
    const installed = gate();
    const [withTool, without] = [held(), held()];
    const { results } = run(
      [
        { name: "with", jobs: [withTool.job], tools: ["azurite"] },
        { name: "without", jobs: [without.job] },
      ],
      { toolsReady: (tools) => (tools.length > 0 ? installed.passed : Promise.resolve()) },
    );
    await without.begun;
    installed.open();
    await withTool.begun;
    without.end();
    withTool.end();
    assert.equal((await results).length, 2);
  });

  it("are shown in order, whichever ends first", async () => {
    const first = held();
    const { results, shown } = run([
      { name: "first", jobs: [first.job] },
      { name: "second", jobs: [(write) => passes(write).finally(first.end)] },
    ]);
    await results;
    assert.match(
      shown(),
      /^\nfirst\nrunning\nfirst: 1 passed, 0 failed in 0:00\n\nsecond\nsecond: 1 passed, 0 failed in 0:00\n$/,
    );
  });
});
