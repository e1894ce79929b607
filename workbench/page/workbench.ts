import { mkdir } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { errors, type Locator, type Page } from "playwright-core";
import { root } from "../../project/checkout.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { SlowLine } from "./slowLine.ts";
import {
  closeAll,
  type Closers,
  startWorkbench,
  waitForWorkbench,
  type WorkbenchOptions,
  type WorkbenchParts,
} from "./startWorkbench.ts";

/** Where the pictures of a run are kept: for the eyes of whoever ran it. */
export const screenshotFolder = path.join(root, "out", "screenshots");

const hoverLimitMs = 2000;
const hoverTries = 10;

const paletteLimitMs = 5000;
const paletteTries = 6;

/** VS Code shows no toast, for good, when it has shown three in 800 ms; a person does not get there, a test does. */
const toastIntervalMs = 900;

/** A person's VS Code with the extension installed, and the sandbox beside it. */
export class Workbench {
  readonly page: Page;
  readonly sandbox: Sandbox;
  readonly line: SlowLine;
  /** The folder that is open. */
  readonly workspace: string;
  /** Everything that this VS Code writes lies below. */
  readonly userDataDir: string;
  readonly #closers: Closers;

  private constructor(parts: WorkbenchParts, closers: Closers) {
    this.page = parts.page;
    this.sandbox = parts.sandbox;
    this.line = parts.line;
    this.workspace = parts.workspace;
    this.userDataDir = parts.userDataDir;
    this.#closers = closers;
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const closers: Closers = [];
    try {
      return new Workbench(await startWorkbench(options, closers), closers);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  close(): Promise<void> {
    return closeAll(this.#closers);
  }

  /** Loads the page again, as after the browser or the window was closed. */
  async reload(): Promise<void> {
    await this.page.reload();
    await waitForWorkbench(this.page);
  }

  /** Runs a command by its whole title, with the keyboard alone, as a person does in the palette. */
  async runCommand(title: string): Promise<void> {
    for (let tries = 1; !(await this.#findCommand(title)); tries++) {
      if (tries === paletteTries) throw new Error(`The palette did not offer ${title}.`);
    }
    await this.page.keyboard.press("Enter");
  }

  /**
   * Opens the palette and types a command's title. While the window still loads, a key may come before the palette's
   * binding does, and an editor that takes the focus closes the palette again: a person then presses the key once more.
   */
  async #findCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press("F1");
    if (!(await comes(this.quickInput, paletteLimitMs))) return false;
    await this.page.keyboard.insertText(title);
    return comes(this.focusedQuickRow(title), paletteLimitMs);
  }

  /** The box of the palette, quick picks and input boxes. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** The field of that box. */
  get quickField(): Locator {
    return this.quickInput.locator(".quick-input-filter input");
  }

  get quickTitle(): Locator {
    return this.quickInput.locator(".quick-input-title");
  }

  /** What the box says below its field: a prompt or why an answer is refused. */
  get quickMessage(): Locator {
    return this.quickInput.locator(".quick-input-message");
  }

  quickRow(text: string | RegExp): Locator {
    return this.quickInput.locator(".quick-input-list .monaco-list-row", { hasText: text });
  }

  /** The row that Enter takes. */
  focusedQuickRow(text: string | RegExp): Locator {
    return this.quickInput.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
  }

  /** Waits for a question by its prompt, types the answer in place of what stands there, and presses Enter. */
  async answer(prompt: string | RegExp, text: string): Promise<void> {
    await this.typeAnswer(prompt, text);
    await this.#holdField();
    await this.page.keyboard.press("Enter");
  }

  async typeAnswer(prompt: string | RegExp, text: string): Promise<void> {
    await this.quickMessage.filter({ hasText: prompt }).waitFor();
    await this.#holdField();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
  }

  /** Chooses a row of a quick pick with the keyboard, by typing its text. */
  async choose(text: string): Promise<void> {
    await this.quickRow(text).first().waitFor();
    await this.#holdField();
    await this.page.keyboard.insertText(text);
    await this.focusedQuickRow(text).waitFor();
    await this.#holdField();
    await this.page.keyboard.press("Enter");
  }

  /** A table that was just opened may take the focus from a box that stays open; a person then clicks into it. */
  async #holdField(): Promise<void> {
    const held = this.quickInput.locator(".quick-input-filter input:focus");
    if ((await held.count()) === 0) await this.quickField.click();
  }

  /** The rows of the Tasks view. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator(".pane-body .monaco-list-row", { hasText: text });
  }

  /** The row of the Tasks view that is selected. */
  selectedTreeRow(text: string | RegExp): Locator {
    return this.page.locator(".pane-body .monaco-list-row.selected", { hasText: text });
  }

  focusedTreeRow(text: string | RegExp): Locator {
    return this.page.locator(".pane-body .monaco-list-row.focused", { hasText: text });
  }

  /** The line above the rows. */
  treeMessage(text: string | RegExp): Locator {
    return this.page.locator(".pane-body .message", { hasText: text });
  }

  /** By command: a click on the icon hides a view that is just coming back after the page was loaded. */
  async showTasksView(): Promise<void> {
    for (let tries = 1; !(await this.#focusTasksView()); tries++) {
      if (tries === paletteTries) throw new Error("The Tasks view did not take the focus.");
    }
  }

  /**
   * The rows take the focus when the extension brings them, from whatever a person has begun to type into by then.
   * Without it, something else has taken it from them, and a person runs the command once more.
   */
  async #focusTasksView(): Promise<boolean> {
    await this.runCommand("Task Exports: Focus on Tasks View");
    await this.page.locator(".sidebar .composite.title", { hasText: /Tasks/i }).waitFor();
    const rows = this.page.locator(".pane-body .monaco-list:focus");
    const welcome = this.page.locator(".pane-body .welcome-view-content:visible");
    return comes(rows.or(welcome).first(), paletteLimitMs);
  }

  /** Waits until the view holds so many accounts; the list paints only the rows that fit. */
  async waitForAccounts(count: number): Promise<void> {
    await this.page.locator(`.pane-body .monaco-list-row[aria-level="1"][aria-setsize="${count}"]`).first().waitFor();
  }

  /** Shows only the tasks with these words, by the command that a person uses; empty shows all. */
  async filterTasks(words: string, state = "Any status"): Promise<void> {
    await this.runCommand("Task Exports: Filter Tasks…");
    await this.quickMessage.filter({ hasText: "Words to filter by" }).waitFor();
    await this.quickField.fill(words);
    await this.quickField.press("Enter");
    await this.quickRow(state).click();
    await this.quickInput.waitFor({ state: "hidden" });
    const told = this.treeMessage(words === "" ? "Filter" : `Filter: “${words}”`);
    await told.waitFor({ state: words === "" && state === "Any status" ? "hidden" : "visible" });
  }

  /** Waits until no other row fits: the tree narrows a moment after the filter is told. */
  async #soleRow(row: Locator): Promise<void> {
    await row.nth(1).waitFor({ state: "detached" });
  }

  /** Opens a row's context menu with the mouse. */
  async openMenu(row: Locator): Promise<void> {
    await this.#soleRow(row);
    await row.click({ button: "right" });
    await this.menuItem(/./).first().waitFor();
  }

  /** Chooses from the open menu, which takes no click in its first 100 ms. */
  async chooseFromMenu(text: string): Promise<void> {
    await this.menuItem(new RegExp(`^${text}$`)).click({ delay: 150 });
  }

  menuItem(text: string | RegExp): Locator {
    return this.page.locator(".context-view .monaco-menu .action-item:not(.disabled)", { hasText: text });
  }

  async expand(row: Locator): Promise<void> {
    await this.#soleRow(row);
    if ((await row.getAttribute("aria-expanded")) === "false") await row.locator(".monaco-tl-twistie").click();
  }

  /** A button at the end of a row, by its tooltip. Shows only while the row is under the mouse or has the focus. */
  async pressInline(row: Locator, title: string): Promise<void> {
    await this.#soleRow(row);
    const button = row.getByRole("button", { name: title, exact: true });
    for (let tries = 1; ; tries++) {
      await row.hover();
      try {
        await button.click({ timeout: hoverLimitMs });
        return;
      } catch (error) {
        // A list that moved meanwhile has another row under the mouse.
        if (tries === hoverTries) throw error;
      }
    }
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast", { hasText: text });
  }

  /** The buttons of a notification, in their order. */
  buttonsOf(notification: Locator): Promise<string[]> {
    return notification.locator(".notification-list-item-buttons-container .monaco-button").allInnerTexts();
  }

  async pressButton(notification: Locator, label: string): Promise<void> {
    await notification.locator(".monaco-button", { hasText: label }).click();
  }

  async dismissNotifications(): Promise<void> {
    await this.runCommand("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").first().waitFor({ state: "detached" });
    await sleep(toastIntervalMs);
  }

  /** The tabs of an editor group, counted from the left and from 1; of all groups without a number. */
  tab(name: string | RegExp, group?: number): Locator {
    const groups = this.page.locator(".editor-group-container");
    const place = group === undefined ? this.page : groups.nth(group - 1);
    return place.locator(".tabs-container .tab", { hasText: name });
  }

  /** The visible lines of the editor in a group. */
  editorLines(group = 1): Locator {
    return this.page
      .locator(".editor-group-container")
      .nth(group - 1)
      .locator(".monaco-editor .view-lines")
      .first();
  }

  /** Opens a file of the open folder in the active group, with Control+Enter in the one beside it. */
  async openWorkspaceFile(name: string, key = "Enter"): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+P");
    await this.quickInput.waitFor();
    // By its path: searching for names needs a program that the server may not have.
    await this.page.keyboard.insertText(path.join(this.workspace, name));
    await this.focusedQuickRow(name).waitFor();
    await this.page.keyboard.press(key);
    await this.tab(name).waitFor();
  }

