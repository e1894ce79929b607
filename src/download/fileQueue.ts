import PQueue from "p-queue";
import { cancelled } from "../model/exportError.ts";

/** Where files of all tasks wait for their turn. */
export interface FileQueue {
  /**
   * Does the work of one file when its turn comes, in the order of asking. One that fails stops no other.
   *
   * @throws ExportError `cancelled` as soon as the signal ends while it waits; what the work throws. Once begun, the
   * work itself has to heed the signal, and keeps its place until it has ended.
   */
  run<T>(work: () => Promise<T>, turn: Turn): Promise<T>;
}

/** One that may have to wait. */
export interface Turn {
  readonly signal: AbortSignal;
  /** Others come first. */
  readonly onWaiting: () => void;
  /** The wait is over. Not called where there was none. */
  readonly onTurn: () => void;
}

/**
 * @param limit how many files at once, at least 1; asked again whenever one comes or ends, so that a changed setting
 * counts from then on.
 */
export function createFileQueue(limit: () => number): FileQueue {
  const queue = new PQueue();
  const readLimit = (): void => {
    queue.concurrency = Math.max(1, Math.trunc(limit()));
  };
  return {
    async run(work, { signal, onWaiting, onTurn }) {
      readLimit();
      // The queue would take a signal for the end of work that is still tidying up, so it only sees the one for the wait.
      const wait = new AbortController();
      const giveUp = (): void => wait.abort(cancelled());
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) giveUp();
      const state = { begun: false, waited: false };
      const begin = async (): ReturnType<typeof work> => {
        signal.removeEventListener("abort", giveUp);
        state.begun = true;
        if (state.waited) onTurn();
        try {
          return await work();
        } finally {
          readLimit();
        }
      };
      try {
        const end = queue.add(begin, { signal: wait.signal });
        state.waited = !state.begun && !signal.aborted;
        if (state.waited) onWaiting();
        return await end;
      } finally {
        signal.removeEventListener("abort", giveUp);
      }
    },
  };
}

/** The two turns that a file waits for. */
export interface DownloadQueues {
  /** From opening the part until the file has its final name. */
  readonly files: FileQueue;
  /** While bytes come. */
  readonly transfers: FileQueue;
}

/**
 * So many files more may be opened, compared or placed while others use the network: with small files that takes as
 * long as fetching them, and the network would stand idle meanwhile.
 */
const besidesTransfers = 4;

/** @param limit how many files are fetched at once; asked as by `createFileQueue`. */
export function createDownloadQueues(limit: () => number): DownloadQueues {
  return { files: createFileQueue(() => limit() + besidesTransfers), transfers: createFileQueue(limit) };
}
