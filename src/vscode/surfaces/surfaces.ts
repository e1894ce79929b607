import * as vscode from "vscode";
import { defined } from "../../model/defined.ts";
import { type CommandLink, linkText } from "../commandLink.ts";
import { plainLine, plainMessage, plainPrompt, plainRow, plainTooltip } from "./plainText.ts";

/**
 * The only way to show text in VS Code's own surfaces. Names and sentences can come from outside, so here they all become
 * plain text. Lint rejects VS Code's functions everywhere else (`scripts/lint/plainSurfaces.ts`).
 */

/** Shows a notification. @returns the button that was selected */
export function showInformation(text: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(plainMessage(text), ...buttons);
}

/** Shows a warning as a notification. @returns the button that was selected */
export function showWarning(text: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(plainMessage(text), ...buttons);
}

/** Shows a failure as a notification. @returns the button that was selected */
export function showFailure(text: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(plainMessage(text), ...buttons);
}

/** Asks in a dialog that blocks the window. @param detail a text, or one for each line @returns the button selected */
export function askInDialog(
  question: string,
  detail: string | readonly string[],
  button: string,
): Thenable<string | undefined> {
  const lines = [detail].flat().map(plainMessage);
  return vscode.window.showWarningMessage(plainMessage(question), { modal: true, detail: lines.join("\n") }, button);
}

/** A step of the bar, and the text next to it. */
export interface ProgressStep {
  readonly message?: string;
  /** In percent. */
  readonly increment?: number;
}

/** Shows a notification with progress and a Cancel button while the work runs. The title can end with a link of ours. */
export function withProgress<Result>(
  { title, link }: { readonly title: string; readonly link?: CommandLink },
  work: (report: (step: ProgressStep) => void, token: vscode.CancellationToken) => Thenable<Result>,
): Thenable<Result> {
  const shown = link === undefined ? plainMessage(title) : `${plainMessage(title)} (${linkText(link)})`;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: shown, cancellable: true },
    (progress, token) =>
      work(({ message, increment }) => {
        progress.report(defined({ message: mapped(message, plainMessage), increment }));
      }, token),
  );
}

/** Shows progress in the status bar while work runs that usually ends at once. */
export function withStatusBarProgress<Result>(title: string, work: () => Thenable<Result>): Thenable<Result> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: plainRow(title) }, work);
}

