import * as vscode from "vscode";
import { cancelled } from "../../model/exportError.ts";
import { createBox, createPick, type PickItem, pickRow, type PickRow, setProblem } from "../surfaces/surfaces.ts";
import { activeChoice } from "./activeChoice.ts";
import { back, type StepPlace } from "./walkSteps.ts";

export interface TextQuestion {
  prompt: string;
  value?: string;
  placeholder?: string;
  /** Why an earlier answer was refused, as a sentence. Shown with the prompt until the text changes. */
  refusal?: string;
  /** Whether the text is masked. */
  secret?: boolean;
  /** Whether to mask text in a box that isn't secret: pasted text that contains more than the value of the box. */
  holdsSecret?(value: string): boolean;
  /** Says what is wrong with the text. Called each time the text changes, and on Enter. */
  problem?(value: string): string | undefined;
  /** The final check, called on Enter. A sentence keeps the box open, so that the answer can be corrected. */
  refuse?(value: string, signal: AbortSignal): Promise<string | undefined>;
}

/** Asks for text in an input box that stays open when the window loses the focus. */
export async function askText(question: TextQuestion, place: Partial<StepPlace>): Promise<string | typeof back> {
  const { prompt, placeholder } = question;
  const box = createBox({ ...place, prompt, placeholder });
  box.value = question.value ?? "";
  if ((place.step ?? 1) > 1) box.buttons = [vscode.QuickInputButtons.Back];
  const controller = new AbortController();
  try {
    return await answerOf(box, question, controller);
  } finally {
    controller.abort();
    box.dispose();
  }
}

/** Both, because what is shown about a refusal takes the place of the question. */
function refusedFirst(refusal: string | undefined, question: string): string | undefined {
  return refusal === undefined ? undefined : `${refusal} ${question}`;
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
      setProblem(box, problem);
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
      else setProblem(box, refusal);
    };
    box.onDidChangeValue(() => validate());
    box.onDidAccept(() => accept().catch(reject));
    box.onDidTriggerButton(() => resolve(back));
    box.onDidHide(() => reject(cancelled()));
    box.password = question.secret === true;
    setProblem(box, refusedFirst(question.refusal, question.prompt));
    box.show();
  });
}

export interface Choice<Value> extends PickRow {
  readonly value: Value;
}

export interface ChoiceQuestion<Value> {
  readonly placeholder: string;
  readonly choices: readonly Choice<Value>[];
  readonly active?: Value;
  /** Why an earlier answer was refused, as a sentence. Shown before the placeholder. */
  readonly refusal?: string;
  /** Called with the text that narrows the list, each time it changes. */
  readonly onTyped?: (text: string) => void;
}

/** Asks to select one of several choices. The active one has the focus; without it, the first. */
export async function askChoice<Value>(
  question: ChoiceQuestion<Value>,
  place: Partial<StepPlace>,
): Promise<Value | typeof back> {
  const pick = createPick<Choice<Value> & PickItem>({
    ...place,
    placeholder: refusedFirst(question.refusal, question.placeholder) ?? question.placeholder,
  });
  const items = question.choices.map((choice) => pickRow(choice));
  pick.matchOnDescription = true;
  pick.items = items;
  pick.activeItems = activeChoice(items, question.active);
  if ((place.step ?? 1) > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise<Value | typeof back>((resolve, reject) => {
      pick.onDidAccept(() => {
        const chosen = pick.selectedItems[0];
        if (chosen !== undefined) resolve(chosen.value);
      });
      pick.onDidChangeValue((text) => question.onTyped?.(text));
      pick.onDidTriggerButton(() => resolve(back));
      pick.onDidHide(() => reject(cancelled()));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** A question with any number of answers. */
export interface ChoicesQuestion<Value> extends Omit<ChoiceQuestion<Value>, "active" | "onTyped"> {
  readonly selected: readonly Value[];
}

/** Asks to select any number of choices. Returns them in the order of the list. */
export async function askChoices<Value>(
  question: ChoicesQuestion<Value>,
  place: Partial<StepPlace>,
): Promise<Value[] | typeof back> {
  const pick = createPick<Choice<Value> & PickItem>({
    ...place,
    placeholder: refusedFirst(question.refusal, question.placeholder) ?? question.placeholder,
  });
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = question.choices.map((choice) => pickRow(choice));
  pick.selectedItems = pick.items.filter(({ value }) => question.selected.includes(value));
  if ((place.step ?? 1) > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise<Value[] | typeof back>((resolve, reject) => {
      pick.onDidAccept(() => {
        const chosen = new Set(pick.selectedItems);
        resolve(pick.items.filter((item) => chosen.has(item)).map(({ value }) => value));
      });
      pick.onDidTriggerButton(() => resolve(back));
      pick.onDidHide(() => reject(cancelled()));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
