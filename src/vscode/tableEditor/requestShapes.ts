import * as v from "valibot";
import { delimiters, encodings } from "../../table/tableTypes.ts";
import type { GridRequestName, GridRequests } from "../../webview/table/messages.ts";

/**
 * The shape of every request's argument. The page runs our own script only, but it shows what strangers wrote, so the
 * host believes nothing that comes out of it.
 */
type RequestShapes = { readonly [Name in GridRequestName]: v.GenericSchema<unknown, GridRequests[Name]["argument"]> };

const place = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const match = v.object({ row: place, column: place });
const nothing = v.object({});
const name = v.pipe(v.string(), v.maxLength(100_000));
const names = v.pipe(v.array(name), v.maxLength(100_000));

/** More rows than fit on any screen, so that one request can't ask for a whole file. */
const mostRows = 5_000;
const mostColumns = 100_000;
const count = v.pipe(place, v.maxValue(mostRows));

export const requestShapes: RequestShapes = {
  open: nothing,
  rows: v.object({
    from: v.union([place, v.literal("last")]),
    count,
    columns: v.exactOptional(v.object({ from: place, count: place })),
    longest: v.exactOptional(place),
  }),
  cell: match,
  find: v.object({
    text: v.pipe(v.string(), v.maxLength(100_000)),
    regex: v.boolean(),
    caseSensitive: v.boolean(),
    wholeWord: v.boolean(),
    column: v.exactOptional(place),
  }),
  findNext: v.object({
    from: v.object({ row: cursor(), column: cursor() }),
    direction: v.picklist(["next", "previous"]),
  }),
  endFind: nothing,
  copy: v.object({
    rows: v.object({ from: place, count: place }),
    columns: v.pipe(v.array(place), v.maxLength(mostColumns)),
    withHeader: v.boolean(),
    format: v.picklist(["text", "tsv", "csv", "json", "markdown"]),
  }),
  readAs: v.object({
    delimiter: v.exactOptional(v.picklist(delimiters)),
    quote: v.exactOptional(v.pipe(v.string(), v.maxLength(1))),
    header: v.exactOptional(v.boolean()),
    encoding: v.exactOptional(v.picklist(encodings)),
    flat: v.exactOptional(v.boolean()),
  }),
  keepLayout: layoutShape(),
  keepPosition: match,
  revealInText: v.object({ row: place }),
  act: v.object({
    action: v.picklist([
      "reload",
      "openAsText",
      "openFormatted",
      "unpack",
      "reveal",
      "resumeDownload",
      "showLog",
      "saveAs",
      "delete",
    ]),
  }),
};

/** A place from which a search goes on; -1 stands before the first. */
function cursor(): v.GenericSchema<unknown, number> {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(-1));
}

/** How a layout looks, sent by the grid or kept from an earlier session. */
export function layoutShape(): v.GenericSchema<unknown, GridRequests["keepLayout"]["argument"]> {
  return v.object({
    widths: v.record(name, v.pipe(v.number(), v.finite(), v.minValue(0))),
    order: names,
    hidden: names,
    pinned: names,
  });
}

/** Where a person was, sent by the grid or kept from an earlier session. */
export const positionShape: v.GenericSchema<unknown, GridRequests["keepPosition"]["argument"]> = match;
