import * as v from "valibot";
import type { ArgumentSchemas } from "../../channel/answerer.ts";
import { boundedList } from "../../model/boundedShapes.ts";
import { filterShape, sortShape } from "../../model/queryShapes.ts";
import { encodings, mostRowsAtOnce } from "../../table/tableTypes.ts";
import { rowNumber, rowPosition } from "../../table/view/rowIdentity.ts";
import type { Arrangement, GridLayout, GridPosition, GridRequests } from "../../webview/table/messages.ts";

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const column = wholeNumber;
const number = v.pipe(wholeNumber, v.transform(rowNumber));
const position = v.pipe(wholeNumber, v.transform(rowPosition));
/** A cell from which a search continues; -1 is before the first row or column. */
const cursor = v.pipe(v.number(), v.safeInteger(), v.minValue(-1));
/** A part of the room, in percent. */
export const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const nothing = v.object({});
const name = v.pipe(v.string(), v.maxLength(100_000));
const mostColumns = 100_000;
const names = boundedList(name, mostColumns);
const count = v.pipe(wholeNumber, v.maxValue(mostRowsAtOnce));
/** Any characters except line breaks and NUL. */
export const delimiterShape = v.pipe(v.string(), v.regex(/^[^\0\r\n]{1,10}$/u));
/** Any ASCII character except those, or none. */
export const quoteShape = v.pipe(v.string(), v.regex(/^[^\0\r\n\u0080-\u{10ffff}]?$/u));
/** All cells between two corners. */
const cells = {
  rows: v.object({ from: position, count: wholeNumber }),
  columns: boundedList(column, mostColumns),
};

const arrangementEntries = { sort: sortShape, filter: v.nullable(filterShape) };
const columnQuestion = { column, filter: v.nullable(filterShape) };

/** How rows are sorted and filtered, kept from an earlier session. */
export const arrangementShape: v.GenericSchema<unknown, Arrangement> = v.object(arrangementEntries);

/**
 * The shape of every request's argument. The page runs only our own script, but it shows what others wrote, so the host
 * trusts nothing from it.
 */
export const requestShapes: ArgumentSchemas<GridRequests> = {
  open: nothing,
  rows: v.object({
    from: v.union([position, v.literal("last")]),
    count,
    columns: v.exactOptional(v.object({ from: column, count: wholeNumber })),
    longest: v.exactOptional(wholeNumber),
  }),
  positionOf: v.object({ row: number }),
  cell: v.object({ row: number, column }),
  record: v.object({ row: number }),
  find: v.object({
    text: v.pipe(v.string(), v.maxLength(100_000)),
    regex: v.boolean(),
    caseSensitive: v.boolean(),
    wholeWord: v.boolean(),
    column: v.exactOptional(column),
  }),
  findNext: v.object({
    from: v.object({ position: v.pipe(cursor, v.transform(rowPosition)), column: cursor }),
    direction: v.picklist(["next", "previous"]),
  }),
  endFind: nothing,
  copy: v.object({ ...cells, withHeader: v.boolean(), format: v.picklist(["text", "tsv", "csv", "json", "markdown"]) }),
  saveSelection: v.object({ ...cells, withHeader: v.boolean() }),
  summarize: v.object(cells),
  readAs: v.object({
    delimiter: v.exactOptional(delimiterShape),
    quote: v.exactOptional(quoteShape),
    escape: v.exactOptional(v.picklist(["double", "backslash"])),
    header: v.exactOptional(v.boolean()),
    linesBefore: v.exactOptional(wholeNumber),
    encoding: v.exactOptional(v.picklist(encodings)),
    flat: v.exactOptional(v.boolean()),
    arrayPath: v.exactOptional(boundedList(name, 10)),
  }),
  arrange: v.object({ ...arrangementEntries, row: v.nullable(number) }),
  columnValues: v.object({ ...columnQuestion, contains: name }),
  columnHistogram: v.object(columnQuestion),
  profile: v.object({
    work: wholeNumber,
    columns: boundedList(column, mostColumns),
    filter: v.nullable(filterShape),
  }),
  keepLayout: layoutShape(),
  keepPosition: v.object({ number, column }),
  keepHistograms: v.object({ shown: v.boolean() }),
  keepDetailSize: v.object({ size: v.nullable(percent) }),
  revealInText: v.object({ row: number }),
  act: v.object({
    action: v.picklist([
      "reload",
      "showAnyway",
      "openAsText",
      "openFormatted",
      "unpack",
      "reveal",
      "resumeDownload",
      "downloadAgain",
      "showLog",
      "saveAs",
      "delete",
    ]),
  }),
};

/** A layout, sent by the page or kept from an earlier session. */
export function layoutShape(): v.GenericSchema<unknown, GridLayout> {
  return v.object({
    widths: v.record(name, v.pipe(v.number(), v.finite(), v.minValue(0))),
    order: names,
    hidden: names,
    pinned: names,
  });
}

/** Where the user was, kept from an earlier session. Version 0.1 called the row's number `row`. */
export const keptPositionShape: v.GenericSchema<unknown, GridPosition> = v.union([
  v.object({ number, column }),
  v.pipe(
    v.object({ row: number, column }),
    v.transform(({ row, ...kept }) => ({ number: row, ...kept })),
  ),
]);