/** What an item of the status bar shows. */
export interface StatusTexts {
  /** The name of one of VS Code's icons. */
  readonly icon: string;
  readonly text: string;
  /** Can have several lines. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

export interface StatusItem {
  show(texts: StatusTexts): void;
  dispose(): void;
}

/** An item of the status bar that runs a command. It is hidden until it shows something. */
export function createStatus(id: string, name: string, command: string): StatusItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
  item.name = plainLine(name);
  item.command = command;
  return {
    show({ icon, text, tooltip: lines, spoken }) {
      item.text = `$(${icon}) ${plainRow(text)}`;
      item.tooltip = tooltip({ lines: lines.split("\n") });
      item.accessibilityInformation = { label: plainLine(spoken) };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

/** A sentence in the status bar that screen readers say when it appears. */
export interface StatusSentence {
  say(icon: string, text: string): void;
  dispose(): void;
}

/** How long a sentence stays, as VS Code's own messages in the status bar do. */
const sentenceMs = 10_000;

/** Tells the end of something that a person started, and that they see elsewhere, without a notification to close. */
export function createStatusSentence(id: string, name: string): StatusSentence {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
  item.name = plainLine(name);
  let hiding: NodeJS.Timeout | undefined;
  return {
    say(icon, text) {
      clearTimeout(hiding);
      const sentence = plainLine(text);
      item.text = `$(${icon}) ${plainRow(cutRow(sentence))}`;
      item.tooltip = tooltip({ lines: [sentence] });
      // What is in an element with this role is said when it appears or changes.
      item.accessibilityInformation = { label: sentence, role: "alert" };
      item.show();
      hiding = setTimeout(() => item.hide(), sentenceMs);
    },
    dispose: () => {
      clearTimeout(hiding);
      item.dispose();
    },
  };
}

/** The status bar has one line for everybody. The tooltip and screen readers have all of it. */
function cutRow(sentence: string): string {
  const characters = Array.from(sentence);
  return characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : sentence;
}

declare const isPlain: unique symbol;

/** A row of a list that came from `pickRow`. */
export interface PickItem extends vscode.QuickPickItem {
  readonly [isPlain]: true;
}

/** A row of a list as a caller describes it. */
export interface PickRow {
  /** The name of one of VS Code's icons. */
  readonly icon?: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly alwaysShow?: boolean;
}

/** A row for a list from `createPick`. */
export function pickRow<Row extends PickRow>(row: Row): Row & PickItem {
  const { icon, label, description, detail } = row;
  const item = {
    ...row,
    label: icon === undefined ? plainRow(label) : `$(${icon}) ${plainRow(label)}`,
    ...defined({ description: mapped(description, plainRow), detail: mapped(detail, plainRow) }),
  };
  return item as Row & PickItem;
}

/** What a list or an input box shows around its rows or its text. */
export interface QuestionTexts {
  readonly title?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly step?: number | undefined;
  readonly totalSteps?: number | undefined;
}

/** A list that stays open when the window loses the focus. Takes only rows from `pickRow`. */
export function createPick<Item extends PickItem>({
  title,
  placeholder,
  ...place
}: QuestionTexts): vscode.QuickPick<Item> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = plainLine(title ?? "");
  pick.placeholder = plainLine(placeholder ?? "");
  pick.step = place.step;
  pick.totalSteps = place.totalSteps;
  pick.ignoreFocusOut = true;
  return pick;
}

/** An input box that stays open when the window loses the focus. Set its message with `setProblem`. */
export function createBox({
  title,
  placeholder,
  prompt,
  ...place
}: QuestionTexts & { readonly prompt: string }): vscode.InputBox {
  const box = vscode.window.createInputBox();
  box.title = plainLine(title ?? "");
  box.placeholder = plainLine(placeholder ?? "");
  box.prompt = plainPrompt(prompt);
  box.step = place.step;
  box.totalSteps = place.totalSteps;
  box.ignoreFocusOut = true;
  return box;
}

/** Says below an input box what is wrong with its text; undefined: nothing. */
export function setProblem(box: vscode.InputBox, problem: string | undefined): void {
  box.validationMessage = problem === undefined ? undefined : plainPrompt(problem);
}

/** What a tooltip shows: a heading, lines, and a list of named values. */
export interface TooltipParts {
  readonly heading?: string;
  readonly lines?: readonly string[];
  readonly entries?: readonly (readonly [name: string, value: string])[];
}

export function tooltip({ heading, lines = [], entries = [] }: TooltipParts): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (heading !== undefined) text.appendMarkdown("**").appendText(plainTooltip(heading)).appendMarkdown("**\n\n");
  for (const line of lines) text.appendText(plainTooltip(line)).appendMarkdown("\n\n");
  for (const [name, value] of entries) {
    text
      .appendMarkdown("- ")
      .appendText(plainTooltip(`${name}: ${value}`))
      .appendMarkdown("\n");
  }
  return text;
}

/** What a person reads before a language model's tool runs. VS Code shows it in the chat, as Markdown. */
export function toolConfirmation({ title, lines }: { readonly title: string; readonly lines: readonly string[] }): {
  title: string;
  message: vscode.MarkdownString;
} {
  return { title: plainMessage(title), message: tooltip({ lines }) };
}

/** What the chat shows while a tool runs. */
export function toolProgress(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(plainTooltip(text));
}

/** A row of a tree, made plain right before VS Code takes it. */
export function treeRow<Item extends vscode.TreeItem>(item: Item): Item {
  if (typeof item.label === "string") item.label = plainLine(item.label);
  if (typeof item.description === "string") item.description = plainLine(item.description);
  if (typeof item.tooltip === "string") item.tooltip = plainLine(item.tooltip);
  const spoken = item.accessibilityInformation;
  if (spoken !== undefined) item.accessibilityInformation = { ...spoken, label: plainLine(spoken.label) };
  return item;
}

function mapped(text: string | undefined, map: (text: string) => string): string | undefined {
  return text === undefined ? undefined : map(text);
}
