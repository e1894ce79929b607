import type { ExportError } from "../../model/exportError.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import type { ArrangeRequest } from "../engineMessages.ts";
import { type CallOptions, EngineHost, type EngineHostParts } from "./engineHost.ts";
import { EngineOrder } from "./engineOrder.ts";

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

  dispose(): void {
    this.host.dispose();
  }
}
