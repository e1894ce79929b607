import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "../../model/accountErrors.ts";
import { boundedRecord } from "../../model/boundedShapes.ts";
import type { QueryResult, TaskExportsApi } from "../../model/contract.ts";
import { readRequest } from "../../model/readRequest.ts";
import { fields, signal } from "../../model/requestShapes.ts";
import type { NamedExport } from "../../query/engineMessages.ts";
import { exportSourceOf, stillDownloading } from "../../query/host/exportSourceOf.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
import { withSignal } from "../cancellation.ts";
import type { UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { isUnfinished } from "./tabFiles.ts";
import { pathOf, problemError } from "./tableQueries.ts";

/** The name of the file's own table. */
const exportName = "export";
const mostOthers = 100;
const mostRows = 10_000_000;
const longestStatement = 1_000_000;

const statementShape = v.pipe(v.string(), v.minLength(1), v.maxLength(longestStatement));
const queryOptions = v.optional(
  fields({
    others: v.optional(
      boundedRecord(v.string(), mostOthers, () => t("At most {0} other files can be queried together.", mostOthers)),
      {},
    ),
    maxRows: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(mostRows))),
    signal,
  }),
  {},
);

type QueryOptions = NonNullable<Parameters<TaskExportsApi["query"]>[2]>;

export interface ExportQueriesParts {
  readonly files: OpenFiles;
  readonly engine: QueryEngine;
  readonly unfinished: UnfinishedFiles;
  readonly usualMaxRows: () => number;
}

/** `query` of the exported API. */
export class ExportQueries {
  readonly #parts: ExportQueriesParts;

  constructor(parts: ExportQueriesParts) {
    this.#parts = parts;
  }

  /**
   * @throws ExportError `badQuery`, `queryRefused`, `queryTooLarge`, `engineMissing`, `engineFailed`, `invalidRequest`,
   * `fileMissing`, `fileChanged`, `notAnExportFile`, `cancelled`
   */
  async query(uri: string, statement: string, options?: QueryOptions): Promise<QueryResult> {
    const sql = readRequest(statementShape, statement, "sql");
    const { others, maxRows, signal: given } = readRequest(queryOptions, options, "options");
    refuseTakenNames(Object.keys(others));
    const paths = new Map([[exportName, pathOf(uri)], ...Object.entries(others).map(namedPath)]);
    return withSignal({ signal: given }, (stop) =>
      this.#withExports(paths, stop, (exports) =>
        this.#parts.engine.query({ sql, exports, maxRows: maxRows ?? this.#parts.usualMaxRows() }, { signal: stop }),
      ),
    );
  }

  async #withExports<Result>(
    paths: ReadonlyMap<string, string>,
    stop: AbortSignal,
    work: (exports: readonly NamedExport[]) => Promise<Result>,
  ): Promise<Result> {
    const references: FileReference[] = [];
    try {
      const exports: NamedExport[] = [];
      for (const [name, path] of paths) {
        if (isUnfinished(path, this.#parts.unfinished)) throw stillDownloading();
        const reference = this.#parts.files.open({ path, growing: false, readAs: {} });
        references.push(reference);
        const opened = await reference.file.settled();
        if (opened.kind === "problem") throw problemError(opened.problem);
        exports.push({ name, source: await exportSourceOf(reference.file, stop) });
      }
      return await work(exports);
    } finally {
      for (const reference of references) reference.dispose();
    }
  }
}

/** Each table also has one with `_text` after its name. Names are compared without regard to case, as in SQL. */
function refuseTakenNames(names: readonly string[]): void {
  const taken = new Set<string>();
  for (const name of [exportName, ...names]) {
    for (const each of [name, `${name}_text`].map((one) => one.toLowerCase())) {
      if (taken.has(each)) throw invalidArgument(t("Two tables would have the name {0}. Use other names.", each));
      taken.add(each);
    }
  }
}

function namedPath([name, uri]: [string, string]): [string, string] {
  return [name, pathOf(uri)];
}
