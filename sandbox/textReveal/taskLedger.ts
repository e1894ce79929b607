import { createRandom, seedFor } from "../sampleData/random.ts";
import { phaseAt } from "../lifecycle.ts";
import { reservedTasks, sizedTask } from "./reservedTasks.ts";
import { samplePart } from "./textRevealTask.ts";
import type { TextRevealTask } from "./textRevealTask.ts";

const sampleCount = 120;
const dayMs = 86_400_000;
const runningLimit = 5;

/** All tasks of the customer. */
export class TaskLedger {
  readonly #tasks: Map<string, TextRevealTask>;
  readonly #startedAt: number;
  #created = 0;

  constructor(seed: number, now: number) {
    this.#startedAt = now;
    this.#tasks = new Map([...reservedTasks(now), ...sampleTasks(seed, now)].map((task) => [task.id, task]));
  }

  find(id: string): TextRevealTask | undefined {
    return this.#tasks.get(id) ?? sizedTask(id, this.#startedAt);
  }

  /** In no particular order, without tasks that always respond with an error. */
  list(): TextRevealTask[] {
    return [...this.#tasks.values()].filter((task) => task.refusal === undefined);
  }

  /** Starts an export. Undefined if too many are running. */
  create(description: string, now: number, taskSeconds: number): TextRevealTask | undefined {
    const started = [...this.#tasks.values()].filter((task) => task.id.startsWith(createdStart));
    const onTheirWay = started.filter((task) => phaseAt(task.lifecycle, now, taskSeconds) !== "done");
    if (onTheirWay.length >= runningLimit) return undefined;
    this.#created += 1;
    const id = `${createdStart}${String(this.#created).padStart(12, "0")}`;
    const files = [samplePart(id, 0, "csv", { rows: 400 })];
    const task: TextRevealTask = { id, description, createdAt: now, lifecycle: { startsAt: now }, files };
    this.#tasks.set(id, task);
    return task;
  }
}

const sampleStart = "00000000-0000-4000-9000-";
const createdStart = "00000000-0000-4000-a000-";

function sampleTasks(seed: number, now: number): TextRevealTask[] {
  const random = createRandom(seedFor(seed, "textreveal sample tasks"));
  return Array.from({ length: sampleCount }, (_, place) => {
    const id = `${sampleStart}${String(place + 1).padStart(12, "0")}`;
    const parts = 1 + random.below(3);
    return {
      id,
      description: `Weekly analytics ${place + 1}`,
      createdAt: now - (sampleCount - place) * dayMs + random.below(dayMs / 2),
      lifecycle: { fixed: random.chance(0.08) ? "failed" : "done" },
      files: Array.from({ length: parts }, (_, part) => samplePart(id, part, "csv", { rows: 20 + random.below(200) })),
    };
  });
}
