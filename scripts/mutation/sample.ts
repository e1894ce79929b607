import { createHash } from "node:crypto";
import path from "node:path";
import { root } from "../../project/checkout.ts";
import { changeOf, type Mutant } from "./mutants.ts";

/** A mutant and the absolute path of the file it is made in. */
export interface FileMutant extends Mutant {
  readonly file: string;
}

/** One of several pieces of a sample, counted from 1. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/**
 * So many mutants, chosen by a seed, in the order of their places. Each mutant has a rank of its own, made of the seed
 * and its text: a change of the sources changes the choice little.
 */
export function sampleOf(mutants: readonly FileMutant[], size: number, seed: string): FileMutant[] {
  const ranks = ranksOf(mutants, seed);
  const rank = (mutant: FileMutant): string => ranks.get(mutant) ?? "";
  const chosen = new Set(mutants.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1)).slice(0, size));
  return mutants.filter((mutant) => chosen.has(mutant));
}

/** The mutants of one part of a sample; all parts together are the sample. */
export function partOf<T>(mutants: readonly T[], part: Part): T[] {
  return mutants.filter((_, index) => index % part.of === part.number - 1);
}

function ranksOf(mutants: readonly FileMutant[], seed: string): Map<FileMutant, string> {
  const seen = new Map<string, number>();
  const ranks = new Map<FileMutant, string>();
  for (const mutant of mutants) {
    const file = path.relative(root, mutant.file).replaceAll(path.sep, "/");
    const identity = JSON.stringify([seed, file, mutant.lineText, changeOf(mutant)]);
    const nth = seen.get(identity) ?? 0;
    seen.set(identity, nth + 1);
    ranks.set(mutant, createHash("sha256").update(`${identity}${nth}`).digest("hex"));
  }
  return ranks;
}
