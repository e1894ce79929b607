import * as v from "valibot";
import { boundedList } from "../../model/boundedShapes.ts";
import type { ColumnProfile, TaskExportsApi } from "../../model/contract.ts";
import { columnShape, filterShape } from "../../model/queryShapes.ts";
import { readRequest } from "../../model/readRequest.ts";
import { fields, signal } from "../../model/requestShapes.ts";
import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import { columnIndex } from "../../query/statements/columnIndex.ts";
import type { OpenFiles } from "../../table/file/openFiles.ts";
import { withSignal } from "../cancellation.ts";
import { pathOf, problemError } from "./tableQueries.ts";

const mostColumns = 100_000;

const profileOptions = v.optional(
  fields({ columns: v.optional(boundedList(columnShape, mostColumns)), filter: v.optional(filterShape), signal }),
  {},
);

type ProfileOptions = NonNullable<Parameters<TaskExportsApi["profile"]>[1]>;

/** `profile` of the exported API. */
export class TableProfiles {
  readonly #files: OpenFiles;
  readonly #engine: QueryEngine;

  constructor(files: OpenFiles, engine: QueryEngine) {
    this.#files = files;
    this.#engine = engine;
  }

  /** @throws ExportError as `TableQueries.readRows` and `QueryEngine.profile`; `invalidRequest` for an unknown column */
  async profile(uri: string, options?: ProfileOptions): Promise<ColumnProfile[]> {
    const path = pathOf(uri);
    const wanted = readRequest(profileOptions, options, "options");
    const reference = this.#files.open({ path, growing: false, readAs: {} });
    try {
      return await withSignal({ signal: wanted.signal }, async (stop) => {
        const opened = await reference.file.settled();
        if (opened.kind === "problem") {
          if (opened.problem.kind === "empty") return [];
          throw problemError(opened.problem);
        }
        const source = await exportSourceOf(reference.file, stop);
        const names = source.columns.map(({ name }) => name);
        const columns = wanted.columns?.map((column) => columnIndex(column, names)) ?? [...names.keys()];
        const filter = wanted.filter ?? null;
        return [...(await this.#engine.profile({ source, columns, filter }, { signal: stop }))];
      });
    } finally {
      reference.dispose();
    }
  }
}
