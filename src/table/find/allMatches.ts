import type { Match } from "../tableTypes.ts";
import type { Finder } from "./finder.ts";

/**
 * Every match in file order, one batch per stretch. A cell with two matches is listed twice. A batch may be empty; each
 * is one step of limited length. Ends at the current end of the file.
 */
export function* allMatches(finder: Finder): Generator<readonly Match[], undefined> {
  for (let place = finder.start; ;) {
    const batch: Match[] = [];
    const { next, atEnd } = finder.step(place, (row, column, matches) => {
      for (let match = 0; match < matches; match++) batch.push({ row, column });
    });
    yield batch;
    if (atEnd) return undefined;
    place = next;
  }
}
