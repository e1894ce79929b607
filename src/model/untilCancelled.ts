import { cancelled } from "./exportError.ts";

/** Waits for work that may ignore the signal. Rejects with `cancelled` as soon as the signal is aborted. */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled());
  });
  // After a cancel, the result is not awaited, so a failure must not become an unhandled rejection.
  work.catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
