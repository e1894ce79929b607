import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";

/** A part of a file's text that ran, or one inside such a part that did not. */
export const coveredRangeSchema = v.object({ startOffset: v.number(), endOffset: v.number(), count: v.number() });
export type CoveredRange = v.InferOutput<typeof coveredRangeSchema>;

/** By the absolute path of a file, the ranges of each process and thread that loaded it. */
export const coverageSchema = v.record(v.string(), v.array(v.array(coveredRangeSchema)));
export type Coverage = v.InferOutput<typeof coverageSchema>;

const writtenByNodeSchema = v.object({
  result: v.array(v.object({ url: v.string(), functions: v.array(v.object({ ranges: v.array(coveredRangeSchema) })) })),
});

/**
 * Reads what Node wrote to the folder named by NODE_V8_COVERAGE, for files below `sourceFolder`. Node removes types from
 * a text without moving the rest, so that the offsets are those of the TypeScript text.
 */
export function readCoverage(folder: string, sourceFolder: string): Coverage {
  const coverage: Coverage = {};
  for (const name of globSync("coverage-*.json", { cwd: folder })) {
    const { result } = v.parse(writtenByNodeSchema, JSON.parse(readFileSync(path.join(folder, name), "utf8")));
    for (const { url, functions } of result) {
      const file = url.startsWith("file:") ? fileURLToPath(url) : "";
      if (!file.startsWith(sourceFolder + path.sep)) continue;
      (coverage[file] ??= []).push(functions.flatMap(({ ranges }) => ranges));
    }
  }
  return coverage;
}

/** Whether the code at a place of a file ran at least once. */
export function isReached(coverage: Coverage, file: string, offset: number): boolean {
  return coverage[file]?.some((ranges) => countAt(ranges, offset) > 0) ?? false;
}

/** The smallest range around a place counts; larger ones have been divided further there. */
function countAt(ranges: readonly CoveredRange[], offset: number): number {
  const size = ({ startOffset, endOffset }: CoveredRange): number => endOffset - startOffset;
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset);
  return around.toSorted((one, other) => size(one) - size(other))[0]?.count ?? 0;
}
