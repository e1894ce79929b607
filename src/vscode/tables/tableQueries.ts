import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { Dialect, RowPage, TaskExportsApi } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";
import { filterShape, sortShape } from "../../model/queryShapes.ts";
import { readRequest } from "../../model/readRequest.ts";
import { callOptions, fields, signal } from "../../model/requestShapes.ts";
import type { Arrangements } from "../../query/host/arrangements.ts";
import type { OpenFile } from "../../table/file/openFile.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
import { type FilePage, pageFields, readPage } from "../../table/file/readPage.ts";
import {
  encodings,
  type FindPattern,
  longestCell,
  mostRowsAtOnce,
  type ReadAs,
  type Row,
  type TableProblem,
  type TableShape,
} from "../../table/tableTypes.ts";
import { type RowNumber, rowPosition } from "../../table/view/rowIdentity.ts";
import { withSignal } from "../cancellation.ts";
import { delimiterShape, quoteShape } from "../tableEditor/requestShapes.ts";
import { toUri } from "../uris.ts";

/** How many characters of an argument an error repeats. */
const longestRepeated = 100;
/** How many rows a call returns by default, and at most. */
const defaultCount = 100;
const mostCount = 10_000;

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const dialectShape = fields({
  delimiter: v.optional(delimiterShape),
  quote: v.optional(quoteShape),
  escape: v.optional(v.picklist(["double", "backslash"])),
  header: v.optional(v.boolean()),
  encoding: v.optional(v.pipe(v.string(), v.transform(encodingNamed), v.picklist(encodings))),
});
const readOptions = v.optional(
  fields({
    from: v.optional(wholeNumber, 0),
    count: v.optional(v.pipe(wholeNumber, v.maxValue(mostCount)), defaultCount),
    dialect: v.optional(dialectShape, {}),
    sort: v.optional(sortShape, []),
    filter: v.optional(filterShape),
    signal,
  }),
  {},
);
const patternShape = fields({
  text: v.pipe(v.string(), v.minLength(1)),
  regex: v.optional(v.boolean(), false),
  caseSensitive: v.optional(v.boolean(), false),
  column: v.optional(v.union([v.string(), wholeNumber])),
});

type ReadRowsOptions = NonNullable<Parameters<TaskExportsApi["readRows"]>[1]>;
type FindRowsPattern = Parameters<TaskExportsApi["findRows"]>[1];

/** `readRows` and `findRows` of the exported API. They share open files, and so their index, with the table editor. */
export class TableQueries {
  readonly #files: OpenFiles;
  readonly #arrangements: Arrangements;

  constructor(files: OpenFiles, arrangements: Arrangements) {
    this.#files = files;
    this.#arrangements = arrangements;
  }

  /**
   * @param count at most 10,000 rows per call; default 100
   * @throws ExportError `invalidRequest`, `fileMissing`, `notAnExportFile` if it isn't a table, `fileChanged`,
   * `cancelled`
   */
  async readRows(uri: string, options?: ReadRowsOptions): Promise<RowPage> {
    const path = pathOf(uri);
    const wanted = readRequest(readOptions, options, "options");
    return withSignal({ signal: wanted.signal }, async (stop) => {
      for (;;) {
        const page = await this.#readPage(path, wanted, stop);
        if (page !== undefined) return page;
      }
    });
  }

  /** @throws ExportError as `readRows`, and `invalidRequest` for an invalid regular expression or an unknown column */
  async *findRows(
    uri: string,
    wanted: FindRowsPattern,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<{ row: number; column: number }[]> {
    const { text, regex, caseSensitive, column } = readRequest(patternShape, wanted, "pattern");
    const { signal = new AbortController().signal } = readRequest(callOptions, options, "options");
    const reference = this.#open(pathOf(uri), {});
    try {
      const opened = await reference.file.settled();
      if (opened.kind === "problem") throw problemError(opened.problem);
      const columns = column === undefined ? undefined : indexesOf(column, opened.shape);
      // A search knows one column or all of them.
      const only = columns?.length === 1 ? defined({ column: columns[0] }) : {};
      const pattern: FindPattern = { text, regex, caseSensitive, wholeWord: false, ...only };
      for await (const batch of reference.file.matches(pattern, signal)) {
        const wanted = batch.filter((match) => columns?.includes(match.column) ?? true);
        if (wanted.length > 0) yield wanted.map((match) => ({ ...match }));
      }
    } finally {
      reference.dispose();
    }
  }

  /**
   * Undefined if the file was read in another way meanwhile, because a tab shares it and its user changed a setting.
   */
  async #readPage(path: string, wanted: ReadOptions, signal: AbortSignal): Promise<RowPage | undefined> {
    const reference = this.#open(path, wanted.dialect);
    try {
      if (wanted.sort.length === 0 && wanted.filter === undefined) return await pageOf(reference.file, wanted, signal);
      return await this.#arrangedPage(reference.file, wanted, signal);
    } finally {
      reference.dispose();
    }
  }

