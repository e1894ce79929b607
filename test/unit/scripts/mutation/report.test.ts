import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { root } from "../../../../project/checkout.ts";
import type { Verdict } from "../../../../scripts/mutation/judge.ts";
import { mutantsOf } from "../../../../scripts/mutation/mutants.ts";
import { type Judged, report } from "../../../../scripts/mutation/report.ts";

const test = path.join(root, "test/unit/a.test.ts");
const killed: Verdict = { kind: "killed", file: test, by: "a title" };
const timedOut: Verdict = { kind: "timed out", file: test };
const survived: Verdict = { kind: "survived", testFiles: 2 };
const invalid: Verdict = { kind: "invalid" };

/** Verdicts on one mutant of each line: of `const a0 = b ?? c;`, `const a1 = b ?? c;` and so on. */
function judged(name: string, ...verdicts: readonly Verdict[]): Judged[] {
  const file = path.join(root, "src", name);
  const mutants = mutantsOf(verdicts.map((_, index) => `const a${index} = b ?? c;`).join("\n"), file);
  return verdicts.map((verdict, index) => {
    const mutant = mutants[2 * index];
    assert.ok(mutant);
    return { mutant: { ...mutant, file }, verdict };
  });
}

const equivalent = { file: "src/a.ts", line: "const a1 = b ?? c;", change: "b ?? c → b", reason: "b is always there" };

describe("the report of a mutation run", () => {
  it("has a row for each file, and names the survivors", () => {
    const { text, score } = report([...judged("a.ts", killed, timedOut, survived), ...judged("b.ts", invalid)], []);
    assert.equal(
      text,
      [
        "| file | killed | of them timed out | survived | equivalent | do not compile | score |",
        "| --- | --: | --: | --: | --: | --: | --: |",
        "| src/a.ts | 2 | 1 | 1 | 0 | 0 | 67 % |",
        "| src/b.ts | 0 | 0 | 0 | 0 | 1 | 100 % |",
        "| all | 2 | 1 | 1 | 0 | 1 | 67 % |",
        "",
        "Survivors:",
        "src/a.ts:3: b ?? c → b: survived 2 test files",
      ].join("\n"),
    );
    assert.equal(score.toFixed(2), "66.67");
  });

  it("does not count survivors that are equivalent", () => {
    const { text, score } = report(judged("a.ts", killed, survived), [equivalent]);
    assert.match(text, /\| all \| 1 \| 0 \| 0 \| 1 \| 0 \| 100 % \|$/);
    assert.equal(score, 100);
  });

  it("warns if a mutant was killed that is listed as equivalent", () => {
    const { text } = report(judged("a.ts", killed, killed), [equivalent]);
    assert.match(
      text,
      /Listed as equivalent, but killed:\nsrc\/a\.ts:2: b \?\? c → b: killed by test\/unit\/a\.test\.ts: a title$/,
    );
  });
});
