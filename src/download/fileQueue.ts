import { cancelled, throwIfCancelled } from "../model/exportError.ts";

/** The queue in which the files of all tasks wait. */
export interface FileQueue {
  /**
   * Runs the work of one file when it is its turn, in the order of the calls. A failure does not stop the others.
   *
   * @throws ExportError `cancelled` as soon as the signal is aborted while waiting; whatever the work throws. Once
   * started, the work has to watch the signal itself, and it occupies its slot until it has ended or calls `leave`.
   */
  run<T>(work: (leave: () => void) => Promise<T>, turn: Turn): Promise<T>;
}

/** A caller that may have to wait. */
export interface Turn {
  readonly signal: AbortSignal;
  /** Other callers are ahead. */
  readonly onWaiting: () => void;
  /** The wait is over. Not called if there was none. */
  readonly onTurn: () => void;
}

/**
 * @param limit how many files at a time, at least 1. Read each time a file is added or done, so that a changed setting
 * takes effect then.
 */
export function createFileQueue(limit: () => number): FileQueue {
  const waiting: (() => void)[] = [];
  let running = 0;
  const hasSlot = (): boolean => running < Math.max(1, Math.trunc(limit()));
  const admit = (): void => {
    while (waiting.length > 0 && hasSlot()) {
      running += 1;
      waiting.shift()?.();
    }
  };
  const enter = (signal: AbortSignal): Promise<void> | undefined => {
    throwIfCancelled(signal);
    admit();
    if (waiting.length === 0 && hasSlot()) {
      running += 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(cancelled());
      };
      signal.addEventListener("abort", leave, { once: true });
      waiting.push(start);
    });
  };
  return {
    async run(work, { signal, onWaiting, onTurn }) {
      const turn = enter(signal);
      if (turn !== undefined) {
        onWaiting();
        await turn;
        onTurn();
      }
      let isInside = true;
      const leave = (): void => {
        if (!isInside) return;
        isInside = false;
        running -= 1;
        admit();
      };
      try {
        return await work(leave);
      } finally {
        leave();
      }
    },
  };
}

/** The two queues that a file passes. */
export interface DownloadQueues {
  /** From opening the part until the file has its final name. */
  readonly files: FileQueue;
  /** While bytes are fetched. */
  readonly transfers: FileQueue;
}

/**
 * How many files may be opened, verified or placed in addition to those that use the network. With small files these
 * steps take as long as fetching, and the network would be idle meanwhile.
 */
const besidesTransfers = 4;

/** @param limit how many files are fetched at a time; read as by `createFileQueue`. */
export function createDownloadQueues(limit: () => number): DownloadQueues {
  return { files: createFileQueue(() => limit() + besidesTransfers), transfers: createFileQueue(limit) };
}
