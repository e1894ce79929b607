import type { ResolvedFile } from "../../model/contract.ts";
import { fileListChanged } from "../errors/downloadErrors.ts";

/**
 * The URLs of a new list for the files of an earlier one, by the indexes of the earlier one. The order of a list proves
 * nothing, so files are matched by their names, and files with the same name by the paths of their URLs.
 *
 * @throws ExportError `fileChanged` if the lists don't have the same files, or if files can't be told apart
 */
export function matchFiles(known: readonly ResolvedFile[], fresh: readonly ResolvedFile[]): Map<number, string> {
  if (known.length !== fresh.length) throw fileListChanged();
  // Each list is sorted into maps once: a task can have thousands of files.
  const [knownByName, freshByName] = [grouped(known, nameOf), grouped(fresh, nameOf)];
  const freshByPath = grouped(fresh, nameAndPath);
  const urls = new Map<number, string>();
  const used = new Set<ResolvedFile>();
  for (const file of known) {
    const isOnlyOne = [knownByName, freshByName].every((files) => files.get(file.name)?.length === 1);
    const candidates = isOnlyOne ? freshByName.get(file.name) : freshByPath.get(nameAndPath(file));
    const [match, namesake] = candidates ?? [];
    if (match === undefined || namesake !== undefined || used.has(match)) throw fileListChanged();
    used.add(match);
    urls.set(file.index, match.url);
  }
  return urls;
}

const nameOf = ({ name }: ResolvedFile): string => name;

function grouped(files: readonly ResolvedFile[], keyOf: (file: ResolvedFile) => string): Map<string, ResolvedFile[]> {
  const groups = new Map<string, ResolvedFile[]>();
  for (const file of files) {
    const key = keyOf(file);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return groups;
}

/** Files with the same name are told apart by the paths of their URLs. */
function nameAndPath({ name, url }: ResolvedFile): string {
  return JSON.stringify([name, URL.canParse(url) ? new URL(url).pathname : url]);
}
