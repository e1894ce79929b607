/** Where a task stands, in nobody's words: each service has its own for these. */
export type Phase = "waiting" | "running" | "done" | "failed";

/** Either one phase for ever, or a way from waiting over running to done once it was started. */
export interface Lifecycle {
  fixed?: Phase;
  /** Milliseconds since 1970. Waiting until then, and for ever without it. */
  startsAt?: number;
  /** The first call that asks for the task by its id starts it. */
  startsWhenSeen?: boolean;
}

/** A started task waits for the first quarter of its time and runs for the rest. */
const waitingShare = 0.25;

/** What the task's clock says at `now` (milliseconds since 1970), when its whole way takes `taskSeconds`. */
export function phaseAt(lifecycle: Lifecycle, now: number, taskSeconds: number): Phase {
  if (lifecycle.fixed !== undefined) return lifecycle.fixed;
  if (lifecycle.startsAt === undefined) return "waiting";
  const share = (now - lifecycle.startsAt) / (taskSeconds * 1000);
  if (share < waitingShare) return "waiting";
  return share < 1 ? "running" : "done";
}

/** Starts a task that waits to be seen. */
export function see(lifecycle: Lifecycle, now: number): void {
  if (lifecycle.startsWhenSeen) lifecycle.startsAt ??= now;
}

/** When a task's work began and ended, in milliseconds since 1970; left out while it has not. */
export interface RunTimes {
  began?: number;
  ended?: number;
}

/** What `now` knows of the task's work. */
export function runTimes(lifecycle: Lifecycle, createdAt: number, now: number, taskSeconds: number): RunTimes {
  const phase = phaseAt(lifecycle, now, taskSeconds);
  if (phase === "waiting") return {};
  const startsAt = lifecycle.startsAt ?? createdAt;
  const began = startsAt + waitingShare * taskSeconds * 1000;
  return phase === "running" ? { began } : { began, ended: startsAt + taskSeconds * 1000 };
}
