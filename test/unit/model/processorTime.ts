import process from "node:process";

const attempts = 3;

/** What the processor did for this process. */
function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** How long the processor works, the shortest of several times. What other programs do meanwhile doesn't count. */
export function processorMs(work: () => unknown, times = attempts): number {
  const all = Array.from({ length: times }, () => {
    const began = usedMs();
    work();
    return usedMs() - began;
  });
  return Math.min(...all);
}

/** The same for work that waits, as long as nothing else runs in this process. */
export async function processorMsOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  while (times.length < attempts) {
    const began = usedMs();
    await work();
    times.push(usedMs() - began);
  }
  return Math.min(...times);
}
