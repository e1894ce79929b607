import { inspect } from "node:util";
import type { Counts, Job, TestStep } from "./steps.ts";
import type { StepTool } from "./toolsAhead.ts";
import { type Section, Transcript, type Write } from "./transcript.ts";

export interface StepResult extends Counts {
  name: string;
}

export interface RunOptions {
  /** How many jobs run at once. */
  jobsAtOnce: number;
  /** Resolves when these tools are installed, or cannot be. */
  toolsReady: (tools: readonly StepTool[]) => Promise<void>;
  print: Write;
}

interface WaitingJob {
  /** Resolves when the job may begin. */
  mayBegin: Promise<void>;
  begins: boolean;
  isLarge: boolean;
  run(): Promise<void>;
}

/**
 * Runs the jobs of all steps, as many at once as there are cores for, and shows their text in the order of the steps.
 * One of them at a time is large. Of the other jobs that may begin, the first goes first. Every step runs, also when an
 * earlier one failed.
 */
export async function runSteps(steps: readonly TestStep[], options: RunOptions): Promise<StepResult[]> {
  const transcript = new Transcript(options.print);
  const queue = new JobQueue();
  const ends = new Map<string, Promise<StepResult>>();
  for (const step of steps) {
    const before = step.needs?.map((name) => ends.get(name)) ?? [];
    const mayBegin = Promise.all([...before, options.toolsReady(step.tools ?? [])]);
    ends.set(step.name, planStep(step, mayBegin, transcript, queue));
  }
  await Promise.all(Array.from({ length: options.jobsAtOnce }, () => queue.work()));
  return Promise.all(ends.values());
}

/** Adds a step's jobs to those that wait, and resolves when all of them have ended. */
async function planStep(
  step: TestStep,
  mayBegin: Promise<unknown>,
  transcript: Transcript,
  queue: JobQueue,
): Promise<StepResult> {
  const head = transcript.section();
  head.write(`\n${step.name}\n`);
  head.end();
  let startedAt: number | undefined;
  const counts = step.jobs.map((job) => {
    const section = transcript.section();
    return new Promise<Counts>((resolve) => {
      const planned: WaitingJob = {
        mayBegin: mayBegin.then(() => {
          planned.begins = true;
        }),
        begins: false,
        isLarge: step.large ?? false,
        run: async () => {
          startedAt ??= performance.now();
          resolve(await runJob(job, section));
        },
      };
      queue.add(planned);
    });
  });
  const foot = transcript.section();
  const { passed, failed } = total(await Promise.all(counts));
  const result = passed + failed > 0 ? { name: step.name, passed, failed } : { name: step.name, passed, failed: 1 };
  if (passed + failed === 0) foot.write(`No test ran in the step "${step.name}".\n`);
  const seconds = (performance.now() - (startedAt ?? performance.now())) / 1000;
  foot.write(`${step.name}: ${result.passed} passed, ${result.failed} failed in ${inMinutes(seconds)}\n`);
  foot.end();
  return result;
}

/** The jobs that have not begun. */
class JobQueue {
  readonly #waiting: WaitingJob[] = [];
  /** Resolves when the large job that runs has ended. */
  #largeEnds: Promise<void> | undefined;

  add(job: WaitingJob): void {
    this.#waiting.push(job);
  }

  /** Runs one waiting job after the other until none is left. */
  async work(): Promise<void> {
    while (this.#waiting.length > 0) await (this.#runNext() ?? this.#change());
  }

  /** A large job first: together they take longest, and only one of them runs at a time. */
  #runNext(): Promise<void> | undefined {
    const ready = this.#waiting.filter(({ begins, isLarge }) => begins && !(isLarge && this.#largeEnds));
    const job = ready.find(({ isLarge }) => isLarge) ?? ready.at(0);
    if (job === undefined) return undefined;
    this.#waiting.splice(this.#waiting.indexOf(job), 1);
    return job.isLarge ? this.#runLarge(job) : job.run();
  }

  async #runLarge(job: WaitingJob): Promise<void> {
    this.#largeEnds = job.run();
    await this.#largeEnds;
    this.#largeEnds = undefined;
  }

  /** Resolves when another job may begin. */
  async #change(): Promise<void> {
    const coming = this.#waiting.filter(({ begins }) => !begins).map(({ mayBegin }) => mayBegin);
    await Promise.race([...coming, ...(this.#largeEnds ? [this.#largeEnds] : [])]);
  }
}

async function runJob(job: Job, section: Section): Promise<Counts> {
  try {
    return await job(section.write);
  } catch (error) {
    section.write(`${inspect(error)}\n`);
    return { passed: 0, failed: 1 };
  } finally {
    section.end();
  }
}

export function total(counts: readonly Counts[]): Counts {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

export function inMinutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
