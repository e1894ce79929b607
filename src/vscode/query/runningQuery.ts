import * as vscode from "vscode";
import { withSignal } from "../cancellation.ts";
import { withProgress } from "../surfaces/surfaces.ts";

/** Most queries are done before anybody could read a notification. */
const quietMs = 500;

/**
 * Runs work with a notification that shows its progress and can cancel it, if it takes long.
 *
 * @param work reports how much is done, from 0 to 1
 */
export async function withLateProgress<Result>(
  title: string,
  outer: AbortSignal,
  work: (signal: AbortSignal, report: (done: number) => void) => Promise<Result>,
): Promise<Result> {
  const source = new vscode.CancellationTokenSource();
  let report: (done: number) => void = () => undefined;
  const running = withSignal({ token: source.token, signal: outer }, (signal) => work(signal, (done) => report(done)));
  const timer = setTimeout(() => {
    void withProgress({ title }, (step, token) => {
      let shown = 0;
      report = (done) => {
        step({ increment: 100 * Math.max(0, done - shown) });
        shown = Math.max(shown, done);
      };
      token.onCancellationRequested(() => source.cancel());
      return running.then(
        () => undefined,
        () => undefined,
      );
    });
  }, quietMs);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
