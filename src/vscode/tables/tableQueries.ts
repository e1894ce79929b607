import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { Dialect, RowPage, TaskExportsApi } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";
import { readRequest } from "../../model/readRequest.ts";
import { callOptions, fields, signal } from "../../model/requestShapes.ts";
import type { OpenFile } from "../../table/file/openFile.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
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
import { withSignal } from "../cancellation.ts";
import { toUri } from "../uris.ts";
import { rowNumber } from "../../table/view/rowIdentity.ts";

/** How many rows a call returns by default, and at most. */
const defaultCount = 100;
const mostCount = 10_000;

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const oneCharacter = v.pipe(v.string(), v.regex(/^[\x20-\x7e\t]$/u));
const dialectShape = fields({
  delimiter: v.optional(oneCharacter),
  quote: v.optional(v.union([v.literal(""), oneCharacter])),
  header: v.optional(v.boolean()),
  encoding: v.optional(v.picklist(encodings)),
});
const readOptions = v.optional(
  fields({
    from: v.optional(wholeNumber, 0),
    count: v.optional(v.pipe(wholeNumber, v.maxValue(mostCount)), defaultCount),
    dialect: v.optional(dialectShape, {}),
    signal,
  }),
  {},
);
const patternShape = fields({
  text: v.pipe(v.string(), v.minLength(1)),
  regex: v.optional(v.boolean(), false),
  caseSensitive: v.optional(v.boolean(), false),
  column: v.optional(v.string()),
});

type ReadRowsOptions = NonNullable<Parameters<TaskExportsApi["readRows"]>[1]>;
type FindRowsPattern = Parameters<TaskExportsApi["findRows"]>[1];

/** `readRows` and `findRows` of the exported API. They share open files, and so their index, with the table editor. */
export class TableQueries {
  readonly #files: OpenFiles;

  constructor(files: OpenFiles) {
    this.#files = files;
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
      const only = defined({ column: column === undefined ? undefined : indexOf(column, opened.shape) });
      const pattern: FindPattern = { text, regex, caseSensitive, wholeWord: false, ...only };
      for await (const batch of reference.file.matches(pattern, signal)) yield batch.map((match) => ({ ...match }));
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
      return await readPage(reference.file, wanted, signal);
    } finally {
      reference.dispose();
    }
  }

  #open(path: string, readAs: ReadAs): FileReference {
    return this.#files.open({ path, growing: false, readAs });
  }
}

type ReadOptions = v.InferOutput<typeof readOptions>;

function pathOf(uri: unknown): string {
  const { scheme, fsPath } = toUri(readRequest(v.string(), uri, "uri"));
  // The path of any other URI would be a different file on this computer.
  if (scheme !== "file") {
    throw invalidArgument(t("The file isn't on this computer. Specify it by a file URI or its absolute path."));
  }
  return fsPath;
}

async function readPage(
  file: OpenFile,
  { from, count, dialect }: ReadOptions,
  signal: AbortSignal,
): Promise<RowPage | undefined> {
  const opened = await file.settled();
  if (opened.kind === "problem") return pageOfProblem(opened.problem, from, dialect);
  const progress = await file.indexed(from + count, signal);
  const rows = await rowsOf(file, from, count, signal);
  // Reading JSON records may have added columns.
  const now = await file.settled();
  if (now.kind === "problem" || now.shape.version !== opened.shape.version) return undefined;
  const { shape } = now;
  return {
    columns: shape.columns.map(({ name }) => name),
    rows: rows.map(({ cells }) => [...cells]),
    from,
    dialect: dialectOf(shape),
    ...defined({ total: progress.exact ? progress.rows : undefined, unreadableRows: unreadableRows(rows) }),
  };
}

async function rowsOf(file: OpenFile, from: number, count: number, signal: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < count) {
    const wanted = Math.min(mostRowsAtOnce, count - rows.length);
    const first = rowNumber(from + rows.length);
    const page = await file.rows({ from: first, count: wanted, longest: longestCell }, signal);
    rows.push(...page.rows);
    if (page.rows.length < wanted) break;
  }
  return rows;
}

function pageOfProblem(problem: TableProblem, from: number, dialect: Dialect): RowPage {
  if (problem.kind === "empty") return { columns: [], rows: [], from, total: 0, dialect };
  throw problemError(problem);
}

function problemError(problem: TableProblem): ExportError {
  switch (problem.kind) {
    case "missing":
      return new ExportError("fileMissing", t("The file was moved or deleted. Download the export again."));
    case "unreadable":
      return new ExportError("fileMissing", t("Couldn't read the file ({0}). Check its permissions.", problem.reason));
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

function unreadableRows(rows: readonly Row[]): number | undefined {
  const count = rows.filter(({ malformed }) => malformed === true).length;
  return count === 0 ? undefined : count;
}

function dialectOf({ reading: { delimiter, quote, header, encoding } }: TableShape): Dialect {
  return { delimiter, quote, header, encoding };
}

function indexOf(name: string, { columns }: TableShape): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index < 0) throw invalidArgument(t("There is no column named {0}.", name));
  return index;
}
