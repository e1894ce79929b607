import path from "node:path";
import { root } from "../../project/checkout.ts";
import type { Equivalent } from "./equivalents.ts";
import type { Verdict } from "./judge.ts";
import { changeOf } from "./mutants.ts";
import type { FileMutant } from "./sample.ts";

export interface Judged {
  readonly mutant: FileMutant;
  readonly verdict: Verdict;
}

/** Mutants that compile and are not equivalent are either killed or survivors. */
interface Counts {
  readonly killed: number;
  /** Those among the killed that made a test run too long. */
  readonly timedOut: number;
  readonly survived: number;
  readonly equivalent: number;
  readonly invalid: number;
}

export interface Report {
  readonly text: string;
  /** In percent; 100 when there was nothing to kill. */
  readonly score: number;
}

/** A table by file, the survivors, and the score. */
export function report(judged: readonly Judged[], equivalents: readonly Equivalent[]): Report {
  const isListed = (mutant: FileMutant): boolean => equivalents.some((each) => isSame(each, mutant));
  const count = (some: readonly Judged[]): Counts => countsOf(some, isListed);
  const files = [...new Set(judged.map(({ mutant }) => relative(mutant.file)))];
  const rows = files.map((file) => row(file, count(judged.filter(({ mutant }) => relative(mutant.file) === file))));
  const all = count(judged);
  const survivors = judged.filter(({ mutant, verdict }) => verdict.kind === "survived" && !isListed(mutant));
  const wrong = judged.filter(({ mutant, verdict }) => isKilled(verdict) && isListed(mutant));
  const lines = [
    "| file | killed | of them timed out | survived | equivalent | do not compile | score |",
    "| --- | --: | --: | --: | --: | --: | --: |",
    ...rows,
    row("all", all),
    ...(survivors.length > 0 ? ["", "Survivors:", ...survivors.map(lineOf)] : []),
    ...(wrong.length > 0 ? ["", "Listed as equivalent, but killed:", ...wrong.map(lineOf)] : []),
  ];
  return { text: lines.join("\n"), score: scoreOf(all) };
}

/** One mutant and what happened to it. */
export function lineOf({ mutant, verdict }: Judged): string {
  return `${relative(mutant.file)}:${mutant.line}: ${changeOf(mutant)}: ${wordsFor(verdict)}`;
}

function wordsFor(verdict: Verdict): string {
  switch (verdict.kind) {
    case "killed":
      return `killed by ${relative(verdict.file)}: ${verdict.by}`;
    case "timed out":
      return `killed, because ${relative(verdict.file)} did not end`;
    case "survived":
      return verdict.testFiles === 0 ? "no test reaches it" : `survived ${verdict.testFiles} test files`;
    case "invalid":
      return "does not compile";
  }
}

function countsOf(judged: readonly Judged[], isListed: (mutant: FileMutant) => boolean): Counts {
  const withEnd = (...kinds: readonly Verdict["kind"][]): readonly Judged[] =>
    judged.filter(({ verdict }) => kinds.includes(verdict.kind));
  const survived = withEnd("survived");
  const equivalent = survived.filter(({ mutant }) => isListed(mutant)).length;
  return {
    killed: withEnd("killed", "timed out").length,
    timedOut: withEnd("timed out").length,
    survived: survived.length - equivalent,
    equivalent,
    invalid: withEnd("invalid").length,
  };
}

function row(name: string, counts: Counts): string {
  const { killed, timedOut, survived, equivalent, invalid } = counts;
  return `| ${[name, killed, timedOut, survived, equivalent, invalid, `${scoreOf(counts).toFixed(0)} %`].join(" | ")} |`;
}

function scoreOf({ killed, survived }: Counts): number {
  return killed + survived === 0 ? 100 : (100 * killed) / (killed + survived);
}

function isKilled({ kind }: Verdict): boolean {
  return kind === "killed" || kind === "timed out";
}

function isSame({ file, line, change }: Equivalent, mutant: FileMutant): boolean {
  return file === relative(mutant.file) && line === mutant.lineText && change === changeOf(mutant);
}

function relative(file: string): string {
  return path.relative(root, file).replaceAll(path.sep, "/");
}
