/** The phase of a task, independent of the service. Each service has its own names. */
export type Phase = "waiting" | "running" | "done" | "failed";

/** Either one fixed phase, or from waiting over running to done after a start. */
export interface Lifecycle {
  fixed?: Phase;
  /** Milliseconds since 1970. The task waits until then; forever if absent. */
  startsAt?: number;
  /** Whether the first call for the task by its ID starts it. */
  startsWhenSeen?: boolean;
  /** Whether it ends as failed instead of done. */
  fails?: boolean;
}

/** A started task waits for the first quarter of its duration and runs for the rest. */
const waitingShare = 0.25;

/** The phase of a task at `now` (milliseconds since 1970), if it takes `taskSeconds`. */
export function phaseAt(lifecycle: Lifecycle, now: number, taskSeconds: number): Phase {
  if (lifecycle.fixed !== undefined) return lifecycle.fixed;
  if (lifecycle.startsAt === undefined) return "waiting";
  const share = (now - lifecycle.startsAt) / (taskSeconds * 1000);
  if (share < waitingShare) return "waiting";
  if (share < 1) return "running";
  return lifecycle.fails === true ? "failed" : "done";
}

/** Starts a task that is waiting for its first call. */
export function see(lifecycle: Lifecycle, now: number): void {
  if (lifecycle.startsWhenSeen) lifecycle.startsAt ??= now;
}

/** When a task's work started and ended, in milliseconds since 1970. Absent if it has not. */
export interface RunTimes {
  began?: number;
  ended?: number;
}

/** The work of the task at `now`. */
export function runTimes(lifecycle: Lifecycle, createdAt: number, now: number, taskSeconds: number): RunTimes {
  const phase = phaseAt(lifecycle, now, taskSeconds);
  if (phase === "waiting") return {};
  const startsAt = lifecycle.startsAt ?? createdAt;
  const began = startsAt + waitingShare * taskSeconds * 1000;
  return phase === "running" ? { began } : { began, ended: startsAt + taskSeconds * 1000 };
}
