import { readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../../project/checkout.ts";
import type { PackageTarget } from "../packaging/packageTargets.ts";

/** Parts of the program have a hash in their names, which changes with each build. */
const partName = /^(dist\/parts\/[\w-]+)-[A-Z0-9]{8}\.js$/;

/** The list of files that somebody has looked through. */
const reviewedList = path.join(root, "scripts", "release", "packagedFiles.txt");

/** A package's files as they are reviewed: sorted, without the hashes. */
export function reviewedNames(files: readonly string[]): string[] {
  return files.map((file) => file.replace(partName, "$1.js")).toSorted();
}

/**
 * What a package contains beyond the reviewed list, and what it lacks. Nothing gets into a package, or out of it, without
 * somebody having changed that list.
 */
export function compareFileLists(
  files: readonly string[],
  reviewed: readonly string[],
): { added: string[]; missing: string[] } {
  const names = reviewedNames(files);
  return {
    added: names.filter((name) => !reviewed.includes(name)),
    missing: reviewed.filter((name) => !names.includes(name)),
  };
}

/**
 * The part of a reviewed list that is about one target: the lines before the first `[…]` are about all of them, those
 * after it about the targets in it.
 */
export function listFor(target: PackageTarget, list: string): string[] {
  let isMeant = true;
  return list.split("\n").filter((line) => {
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    if (section !== undefined) isMeant = section.split(" ").includes(target);
    return section === undefined && line !== "" && isMeant;
  });
}

/** @throws Error if a package's files are not those that were reviewed for its target */
export async function checkFiles(listing: readonly string[], target: PackageTarget): Promise<void> {
  const reviewed = listFor(target, await readFile(reviewedList, "utf8"));
  const { added, missing } = compareFileLists(listing, reviewed);
  if (added.length + missing.length === 0) return;
  const lines = [...added.map((name) => `+ ${name}`), ...missing.map((name) => `- ${name}`)];
  throw new Error(
    `The files in the package for ${target} are not those that were reviewed:\n${lines.join("\n")}\n` +
      `If that is right, change ${path.relative(root, reviewedList)}.`,
  );
}
