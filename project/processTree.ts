import { type ChildProcess, spawn, spawnSync, type SpawnOptions } from "node:child_process";
import os from "node:os";
import process from "node:process";

/** How long a process may take to end by itself before it is ended. */
const graceMs = 5000;
const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const running = new Set<ChildProcess>();
let ending = false;

/**
 * Starts a process whose whole family ends with `endProcessTree`, and at the latest with this process: VS Code starts
 * processes that start further ones, and none may be left behind by Ctrl-C.
 */
export function startProcessTree(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  if (running.size === 0) watchOwnEnd();
  // A process group of its own can be ended as one. Windows has none; there `taskkill` follows the family.
  const child = spawn(command, args, { ...options, detached: process.platform !== "win32" });
  running.add(child);
  child.once("error", () => {
    void endProcessTree(child);
  });
  return child;
}

/** Ends a process and all that it started; resolves when it is gone. Safe to call twice. */
export async function endProcessTree(child: ChildProcess): Promise<void> {
  if (!running.delete(child)) return;
  if (running.size === 0 && !ending) unwatchOwnEnd();
  const ended = hasEnded(child) ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  signalTree(child, "SIGTERM");
  const impatience = setTimeout(() => signalTree(child, "SIGKILL"), graceMs);
  await ended;
  clearTimeout(impatience);
  // Members of the group that outlived its head.
  signalTree(child, "SIGKILL");
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // No member of the group is left.
  }
}

function killAll(): void {
  for (const child of running) signalTree(child, "SIGKILL");
}

/** Ends what runs, in order, then this process; unless the program has a handler of its own that does so. */
function endBy(signal: NodeJS.Signals): void {
  if (ending || process.listeners(signal).some((listener) => listener !== endBy)) return;
  ending = true;
  void Promise.allSettled([...running].map(endProcessTree)).then(() =>
    process.exit(128 + os.constants.signals[signal]),
  );
}

function watchOwnEnd(): void {
  process.on("exit", killAll);
  for (const signal of endingSignals) process.on(signal, endBy);
}

function unwatchOwnEnd(): void {
  process.removeListener("exit", killAll);
  for (const signal of endingSignals) process.removeListener(signal, endBy);
}
