import { ExportError } from "../../model/exportError.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import type { ColumnProfile, QueryResult } from "../../model/queryContract.ts";
import type { ArrangeRequest, ColumnValuesRequest, ProfileRequest, QueryRequest } from "../engineMessages.ts";
import type { CountedValues } from "../statements/columnValues.ts";
import { type CallOptions, EngineHost, type EngineHostParts } from "./engineHost.ts";
import { withProgress } from "./engineProcess.ts";
import { EngineOrder } from "./engineOrder.ts";

export interface ProfileOptions extends CallOptions {
  /** Called with each profile as soon as it is ready. */
  readonly onProfile?: ((column: number, profile: ColumnProfile) => void) | undefined;
}

/** What the extension asks the engine for: sorting, filtering and SQL. */
export class QueryEngine {
  readonly host: EngineHost;

  constructor(parts: EngineHostParts) {
    this.host = new EngineHost(parts);
  }

  /** Why there is no engine in this installation; undefined if there is one. */
  get missing(): ExportError | undefined {
    return this.host.missing;
  }

  /**
   * Sorts and filters the rows of an export.
   *
   * @throws ExportError `engineMissing`, `engineFailed`, `queryTooLarge`, `diskFull`, `fileChanged`, `cancelled`;
   * `invalidRequest` for an unknown column or a value that the column can't be compared with
   */
  arrange(request: ArrangeRequest, options: CallOptions): Promise<RowOrder> {
    return EngineOrder.create(this.host, request, options);
  }

  /**
   * Runs one statement that only reads. `elapsedMs` includes extracting the columns.
   *
   * @throws ExportError `badQuery` (`details.position`, `details.candidates`), `queryRefused`, and as `arrange`
   */
  async query(request: QueryRequest, { signal, onProgress }: CallOptions): Promise<QueryResult> {
    const work = this.host.nextNumber();
    const answer = await this.host.use(
      (process) => withProgress(process, work, onProgress, () => process.ask("query", { ...request, work }, signal)),
      signal,
    );
    if (answer.kind === "result") return answer.result;
    throw new ExportError(answer.code, answer.message, { details: answer.details });
  }

  /** What can follow at a place of a statement. */
  complete(sql: string, position: number, signal: AbortSignal): Promise<readonly { text: string; from: number }[]> {
    return this.host.use((process) => process.ask("complete", { sql: sql.slice(0, position) }, signal), signal);
  }

  /**
   * Says what columns contain: types, counts, ranges, frequent values.
   *
   * @throws ExportError as `arrange`
   */
  async profile(
    request: ProfileRequest,
    { signal, onProgress, onProfile }: ProfileOptions,
  ): Promise<readonly ColumnProfile[]> {
    const work = this.host.nextNumber();
    return this.host.use(async (process) => {
      const listening = process.on("profiled", ({ column, profile, ...told }) => {
        if (told.work === work) onProfile?.(column, profile);
      });
      try {
        return await withProgress(process, work, onProgress, () =>
          process.ask("profile", { ...request, work }, signal),
        );
      } finally {
        listening.dispose();
      }
    }, signal);
  }

  /**
   * The different values of a column, the most frequent first.
   *
   * @throws ExportError as `arrange`
   */
  columnValues(request: ColumnValuesRequest, signal: AbortSignal): Promise<CountedValues> {
    return this.host.use((process) => process.ask("columnValues", request, signal), signal);
  }

  dispose(): void {
    this.host.dispose();
  }
}