  async closeEditors(): Promise<void> {
    await this.runCommand("View: Close All Editors");
    await this.page.locator(".tabs-container .tab").first().waitFor({ state: "detached" });
  }

  /** Goes to the question before, with the key that VS Code has for it. */
  async pressBack(): Promise<void> {
    const keys: Partial<Record<NodeJS.Platform, string>> = { win32: "Alt+ArrowLeft", darwin: "Control+Minus" };
    await this.page.keyboard.press(keys[process.platform] ?? "Control+Alt+Minus");
  }

  /** @param kind the class that VS Code gives its window then */
  async setTheme(theme: string, kind: string): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+K");
    await this.page.keyboard.press("ControlOrMeta+T");
    await this.quickInput.waitFor();
    await this.page.keyboard.insertText(theme);
    await this.focusedQuickRow(theme).waitFor();
    await this.page.keyboard.press("Enter");
    await this.quickInput.waitFor({ state: "hidden" });
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Keeps a picture for the eyes of whoever ran the tests; the name may be a test's. */
  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    const fileName = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    await this.page.screenshot({ path: path.join(screenshotFolder, `${fileName}.png`) });
  }
}

/** Whether something can be seen within a time. */
async function comes(what: Locator, timeout: number): Promise<boolean> {
  try {
    await what.waitFor({ timeout });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
