import type { UnfinishedFile } from "../downloads/unfinishedFiles.ts";

/** As often as an eye can follow, and rows are asked for anew. */
const showEveryMs = 100;

export const isSameExport = (one: UnfinishedFile, other: UnfinishedFile): boolean =>
  one.accountId === other.accountId && one.taskId === other.taskId && one.file === other.file;

/** Follows one download for a reader: not more often than is useful, and knowing when it began anew. */
export class UnfinishedFileFollower {
  readonly #show: (changed: UnfinishedFile) => void;
  #current: UnfinishedFile | undefined;
  #shown: UnfinishedFile | undefined;
  #beganAnew = false;
  #shownAt = Number.NEGATIVE_INFINITY;
  #next: NodeJS.Timeout | undefined;

  constructor(current: UnfinishedFile | undefined, { show }: { show: (changed: UnfinishedFile) => void }) {
    this.#current = current;
    this.#shown = current;
    this.#show = show;
  }

  /** Undefined when there is no download, or none any more. */
  get current(): UnfinishedFile | undefined {
    return this.#current;
  }

  /** Since it was shown last, bytes that a reader may have read went away: they are to be read from the beginning. */
  get beganAnew(): boolean {
    return this.#beganAnew;
  }

  take(changed: UnfinishedFile): void {
    const { kind } = changed.state;
    const before = this.#current;
    if (before?.part !== changed.part || changed.bytes < before.bytes) this.#beganAnew = true;
    this.#current = changed;
    const wait = this.#shownAt + showEveryMs - performance.now();
    if (kind !== "growing" || this.#shown?.state.kind !== "growing" || wait <= 0) this.#showNow();
    else this.#next ??= setTimeout(() => this.#showNow(), wait);
  }

  dispose(): void {
    clearTimeout(this.#next);
  }

  #showNow(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    const changed = this.#current;
    if (changed === undefined) return;
    this.#shown = changed;
    this.#shownAt = performance.now();
    if (changed.state.kind === "placed" || changed.state.kind === "gone") this.#current = undefined;
    this.#show(changed);
    this.#beganAnew = false;
  }
}
