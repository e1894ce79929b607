/** Parts of the program have a hash in their names, which changes with each build. */
const partName = /^(dist\/parts\/[\w-]+)-[A-Z0-9]{8}\.js$/;

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
