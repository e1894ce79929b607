import { nextMatch } from "./expression.ts";
import type { DividedStretch, FieldWalk } from "./fieldWalk.ts";
import type { Visit } from "./searchCursor.ts";
import type { Search } from "./search.ts";

/** How many units are matched as one text. Longer texts would survive the fast garbage collection. */
const textUnits = 64 * 1024;

/**
 * Matches an expression that `isCellSafe` against the raw text of delimited rows.
 *
 * @param regex has the flag `g`
 * @param strange indexes of rows that are left to `visitRow`, in order
 * @param visit called with the index of a row in the stretch
 */
export function searchRaw(
  regex: RegExp,
  search: Search,
  divided: DividedStretch,
  walk: FieldWalk,
  strange: readonly number[],
  visit: Visit,
  visitRow: (row: number) => void,
): void {
  const left = strange.values();
  let leftRow = left.next().value;
  const visitLeft = (until: number): void => {
    for (; leftRow !== undefined && leftRow < until; leftRow = left.next().value) visitRow(leftRow);
  };
  for (const { from, to } of textsOf(divided)) {
    const text = divided.stretch.input.toString("latin1", from, to);
    regex.lastIndex = 0;
    for (let match = nextMatch(regex, text); match !== null; match = nextMatch(regex, text)) {
      const position = from + match.index;
      walk.seekRow(position);
      visitLeft(walk.row);
      if (leftRow === walk.row) {
        regex.lastIndex = walk.rowTo - from;
        continue;
      }
      walk.seekField(position);
      const counts = search.column === undefined || search.column === walk.column;
      if (walk.malformed) {
        const matches = counts ? search.count(walk.value) : 0;
        if (matches > 0) visit(walk.row, walk.column, matches);
        regex.lastIndex = walk.to - from;
      } else if (counts) visit(walk.row, walk.column, 1);
    }
  }
  visitLeft(Infinity);
}

/** Groups of whole rows, each about as long as one text should be. */
function* textsOf({ stretch, starts, ended }: DividedStretch): Iterable<{ from: number; to: number }> {
  const end = stretch.atEnd ? stretch.units : (starts[ended - 1] ?? 0);
  let from = 0;
  for (let row = 0; row < ended; row++) {
    const to = starts[row] ?? 0;
    if (to - from < textUnits) continue;
    yield { from, to };
    from = to;
  }
  if (from < end) yield { from, to: end };
}
