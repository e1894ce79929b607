import { Landmarks } from "../find/landmarks.ts";
import type { Scanner } from "../scan/scanner.ts";
import type { FindPattern } from "../tableTypes.ts";
import { openSearch } from "./openSearch.ts";
import type { CountedMatches, SearchedFile } from "./tableMessages.ts";
import { takeTurns } from "./turns.ts";

/** How many intervals are counted before their matches are reported: 2 MiB. */
const batchLength = 8;

/**
 * Counts the matches between a file's landmarks, from the last interval to the first.
 *
 * @throws ExportError `cancelled`; as `openSearch`; `fileChanged`
 */
export async function countBackwards(
  file: SearchedFile,
  pattern: FindPattern,
  options: { scanner: Scanner; signal: AbortSignal; onCounted: (counted: CountedMatches) => void },
): Promise<void> {
  const { text, finder } = openSearch(file, pattern, options.scanner);
  const landmarks = new Landmarks(file.landmarks);
  try {
    for (let end = landmarks.intervals; end > 0; end -= batchLength) {
      const from = Math.max(0, end - batchLength);
      const matches = Array.from({ length: end - from }, (_, index) => {
        const interval = landmarks.interval(from + index);
        return finder.isCountable(interval) ? finder.count(interval) : undefined;
      });
      options.onCounted({ from, matches });
      await takeTurns(options.signal);
    }
  } finally {
    text.source.close();
  }
}
