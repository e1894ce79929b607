import { cancelled } from "../../model/exportError.ts";

/** A step's result if the person pressed Back instead of answering. */
export const back = Symbol("back");

/** The number of a step among all steps. VS Code shows it next to the title. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** A step's result if another step comes next, wherever it is: to correct its answer, or to ask for one more. */
export class GoTo {
  readonly step: Step;

  constructor(step: Step) {
    this.step = step;
  }
}

/** Asks one question and keeps the answer itself. Returns `back` if the person wants the previous step. */
export type Step = (place: StepPlace) => Promise<typeof back | GoTo | undefined>;

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
    if (answer instanceof GoTo) index = placeOf(answer.step, steps());
    else index += answer === back ? -1 : 1;
  }
}

function placeOf(step: Step, steps: readonly Step[]): number {
  const place = steps.indexOf(step);
  if (place < 0) throw new Error("A step leads to one that isn't asked");
  return place;
}
