import type { Log } from "./log.ts";

/**
 * A function of another extension that can be called without risk: what it throws, or what its promise is rejected
 * with, is logged once and doesn't reach our work.
 */
export function callerCallback<Value>(
  callback: (value: Value) => unknown,
  log: Pick<Log, "error">,
): (value: Value) => void {
  let hasFailed = false;
  const failed = (error: unknown): void => {
    if (!hasFailed) log.error("A function passed by another extension failed", error);
    hasFailed = true;
  };
  return (value) => {
    try {
      void Promise.resolve(callback(value)).catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}
