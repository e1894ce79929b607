import path from "node:path";
import { root } from "../../project/checkout.ts";
import { importsOf } from "../../project/importGraph.ts";

const unitTests = path.join(root, "test", "unit");
const sources = path.join(root, "src");

/** What makes a test near to a source. */
interface Nearness {
  readonly test: string;
  /** How many folders below `test/unit` and `src` have the same name. */
  readonly sharedFolders: number;
  /** Over how many imports the test reaches the source. */
  readonly distance: number;
}

/**
 * By source file, the test files that may run it, nearest first: those of the same folder, then those that reach it over
 * few imports, and last those of the same folder that don't import it, because they may start a thread that does. Paths
 * are absolute.
 */
export function nearestTests(tests: readonly string[]): (source: string) => readonly string[] {
  const reachedBy = tests.map((test) => ({ test, distances: distancesFrom(test) }));
  return (source) =>
    reachedBy
      .map(({ test, distances }): Nearness => ({
        test,
        sharedFolders: sharedFolders(test, source),
        distance: mirrors(test, source) ? 0 : (distances.get(source) ?? Infinity),
      }))
      .filter((each) => each.distance < Infinity || each.sharedFolders > 0)
      .toSorted(nearestFirst)
      .map(({ test }) => test);
}

function nearestFirst(one: Nearness, other: Nearness): number {
  if (one.distance === 0 || other.distance === 0) return one.distance - other.distance;
  const [isReached, isOtherReached] = [one.distance < Infinity, other.distance < Infinity];
  if (isReached !== isOtherReached) return isReached ? -1 : 1;
  if (one.sharedFolders !== other.sharedFolders) return other.sharedFolders - one.sharedFolders;
  return isReached ? one.distance - other.distance : 0;
}

/** Over how many imports each file is reached. */
function distancesFrom(test: string): Map<string, number> {
  const distances = new Map([[test, 0]]);
  for (const [file, distance] of distances) {
    for (const next of importsOf(file)) if (!distances.has(next.file)) distances.set(next.file, distance + 1);
  }
  return distances;
}

/** Whether a test has the place below `test/unit` that a source has below `src`. */
function mirrors(test: string, source: string): boolean {
  return path.relative(unitTests, test) === path.relative(sources, source).replace(/\.ts$/u, ".test.ts");
}

function sharedFolders(test: string, source: string): number {
  const folders = path.relative(sources, source).split(path.sep);
  return path
    .relative(unitTests, test)
    .split(path.sep)
    .findIndex((name, index) => name !== folders[index]);
}
