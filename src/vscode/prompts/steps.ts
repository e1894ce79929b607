import * as vscode from "vscode";
import { cancelled } from "../../model/exportError.ts";

/** What a step says when the person pressed Back instead of answering. */
export const back = Symbol("back");

/** Where a step stands among its siblings; VS Code shows it beside the title. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Asks one thing and keeps the answer itself; answers `back` when the person wants the step before. */
export type Step = (place: StepPlace) => Promise<typeof back | undefined>;

/**
 * Walks through steps, forth and back. The list is asked for again before each step, as one answer may add or
 * remove later ones. Going back from the first step, or Escape anywhere, ends it.
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

export interface TextQuestion {
  prompt: string;
  value?: string;
  placeholder?: string;
  /** Shown as dots. */
  secret?: boolean;
  /** Text that is to be shown as dots in a box that is not secret: a paste that holds more than was asked for. */
  holdsSecret?(value: string): boolean;
  /** A sentence that says what is wrong with the text, asked at each key press once something was typed. */
  problem?(value: string): string | undefined;
  /** The last word on an answer, asked on Enter; a sentence keeps the box open so that the answer can be mended. */
  refuse?(value: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Asks for a text in an input box that stays open while another window is in front. */
export async function askText(question: TextQuestion, place: Partial<StepPlace>): Promise<string | typeof back> {
  const box = vscode.window.createInputBox();
  Object.assign(box, place, { ignoreFocusOut: true, prompt: question.prompt });
  box.value = question.value ?? "";
  box.placeholder = question.placeholder;
  if ((place.step ?? 1) > 1) box.buttons = [vscode.QuickInputButtons.Back];
  const controller = new AbortController();
  try {
    return await answerOf(box, question, controller);
  } finally {
    controller.abort();
    box.dispose();
  }
}

function answerOf(
  box: vscode.InputBox,
  question: TextQuestion,
  controller: AbortController,
): Promise<string | typeof back> {
  return new Promise((resolve, reject) => {
    const validate = (): string | undefined => {
      box.password = question.secret === true || question.holdsSecret?.(box.value) === true;
      const problem = question.problem?.(box.value);
      box.validationMessage = problem;
      return problem;
    };
    const accept = async (): Promise<void> => {
      if (box.busy || validate() !== undefined) return;
      const value = box.value;
      box.busy = true;
      box.enabled = false;
      const refusal = await question.refuse?.(value, controller.signal);
      box.busy = false;
      box.enabled = true;
      if (refusal === undefined) resolve(value);
      else box.validationMessage = refusal;
    };
    box.onDidChangeValue(() => validate());
    box.onDidAccept(() => accept().catch(reject));
    box.onDidTriggerButton(() => resolve(back));
    box.onDidHide(() => reject(cancelled()));
    box.password = question.secret === true;
    box.show();
  });
}

export interface Choice<Value> extends vscode.QuickPickItem {
  value: Value;
}

/** Asks for one of several in a quick pick. */
export async function askChoice<Value>(
  question: { placeholder: string; choices: readonly Choice<Value>[]; active?: Value },
  place: Partial<StepPlace>,
): Promise<Value | typeof back> {
  const pick = vscode.window.createQuickPick<Choice<Value>>();
  Object.assign(pick, place, { placeholder: question.placeholder, ignoreFocusOut: true, matchOnDescription: true });
  pick.items = question.choices;
  pick.activeItems = question.choices.filter(({ value }) => value === question.active);
  if ((place.step ?? 1) > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise<Value | typeof back>((resolve, reject) => {
      pick.onDidAccept(() => {
        const chosen = pick.selectedItems[0];
        if (chosen !== undefined) resolve(chosen.value);
      });
      pick.onDidTriggerButton(() => resolve(back));
      pick.onDidHide(() => reject(cancelled()));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
