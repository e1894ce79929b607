import type { TableText } from "../document/division.ts";
import { openDivided } from "../document/openText.ts";
import { Finder } from "../find/finder.ts";
import { compileSearch } from "../find/search.ts";
import type { Scanner } from "../scan/scanner.ts";
import type { FindPattern } from "../tableTypes.ts";
import type { SearchedFile } from "./tableMessages.ts";

/** A file that was opened for a search. */
export interface OpenedSearch {
  readonly text: TableText;
  readonly finder: Finder;
}

/**
 * Opens a file for a search. An invalid pattern is rejected before the file is opened.
 *
 * @throws ExportError `invalidRequest` for a broken pattern, `fileMissing`
 */
export function openSearch(file: SearchedFile, pattern: FindPattern, scanner: Scanner): OpenedSearch {
  const { reading, begin } = file.division;
  const search = compileSearch(pattern, reading);
  const text = openDivided(file, file.division, scanner);
  return { text, finder: new Finder({ ...text, reading, begin }, search) };
}
