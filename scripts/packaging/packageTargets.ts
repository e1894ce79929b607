import { installedEngine } from "../engine/engineLibrary.ts";
import { type Target, targets } from "../engine/targets.ts";

/** What a package is for: one kind of computer, with the query engine for it, or all of them, without an engine. */
export type PackageTarget = Target | "universal";

export const packageTargets: readonly PackageTarget[] = ["universal", ...targets];

/** The largest package of each kind that is accepted, in bytes. */
export function packageLimit(target: PackageTarget): number {
  return target === "universal" ? 700_000 : 45_000_000;
}

/** A package's name without its ending, as the packager would choose it. */
export function packageName(target: PackageTarget, version: string): string {
  return target === "universal" ? `task-exports-${version}` : `task-exports-${target}-${version}`;
}

/** The package for every computer, and the one for this computer, if there is one. */
export function targetsHere(): PackageTarget[] {
  const here = installedEngine()?.target;
  return here === undefined ? ["universal"] : ["universal", here];
}

/**
 * The packages that somebody asks for.
 *
 * @param names of targets; without any, those that can be used on this computer
 * @throws Error for a name that is no target
 */
export function chosenTargets({ all, names }: { all: boolean; names: readonly string[] }): PackageTarget[] {
  if (all) return [...packageTargets];
  const unknown = names.find((name) => !packageTargets.some((target) => target === name));
  if (unknown !== undefined) {
    throw new Error(`There is no target "${unknown}". Targets: ${packageTargets.join(", ")}`);
  }
  return names.length === 0 ? targetsHere() : packageTargets.filter((target) => names.includes(target));
}
