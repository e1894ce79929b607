import type { HostedThread } from "./hostedThread.ts";
import type { CountedMatches, FindEvents, FindRequests } from "./tableMessages.ts";

/** Lets another search thread count, which ends when it is done or fails. Who asks searches what wasn't counted. */
export function countHelper(
  thread: HostedThread<FindRequests, FindEvents>,
  searched: FindRequests["countBackwards"]["argument"],
  onCounted: (counted: CountedMatches) => void,
): { end(): void } {
  const end = (): void => void thread.terminate();
  thread.on("counted", onCounted);
  thread.ask("countBackwards", searched).then(end, end);
  return { end };
}