  async #arrangedPage(file: OpenFile, wanted: ReadOptions, signal: AbortSignal): Promise<RowPage | undefined> {
    const opened = await file.settled();
    if (opened.kind === "problem") return pageOfProblem(opened.problem, wanted.from, wanted.dialect);
    const order = await this.#arrangements.order(file, wanted.sort, wanted.filter ?? null, { signal });
    const numbers = await order.numbers(rowPosition(wanted.from), wanted.count, signal);
    const rows = await rowsAt(file, numbers, signal);
    const page = { shape: opened.shape, rows, total: order.rows };
    return { ...rowPageOf(page, wanted.from), rowNumbers: [...numbers] };
  }

  #open(path: string, readAs: ReadAs): FileReference {
    return this.#files.open({ path, growing: false, readAs });
  }
}

/** Rows by their numbers, as many at once as the reader answers. */
async function rowsAt(file: OpenFile, numbers: readonly RowNumber[], signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < numbers.length; from += mostRowsAtOnce) {
    const some = numbers.slice(from, from + mostRowsAtOnce);
    rows.push(...(await file.rowsAt({ rows: some, longest: longestCell }, signal)).rows);
  }
  return rows;
}

/** The name of an encoding for any of its labels, such as `latin1`. */
function encodingNamed(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return label;
  }
}

type ReadOptions = v.InferOutput<typeof readOptions>;

/**
 * The path of a file that a program names.
 *
 * @param name the argument, for a message
 * @throws ExportError `invalidRequest` if it isn't on this computer
 */
export function pathOf(uri: unknown, name = "uri"): string {
  const { scheme, fsPath } = toUri(readRequest(v.string(), uri, name));
  // The path of any other URI would be a different file on this computer.
  if (scheme !== "file") {
    throw invalidArgument(t("The file isn't on this computer. Specify it by a file URI or its absolute path."));
  }
  return fsPath;
}

async function pageOf(
  file: OpenFile,
  { from, count, dialect }: ReadOptions,
  signal: AbortSignal,
): Promise<RowPage | undefined> {
  const page = await readPage(file, { from, count }, signal);
  switch (page.kind) {
    case "problem":
      return pageOfProblem(page.problem, from, dialect);
    case "reread":
      return undefined;
    case "rows":
      return rowPageOf(page, from);
  }
}

function rowPageOf(page: FilePage, from: number): RowPage {
  const { shape, rows } = page;
  return {
    columns: shape.columns.map(({ name }) => name),
    rows: rows.map(({ cells }) => [...cells]),
    from,
    dialect: dialectOf(shape),
    ...pageFields(page),
  };
}

function pageOfProblem(problem: TableProblem, from: number, dialect: Dialect): RowPage {
  if (problem.kind === "empty") return { columns: [], rows: [], from, total: 0, dialect };
  throw problemError(problem);
}

export function problemError(problem: TableProblem): ExportError {
  switch (problem.kind) {
    case "missing":
      return new ExportError("fileMissing", t("The file was moved or deleted. Download the export again."));
    case "unreadable":
      return new ExportError("fileMissing", t("Couldn't read the file ({0}). Check its permissions.", problem.reason));
    case "parquet":
      return parquetProblem(problem.reason);
    case "empty":
    case "binary":
    case "gzip":
    case "zip":
    case "page":
    case "jsonText":
    case "brokenJson":
      return new ExportError("notAnExportFile", t("The file isn't a table. Open it as text to see what it contains."), {
        details: { reason: problem.kind },
      });
  }
}

function parquetProblem(reason = t("The Parquet file can't be read.")): ExportError {
  return new ExportError("notAnExportFile", reason, { details: { reason: "parquet" } });
}

function dialectOf({ reading: { delimiter, quote, escape, header, encoding } }: TableShape): Dialect {
  return { delimiter, quote, header, encoding, ...defined({ escape }) };
}

/** The columns with a name, or the one with an index. */
function indexesOf(column: string | number, { columns }: TableShape): number[] {
  const indexes = columns.flatMap(({ name }, index) => (name === column || index === column ? [index] : []));
  if (indexes.length === 0) throw invalidArgument(t("There is no column named {0}.", startOf(String(column))));
  return indexes;
}

/** A text that a caller passed can be long. */
function startOf(text: string): string {
  return text.length > longestRepeated ? `${text.slice(0, longestRepeated)}…` : text;
}
