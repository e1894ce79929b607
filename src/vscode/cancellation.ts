import type { CancellationToken } from "vscode";

/**
 * Runs work with a signal that is aborted by a token, another signal, or both. This is the only place where VS Code's
 * cancellation becomes an `AbortSignal`. The listeners are removed when the work is settled.
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
