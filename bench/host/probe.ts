import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Workbench } from "../../workbench/page/workbench.ts";
import type { ProbeReading } from "./probeReading.ts";

const lookEveryMs = 100;
const lookTimes = 300;

/** The folder of the extension that measures from inside the extension host. */
export const probeExtension = path.join(import.meta.dirname, "probe");

/** Measures from inside the extension host of a workbench that has the probe installed. */
export class Probe {
  readonly #workbench: Workbench;
  #told = 0;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** What the host used, and how long it was blocked while the work was done. */
  async during(work: () => Promise<unknown>): Promise<ProbeReading> {
    await this.#workbench.runCommand("Probe: Watch the Event Loop");
    await work();
    return this.tell();
  }

  async tell(): Promise<ProbeReading> {
    await this.#workbench.runCommand("Probe: Write the Reading");
    this.#told++;
    const storage = path.join(this.#workbench.userDataDir, "data", "User", "globalStorage", "bench.host-probe");
    const file = path.join(storage, `reading-${this.#told}.json`);
    for (let look = 0; look < lookTimes; look++) {
      const text = await readFile(file, "utf8").catch(() => undefined);
      if (text !== undefined) return JSON.parse(text) as ProbeReading;
      await sleep(lookEveryMs);
    }
    throw new Error("The probe in the extension host wrote no reading.");
  }

  /** The window was loaded again, and with it the probe. */
  restarted(): void {
    this.#told = 0;
  }
}
