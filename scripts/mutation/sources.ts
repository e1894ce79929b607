import { globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "../../project/checkout.ts";
import { mutantsOf } from "./mutants.ts";
import { UsageError } from "./options.ts";
import type { FileMutant } from "./sample.ts";

/** The scanner's source is AssemblyScript: Node does not load it, and its tests compile it from the disk. */
const leftOut = /\.d\.ts$|^src[\\/]table[\\/]scan[\\/]assembly[\\/]/u;

/** Every mutant of a source file, or of all in a folder. */
export function mutantsBelow(place: string): FileMutant[] {
  const files = filesBelow(place).filter((file) => file.startsWith(`src${path.sep}`) && !leftOut.test(file));
  if (files.length === 0) throw new UsageError(`There is no source in ${place}.`);
  return files.flatMap((name) => {
    const file = path.join(root, name);
    return mutantsOf(readFileSync(file, "utf8"), file).map((mutant) => ({ ...mutant, file }));
  });
}

/** The absolute paths of all unit tests. */
export function unitTests(): string[] {
  return globSync("test/unit/**/*.test.ts", { cwd: root })
    .map((file) => path.join(root, file))
    .toSorted();
}

function filesBelow(place: string): string[] {
  const name = path.relative(root, path.resolve(root, place));
  if (statSync(path.join(root, name), { throwIfNoEntry: false })?.isFile()) return [name];
  return globSync(`${name.replaceAll(path.sep, "/")}/**/*.ts`, { cwd: root })
    .map((file) => path.normalize(file))
    .toSorted();
}
