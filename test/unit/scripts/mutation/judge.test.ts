import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { judge, type JudgeParts, type Verdict } from "../../../../scripts/mutation/judge.ts";
import { changeOf, mutantsOf } from "../../../../scripts/mutation/mutants.ts";

const source = "export const isLarge = (a: number): boolean => a > 9;\n";
const imports = 'import { it } from "node:test";\nimport assert from "node:assert/strict";\n';
const usesSource = `${imports}import { isLarge } from "./source.ts";\n`;

describe("a mutant", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-judge-"));
    await writeFile(path.join(folder, "source.ts"), source);
  });
  after(() => rm(folder, { recursive: true }));

  interface Setting {
    /** Texts of test files, nearest first. */
    tests: readonly string[];
    change?: string;
    parts?: Partial<JudgeParts>;
    /** The test files that are said to fail without the mutant too. */
    broken?: readonly number[];
  }

  async function verdictOn({ tests, change = "> → <=", parts, broken = [] }: Setting): Promise<Verdict> {
    const file = path.join(folder, "source.ts");
    const mutant = mutantsOf(source, file).find((each) => changeOf(each) === change);
    assert.ok(mutant);
    const files = tests.map((_, index) => path.join(folder, `${index}.test.ts`));
    for (const [index, text] of tests.entries()) await writeFile(path.join(folder, `${index}.test.ts`), text);
    const ranges = [[{ startOffset: 0, endOffset: source.length, count: 1 }]];
    return judge(
      { ...mutant, file },
      {
        compilation: { accepts: () => true },
        knownTests: {
          factsOf: (test) =>
            Promise.resolve({
              passes: !broken.includes(files.indexOf(test)),
              durationMs: 0,
              coverage: { [file]: ranges },
            }),
        },
        nearestTests: () => files,
        testFiles: 20,
        timeoutFor: () => 600_000,
        signal: new AbortController().signal,
        ...parts,
      },
    );
  }

  const passes = `${imports}it("passes", () => {});`;
  const checks = `${usesSource}it("checks a limit", () => assert.equal(isLarge(10), true));`;
  const killed = { kind: "killed", by: "checks a limit" };

  it("is killed by the first test that fails, and the source on disk doesn't change", async () => {
    const verdict = await verdictOn({ tests: [passes, checks, passes] });
    assert.deepEqual(verdict, { ...killed, file: path.join(folder, "1.test.ts") });
    assert.equal(await readFile(path.join(folder, "source.ts"), "utf8"), source);
  });

  it("survives if all tests pass", async () => {
    assert.deepEqual(await verdictOn({ tests: [passes, checks], change: "> → >=" }), {
      kind: "survived",
      testFiles: 2,
    });
  });

  it("also runs in worker threads and in other processes", async () => {
    const prints =
      'import { isLarge } from "./source.ts";\nimport { writeSync } from "node:fs";\nwriteSync(1, `${isLarge(10)}`);';
    await writeFile(path.join(folder, "program.ts"), `${prints}\nprocess.exitCode = isLarge(10) ? 0 : 1;`);
    const inThread = `${imports}import { Worker } from "node:worker_threads";
      it("checks a limit", async () => {
        const worker = new Worker(new URL("program.ts", import.meta.url), { execArgv: [] });
        assert.equal(await new Promise((resolve) => worker.once("exit", resolve)), 0);
      });`;
    const inProcess = `${imports}import { spawnSync } from "node:child_process";
      it("checks a limit", () => {
        assert.equal(spawnSync(process.execPath, [import.meta.dirname + "/program.ts"]).status, 0);
      });`;
    assert.deepEqual(await verdictOn({ tests: [inThread] }), { ...killed, file: path.join(folder, "0.test.ts") });
    assert.deepEqual(await verdictOn({ tests: [inProcess] }), { ...killed, file: path.join(folder, "0.test.ts") });
  });

  it("is killed by a process that dies", async () => {
    const dies = `${usesSource}if (!isLarge(10)) process.exit(7);`;
    const verdict = await verdictOn({ tests: [dies] });
    assert.deepEqual(verdict, {
      kind: "killed",
      by: "the process ended with exit code 7",
      file: path.join(folder, "0.test.ts"),
    });
  });

  it("is not killed by tests that also fail without it", async () => {
    assert.deepEqual(await verdictOn({ tests: [checks], broken: [0] }), { kind: "survived", testFiles: 0 });
  });

  it("is tried only by the nearest tests, and only by tests that reach it", async () => {
    const knownTests = { factsOf: () => Promise.resolve({ passes: true, durationMs: 0, coverage: {} }) };
    assert.deepEqual(await verdictOn({ tests: [checks], parts: { knownTests } }), { kind: "survived", testFiles: 0 });
    assert.deepEqual(await verdictOn({ tests: [passes, checks], parts: { testFiles: 1 } }), {
      kind: "survived",
      testFiles: 1,
    });
  });

  it("is tried by a test that reaches it, however many nearer ones don't", async () => {
    const coverage = { [path.join(folder, "source.ts")]: [[{ startOffset: 0, endOffset: source.length, count: 1 }]] };
    const factsOf = (test: string) =>
      Promise.resolve({ passes: true, durationMs: 0, coverage: path.basename(test) === "2.test.ts" ? coverage : {} });
    const verdict = await verdictOn({
      tests: [passes, passes, checks],
      parts: { testFiles: 1, knownTests: { factsOf } },
    });
    assert.deepEqual(verdict, { ...killed, file: path.join(folder, "2.test.ts") });
  });

  it("is timed out when a test does not end", async () => {
    const hangs = `${usesSource}while (!isLarge(10)) {}`;
    const verdict = await verdictOn({ tests: [hangs], parts: { timeoutFor: () => 1000 } });
    assert.deepEqual(verdict, { kind: "timed out", file: path.join(folder, "0.test.ts") });
  });

  it("is invalid when it does not compile", async () => {
    assert.deepEqual(await verdictOn({ tests: [checks], parts: { compilation: { accepts: () => false } } }), {
      kind: "invalid",
    });
  });

  it("leaves no temporary files of its tests behind", async () => {
    const note = path.join(folder, "note");
    const leaves = `${usesSource}import fs from "node:fs";import os from "node:os";
      fs.writeFileSync(${JSON.stringify(note)}, os.tmpdir());
      fs.writeFileSync(os.tmpdir() + "/left", "");`;
    await verdictOn({ tests: [leaves] });
    await assert.rejects(readdir(await readFile(note, "utf8")), { code: "ENOENT" });
  });

  it("is not judged if the run is interrupted", async () => {
    const interrupted = new AbortController();
    const signal = interrupted.signal;
    const begun = path.join(folder, "begun");
    const hangs = `import fs from "node:fs";fs.writeFileSync(${JSON.stringify(begun)}, String(process.pid));\nsetInterval(() => {}, 1000);`;
    const verdict = verdictOn({ tests: [hangs], parts: { signal } });
    const fails = assert.rejects(verdict, /interrupted/);
    let pid = "";
    while (pid === "") pid = await readFile(begun, "utf8").catch(() => "");
    interrupted.abort();
    await fails;
    assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
  });
});
