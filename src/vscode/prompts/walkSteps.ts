import { cancelled } from "../../model/exportError.ts";

/** A step's result if the person pressed Back instead of answering. */
export const back = Symbol("back");

/** The number of a step among all steps. VS Code shows it next to the title. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks one question and keeps the answer itself. Returns `back` if the person wants the previous step. */
export type Step = (place: StepPlace) => Promise<typeof back | undefined>;

/**
 * Runs steps one after the other, and back. The list is built again before each step, because an answer can add or
 * remove later steps. Back in the first step, or Escape in any step, ends it.
 *
 * @throws ExportError `cancelled`
 */
export async function walkSteps(title: string, steps: () => readonly Step[]): Promise<void> {
  for (let index = 0; ;) {
    const current = steps();
    const step = current[index];
    if (step === undefined) return;
    const answer = await step({ title, step: index + 1, totalSteps: current.length });
    if (answer === back && index === 0) throw cancelled();
    index += answer === back ? -1 : 1;
  }
}
