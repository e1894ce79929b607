import type { FindPattern, FindProgress } from "../../../table/tableTypes.ts";
import type { ViewCell, ViewMatch } from "../../../table/view/rowView.ts";
import type { HostLink } from "../hostLink.ts";
import { Refusal } from "../hostLink.ts";

/** What the find bar shows. */
export interface FindView {
  readonly pattern?: FindPattern;
  readonly progress?: FindProgress;
  /** The match that was shown last. */
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

/**
 * One search after the other over the whole file; the host does the searching. Its searches have numbers, which may
 * start again with any search: only the answer to `find` tells which number is the present search's.
 */
export class FindSession {
  readonly #link: HostLink;
  readonly #listener: FindListener;
  #view: FindView = { looking: false };
  #running = new AbortController();
  /** Progress of searches by number, until it is known which of them is the current one. */
  readonly #early = new Map<number, FindProgress>();
  /** `endFind` requests without an answer. Until the answer, events are about searches that were ended. */
  #ending = 0;
  /** Steps from match to match, one after another. Resolves to the cell of the last one. */
  #steps = nowhere;

  constructor(link: HostLink, listener: FindListener) {
    this.#link = link;
    this.#listener = listener;
    link.on("find", (progress) => this.#receive(progress));
  }

  get view(): FindView {
    return this.#view;
  }

  /** Starts a search, which ends the previous one. With a cell, goes to the first match there or after it. */
  search(pattern: FindPattern, from?: ViewCell): void {
    this.#stop();
    this.#show({ pattern, looking: false });
    const { signal } = this.#running;
    this.#link.ask("find", pattern, signal).then(
      (progress) => {
        this.#start(progress);
        // The cell itself counts, so the search starts just before it.
        if (from) this.goOn({ position: from.position, column: from.column - 1 }, "next");
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#show({ pattern, problem: error instanceof Error ? error.message : String(error), looking: false });
      },
    );
  }

  /**
   * Goes to the nearest match after or before a cell. A call before that match is found continues from it, so that no
   * key press is lost.
   */
  goOn(from: ViewCell, direction: "next" | "previous"): void {
    if (this.#view.pattern === undefined || this.#view.problem !== undefined) return;
    const { signal } = this.#running;
    this.#steps = this.#steps.then((found) => this.#step(found ?? from, direction, signal));
    const steps = this.#steps;
    void steps.then(() => {
      // The next key press starts from the cell that has the focus then.
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

  /** Ends the search and removes the marks. */
  end(): void {
    const searched = this.#view.pattern !== undefined;
    this.#stop();
    this.#show({ looking: false });
    if (searched) void this.#endOnHost();
  }

  async #endOnHost(): Promise<void> {
    this.#ending += 1;
    // A host that refuses to end a search has none.
    await this.#link.ask("endFind", {}).catch(() => undefined);
    this.#ending -= 1;
  }

  #stop(): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#steps = nowhere;
    this.#early.clear();
  }

  /** The answer to `find`. From now on, only progress with its number counts. */
  #start(progress: FindProgress): void {
    const early = this.#early.get(progress.search);
    this.#early.clear();
    this.#advance(progress);
    if (early) this.#receive(early);
  }

  #receive(progress: FindProgress): void {
    const { pattern, progress: before } = this.#view;
    if (pattern === undefined || this.#ending > 0) return;
    if (before === undefined) this.#early.set(progress.search, progress);
    else if (progress.search === before.search && !isBehind(progress, before)) this.#advance(progress);
  }

  #advance(progress: FindProgress): void {
    const wasDone = this.#view.progress?.done === true;
    this.#show({ ...this.#view, progress });
    if (progress.done && !wasDone) this.#listener.onDone(progress);
  }

  #show(view: FindView): void {
    this.#view = view;
    this.#listener.onChange(view);
  }
}

/** Whether this is about the same file, but from before the search was done. */
function isBehind(progress: FindProgress, before: FindProgress): boolean {
  return before.done && !progress.done && progress.bytes === before.bytes;
}
