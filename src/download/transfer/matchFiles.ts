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
  const urls = new Map<number, string>();
  const used = new Set<ResolvedFile>();
  for (const file of known) {
    const match = matching(file, known, fresh);
    if (match === undefined || used.has(match)) throw fileListChanged();
    used.add(match);
    urls.set(file.index, match.url);
  }
  return urls;
}

function matching(
  file: ResolvedFile,
  known: readonly ResolvedFile[],
  fresh: readonly ResolvedFile[],
): ResolvedFile | undefined {
  const isNamesake = ({ name }: ResolvedFile): boolean => name === file.name;
  const candidates = fresh.filter(isNamesake);
  if (candidates.length === 1 && known.filter(isNamesake).length === 1) return candidates[0];
  const samePath = candidates.filter(({ url }) => pathOf(url) === pathOf(file.url));
  return samePath.length === 1 ? samePath[0] : undefined;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
