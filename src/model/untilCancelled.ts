import { cancelled } from "./exportError.ts";

/** Waits for work that may not heed the signal itself; rejects with `cancelled` as soon as the signal ends. */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled());
  });
  // Whoever has gone does not see how the work ends.
  work.catch(() => undefined);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
