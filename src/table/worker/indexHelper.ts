import type { IndexedTail } from "../index/indexBuilder.ts";
import type { HostedThread } from "./hostedThread.ts";
import type { TableEvents, TableRequests, TailRequest } from "./tableMessages.ts";

/** Indexes the end of a file in another thread. */
export interface IndexHelper {
  /** The byte at which it begins, which is probably the beginning of a row. */
  readonly from: number;
  /** Undefined if it failed or was canceled. */
  readonly tail: Promise<IndexedTail | undefined>;
  /** Pauses it; 0 ends the pause. */
  rest(ms: number): void;
}

/** `signal` ends it. */
export type StartIndexHelper = (request: TailRequest, signal: AbortSignal) => IndexHelper;

/** Asks another table thread, which ends with the request. */
export function indexHelper(
  thread: HostedThread<TableRequests, TableEvents>,
  request: TailRequest,
  signal: AbortSignal,
): IndexHelper {
  const tail = thread.ask("indexTail", request, signal).catch(() => undefined);
  void tail.then(() => thread.terminate());
  return {
    from: request.from,
    tail,
    rest: (ms) => void thread.ask("rest", { ms }).catch(() => undefined),
  };
}
