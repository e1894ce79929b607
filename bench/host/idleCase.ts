import { setTimeout as sleep } from "node:timers/promises";
import { bothAccounts, type WorkbenchOptions } from "../../workbench/page/startWorkbench.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import { withSpread } from "../statistics.ts";
import type { HostCase } from "./hostCase.ts";
import { Probe, probeExtension } from "./probe.ts";
import type { ProbeReading } from "./probeReading.ts";

const settlingMs = 10_000;
const mebibyte = 1024 ** 2;

/** An extension host with Task Exports in which nothing is watched, compared with one that has only the probe. */
export const idleCase: HostCase = async ({ runs, log }) => {
  const memory: number[] = [];
  const timers: number[] = [];
  const requests: number[] = [];
  for (let run = 0; run < runs; run++) {
    const empty = await idle({ withoutOwn: true });
    const ours = await idle({ accounts: bothAccounts });
    memory.push((ours.rssBytes - empty.rssBytes) / mebibyte);
    timers.push(ours.timers - empty.timers);
    requests.push(ours.requests);
    log(
      `idle: ${memory.at(-1)?.toFixed(1) ?? ""} MiB, ${timers.at(-1) ?? ""} timers, ${requests.at(-1) ?? ""} requests`,
    );
  }
  const what = "idle, two accounts, nothing watched";
  const from = `${runs} pairs of windows`;
  return [
    { what, figure: "memory over an empty host", atMost: 10, unit: " MiB", values: memory, digits: 1, from },
    { what, figure: "timers over an empty host", atMost: 0, unit: "", values: timers, digits: 0, from },
    {
      what,
      figure: "requests in 10 s",
      atMost: 0,
      unit: "",
      values: requests,
      digits: 0,
      from: withSpread(requests, 0),
    },
  ];
};

async function idle(options: WorkbenchOptions): Promise<ProbeReading & { requests: number }> {
  await using workbench = await Workbench.open({ ...options, extensions: [probeExtension] });
  const { spaaza, textReveal } = workbench.sandbox;
  if (options.accounts) await workbench.waitForAccounts(2);
  await sleep(settlingMs);
  const before = spaaza.requests.length + textReveal.requests.length;
  await sleep(settlingMs);
  const requests = spaaza.requests.length + textReveal.requests.length - before;
  return { ...(await new Probe(workbench).tell()), requests };
}
