import type { FindPattern, FindProgress } from "../../../table/tableTypes.ts";
import type { ViewCell, ViewMatch } from "../../../table/view/rowView.ts";
import type { HostLink } from "../hostLink.ts";
import { Refusal } from "../hostLink.ts";

/** What the find bar shows. */
export interface FindView {
  readonly pattern?: FindPattern;
  readonly progress?: FindProgress;
  /** The match that was gone to last. */
  readonly current?: ViewMatch;
  /** Why there is no search; one whole sentence. */
  readonly problem?: string;
  /** A match is looked for. */
  readonly looking: boolean;
}

export interface FindListener {
  onChange(view: FindView): void;
  onMatch(match: ViewMatch, view: FindView): void;
  /** The whole file was searched. */
  onDone(progress: FindProgress): void;
}

const nowhere: Promise<ViewCell | undefined> = Promise.resolve(undefined);

/** One search after the other over the whole file; the host does the searching. */
export class FindSession {
  readonly #link: HostLink;
  readonly #listener: FindListener;
  #view: FindView = { looking: false };
  #lastSearch = -1;
  #running = new AbortController();
  /** Steps from match to match, one after the other; answers where the last one led to. */
  #steps = nowhere;

  constructor(link: HostLink, listener: FindListener) {
    this.#link = link;
    this.#listener = listener;
    link.on("find", (progress) => this.#progress(progress));
  }

  get view(): FindView {
    return this.#view;
  }

  /** Begins a search in place of the one before, and goes to the first match from a place on. */
  search(pattern: FindPattern, from: ViewCell): void {
    this.#stop();
    this.#show({ pattern, looking: false });
    const { signal } = this.#running;
    this.#link.ask("find", pattern, signal).then(
      (progress) => {
        this.#progress(progress);
        // The place itself counts, so it is looked for from just before it.
        this.goOn({ position: from.position, column: from.column - 1 }, "next");
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#show({ pattern, problem: error instanceof Error ? error.message : String(error), looking: false });
      },
    );
  }

  /**
   * Goes to the nearest match after or before a place. Asked again before that is found, it goes on from there: no
   * press of a key is lost.
   */
  goOn(from: ViewCell, direction: "next" | "previous"): void {
    if (this.#view.pattern === undefined || this.#view.problem !== undefined) return;
    const { signal } = this.#running;
    this.#steps = this.#steps.then((found) => this.#step(found ?? from, direction, signal));
    const steps = this.#steps;
    void steps.then(() => {
      // Whoever presses the key after that begins where the person is then.
      if (this.#steps === steps) this.#steps = nowhere;
    });
  }

  async #step(from: ViewCell, direction: "next" | "previous", signal: AbortSignal): Promise<ViewCell | undefined> {
    if (signal.aborted) return undefined;
    this.#show({ ...this.#view, looking: true });
    try {
      const match = await this.#link.ask("findNext", { from, direction }, signal);
      this.#show({ ...this.#view, looking: false, ...(match && { current: match }) });
      if (match) this.#listener.onMatch(match, this.#view);
      return match ?? undefined;
    } catch (error) {
      if (this.#running.signal !== signal) return undefined;
      const problem = error instanceof Refusal && error.code !== "cancelled" ? { problem: error.message } : {};
      this.#show({ ...this.#view, ...problem, looking: false });
      return undefined;
    }
  }

  /** Ends the search; nothing is marked any more. */
  end(): void {
    const searched = this.#view.pattern !== undefined;
    this.#stop();
    this.#show({ looking: false });
    if (searched) void this.#link.ask("endFind", {}).catch(() => undefined);
  }

  #stop(): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#steps = nowhere;
    if (this.#view.progress) this.#lastSearch = this.#view.progress.search;
  }

  #progress(progress: FindProgress): void {
    const { pattern, progress: before } = this.#view;
    if (pattern === undefined || progress.search <= this.#lastSearch) return;
    if (before && (progress.search < before.search || (before.done && !progress.done && sameBytes(before, progress))))
      return;
    this.#show({ ...this.#view, progress });
    if (progress.done && before?.done !== true) this.#listener.onDone(progress);
  }

  #show(view: FindView): void {
    this.#view = view;
    this.#listener.onChange(view);
  }
}

function sameBytes(one: FindProgress, other: FindProgress): boolean {
  return one.bytes === other.bytes;
}
