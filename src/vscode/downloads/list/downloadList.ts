import * as v from "valibot";
import type { Memento } from "vscode";
import { isCancelled } from "../../../model/exportError.ts";
import { Owner } from "../../disposables.ts";
import { Emitter } from "../../emitter.ts";
import type { DownloadHistory } from "../downloadHistory.ts";
import type { TaskOrigins } from "../taskOrigins.ts";
import {
  arrangeDownloads,
  type ArrangedDownloads,
  type DownloadGrouping,
  downloadGroupings,
} from "./arrangeDownloads.ts";
import { type DownloadFilter, noDownloadFilter } from "./downloadFilter.ts";

const memoryKey = "downloadGrouping";

export interface DownloadListParts {
  readonly state: Memento;
  readonly history: Pick<DownloadHistory, "allInSlices" | "onDidChange">;
  readonly origins: Pick<TaskOrigins, "reader">;
}

interface Work {
  readonly controller: AbortController;
  /** Undefined if other work has taken its place. */
  readonly result: Promise<ArrangedDownloads | undefined>;
}

const nothing: ArrangedDownloads = { groups: [], count: 0, bytes: 0, all: 0 };

/**
 * All downloaded files, as the person wants them filtered and grouped. They are arranged when somebody asks, and again
 * only after something has changed. The grouping is kept when the window is closed.
 */
export class DownloadList extends Owner {
  readonly #parts: DownloadListParts;
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  #filter: DownloadFilter = noDownloadFilter;
  #grouping: DownloadGrouping;
  #work: Work | undefined;
  #isStopped = false;

  constructor(parts: DownloadListParts) {
    super();
    this.#parts = parts;
    const kept = v.safeParse(v.picklist(downloadGroupings), parts.state.get(memoryKey));
    this.#grouping = kept.success ? kept.output : "none";
    this.own(parts.history.onDidChange(() => this.changed()));
    this.own({
      dispose: () => {
        this.#isStopped = true;
        this.#work?.controller.abort();
      },
    });
  }

  get filter(): DownloadFilter {
    return this.#filter;
  }

  set filter(filter: DownloadFilter) {
    this.#filter = filter;
    this.changed();
  }

  get grouping(): DownloadGrouping {
    return this.#grouping;
  }

  set grouping(grouping: DownloadGrouping) {
    this.#grouping = grouping;
    void this.#parts.state.update(memoryKey, grouping);
    this.changed();
  }

  /** Something that the list shows has changed: also the name of an account, or what another window downloaded. */
  changed(): void {
    this.#work?.controller.abort();
    this.#work = undefined;
    this.#changed.fire(undefined);
  }

  /** The files as they are arranged now. Who waits while something changes gets the newer result. */
  async arranged(): Promise<ArrangedDownloads> {
    while (!this.#isStopped) {
      this.#work ??= this.#begin();
      const result = await this.#work.result;
      if (result !== undefined) return result;
    }
    return nothing;
  }

  #begin(): Work {
    const controller = new AbortController();
    return { controller, result: this.#arrange(controller.signal) };
  }

  async #arrange(signal: AbortSignal): Promise<ArrangedDownloads | undefined> {
    const { history, origins } = this.#parts;
    try {
      const records = await history.allInSlices(signal);
      const arrangement = { filter: this.#filter, grouping: this.#grouping };
      const arranged = await arrangeDownloads(records, origins.reader(), arrangement, signal);
      // A short list is arranged in one slice, which is never stopped.
      return signal.aborted ? undefined : arranged;
    } catch (error) {
      if (isCancelled(error)) return undefined;
      throw error;
    }
  }
}
