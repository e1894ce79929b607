/**
 * Makes small mistakes in sources, one at a time, and tells which of them no test finds: `npm run mutate -- src/http`.
 * Sources on the disk are never changed. The last line is the score.
 */
import process from "node:process";
import { Compilation } from "./mutation/compilation.ts";
import { equivalents } from "./mutation/equivalents.ts";
import { judge, type JudgeParts } from "./mutation/judge.ts";
import { KnownTests } from "./mutation/knownTests.ts";
import { nearestTests } from "./mutation/nearTests.ts";
import { type MutationOptions, readOptions, usage, UsageError } from "./mutation/options.ts";
import { type Judged, lineOf, report } from "./mutation/report.ts";
import { type FileMutant, partOf, sampleOf } from "./mutation/sample.ts";
import { mutantsBelow, unitTests } from "./mutation/sources.ts";

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => interrupted.abort());
}

async function main(options: MutationOptions): Promise<void> {
  const candidates = mutantsBelow(options.place).filter(({ line }) => line === (options.line ?? line));
  const sample = partOf(sampleOf(candidates, options.sample, options.seed), options.part);
  console.log(`${sample.length} of ${candidates.length} mutants`);
  const knownTests = new KnownTests(interrupted.signal);
  const judged = await judgeAll(sample, options, knownTests);
  const { text, score } = report(judged, equivalents);
  console.log(`\n${text}\n`);
  for (const test of knownTests.failing) console.log(`Not used, because it fails without a mutant: ${test}`);
  if (interrupted.signal.aborted) console.log(`Interrupted after ${judged.length} of ${sample.length} mutants.`);
  console.log(`Score: ${score.toFixed(1)} %`);
  process.exitCode = interrupted.signal.aborted || score < options.atLeast ? 1 : 0;
}

/** In the order of the sample; fewer than asked for when the run is interrupted. */
async function judgeAll(
  sample: readonly FileMutant[],
  options: MutationOptions,
  knownTests: KnownTests,
): Promise<Judged[]> {
  const { signal } = interrupted;
  const parts: JudgeParts = {
    compilation: new Compilation(),
    knownTests,
    nearestTests: nearestTests(unitTests()),
    testFiles: options.testFiles,
    // Far more than the test needs, so that a busy machine kills no mutant.
    timeoutFor: (durationMs) => 10_000 + 5 * durationMs,
    signal,
  };
  const judged: (Judged | undefined)[] = sample.map(() => undefined);
  const waiting = sample.entries();
  const work = async (): Promise<void> => {
    for (const [index, mutant] of waiting) {
      const verdict = await judge(mutant, parts);
      judged[index] = { mutant, verdict };
      console.log(`${index + 1}/${sample.length} ${lineOf({ mutant, verdict })}`);
    }
  };
  const works = await Promise.allSettled(Array.from({ length: options.atOnce }, work));
  const failed = works.find((each) => each.status === "rejected");
  if (failed !== undefined && !signal.aborted) throw failed.reason;
  return judged.filter((each) => each !== undefined);
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
