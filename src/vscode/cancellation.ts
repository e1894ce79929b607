import type { CancellationToken } from "vscode";

/**
 * Runs work under a signal that ends with a token, another signal, or both: the one place where VS Code's
 * cancellation becomes an `AbortSignal`. Listeners are gone when the work has settled.
 */
export async function withSignal<Result>(
  sources: { token?: CancellationToken | undefined; signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const subscription = sources.token?.onCancellationRequested(abort);
  sources.signal?.addEventListener("abort", abort, { once: true });
  if (sources.token?.isCancellationRequested === true || sources.signal?.aborted === true) abort();
  try {
    return await work(controller.signal);
  } finally {
    subscription?.dispose();
    sources.signal?.removeEventListener("abort", abort);
  }
}
