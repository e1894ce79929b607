import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { comesFrom, growingAt } from "./unfinishedSource.ts";

/** As often as the eye can follow; each time, rows are asked for again. */
const showEveryMs = 100;

/** @param startedOver bytes that may have been read are gone: the file has to be read from its beginning */
type OnChange = (changed: UnfinishedFile, startedOver: boolean) => void;

/** Follows the download that a file comes from, if there is one, and tells of it no more often than is useful. */
export class DownloadFollower {
  readonly #path: string;
  readonly #unfinished: UnfinishedFiles;
  readonly #onChange: OnChange;
  readonly #listening: { dispose(): void };
  #current: UnfinishedFile | undefined;
  #shown: UnfinishedFile | undefined;
  #startedOver = false;
  #shownAt = Number.NEGATIVE_INFINITY;
  #next: NodeJS.Timeout | undefined;

  /** @param path where the file will be, or its part */
  constructor(path: string, unfinished: UnfinishedFiles, onChange: OnChange) {
    this.#path = path;
    this.#unfinished = unfinished;
    this.#onChange = onChange;
    this.#current = growingAt(path, unfinished);
    this.#shown = this.#current;
    this.#listening = unfinished.listen((changed) => {
      if (this.#isFollowed(changed)) this.#take(changed);
    });
  }

  /** Undefined when the file comes from no download, or not any more. */
  get current(): UnfinishedFile | undefined {
    return this.#current;
  }

  /** For a file that is missing: follows its download if there is one by now. Tells whether there is. */
  lookAgain(): boolean {
    const found = this.#current === undefined ? growingAt(this.#path, this.#unfinished) : undefined;
    if (found !== undefined) this.#take(found);
    return found !== undefined;
  }

  dispose(): void {
    this.#listening.dispose();
    clearTimeout(this.#next);
  }

  #isFollowed(changed: UnfinishedFile): boolean {
    if (this.#current !== undefined) return isSameFile(this.#current, changed);
    return !isOver(changed) && comesFrom(this.#path, changed);
  }

  #take(changed: UnfinishedFile): void {
    const before = this.#current;
    if (before?.part !== changed.part || changed.bytes < before.bytes) this.#startedOver = true;
    this.#current = changed;
    const wait = this.#shownAt + showEveryMs - performance.now();
    const isGrowing = changed.state.kind === "growing" && this.#shown?.state.kind === "growing";
    if (!isGrowing || wait <= 0) this.#show(changed);
    else this.#next ??= setTimeout(() => this.#show(this.#current ?? changed), wait);
  }

  #show(changed: UnfinishedFile): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    this.#shown = changed;
    this.#shownAt = performance.now();
    if (isOver(changed)) this.#current = undefined;
    const startedOver = this.#startedOver;
    this.#startedOver = false;
    this.#onChange(changed, startedOver);
  }
}

const isOver = ({ state }: UnfinishedFile): boolean => state.kind === "placed" || state.kind === "gone";

const isSameFile = (one: UnfinishedFile, other: UnfinishedFile): boolean =>
  one.accountId === other.accountId && one.taskId === other.taskId && one.file === other.file;
