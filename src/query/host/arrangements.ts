import { isDeepStrictEqual } from "node:util";
import type { Filter, SortKey } from "../../model/queryContract.ts";
import type { ViewedFile } from "../../table/tableReader.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import { arrangeFile } from "./arrangeFile.ts";
import type { CallOptions } from "./engineHost.ts";
import { exportSourceOf } from "./exportSourceOf.ts";
import type { QueryEngine } from "./queryEngine.ts";

/** How long an order is kept after its last use, because a program reads page after page. */
const unusedMs = 30_000;

interface Wanted {
  readonly key: string;
  readonly sort: readonly SortKey[];
  readonly filter: Filter | null;
}

interface Entry {
  readonly wanted: Wanted;
  readonly order: RowOrder;
  closing: NodeJS.Timeout | undefined;
}

/** Orders that programs read page by page, so that the rows are not sorted again for each page. */
export class Arrangements {
  readonly #engine: QueryEngine;
  readonly #entries = new Set<Entry>();

  constructor(engine: QueryEngine) {
    this.#engine = engine;
  }

  /** The order belongs to the arrangements. Use it at once. @throws ExportError as `arrangeFile` */
  async order(
    file: ViewedFile,
    sort: readonly SortKey[],
    filter: Filter | null,
    options: CallOptions,
  ): Promise<RowOrder> {
    const source = await exportSourceOf(file, options.signal);
    const wanted: Wanted = { key: source.key, sort, filter };
    const known = [...this.#entries].find((entry) => isDeepStrictEqual(entry.wanted, wanted));
    if (known !== undefined) return this.#used(known);
    const order = await arrangeFile(this.#engine, file, { sort, filter }, options, source);
    const entry: Entry = { wanted, order, closing: undefined };
    this.#entries.add(entry);
    return this.#used(entry);
  }

  dispose(): void {
    for (const entry of [...this.#entries]) this.#close(entry);
  }

  #used(entry: Entry): RowOrder {
    clearTimeout(entry.closing);
    entry.closing = setTimeout(() => this.#close(entry), unusedMs).unref();
    return entry.order;
  }

  #close(entry: Entry): void {
    clearTimeout(entry.closing);
    this.#entries.delete(entry);
    entry.order.dispose();
  }
}
