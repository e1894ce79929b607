import { mkdir } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { root } from "../../project/checkout.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { comes } from "./comes.ts";
import type { Words } from "./displayLanguage.ts";
import type { SlowLine } from "./slowLine.ts";
import { waitUntilStored } from "./storedState.ts";
import {
  closeAll,
  type Closers,
  startWorkbench,
  waitForWorkbench,
  type WorkbenchOptions,
  type WorkbenchParts,
} from "./startWorkbench.ts";

/** The folder for the screenshots of a run. */
export const screenshotFolder = path.join(root, "out", "screenshots");

const hoverLimitMs = 2000;
const hoverTries = 10;

const paletteLimitMs = 5000;
const paletteTries = 6;

const menuLimitMs = 3000;
const menuTries = 10;

const proposalMs = 50;
const proposalTries = 300;

const focusLimitMs = 500;
const focusTries = 10;

/** VS Code stops showing toasts when it has shown three within 800 ms. People are never that fast, but tests are. */
const toastIntervalMs = 900;

/** A VS Code with the extension installed, and the sandbox. */
export class Workbench {
  readonly page: Page;
  readonly sandbox: Sandbox;
  readonly line: SlowLine;
  /** The open folder. */
  readonly workspace: string;
  /** The folder with everything that this VS Code writes. */
  readonly userDataDir: string;
  /** Translates the extension's texts into the language of the workbench. */
  readonly words: Words;
  readonly #closers: Closers;
  /** The row whose context menu was opened last, until an item is selected. */
  #menuRow: Locator | undefined;

  private constructor(parts: WorkbenchParts, closers: Closers) {
    this.page = parts.page;
    this.sandbox = parts.sandbox;
    this.line = parts.line;
    this.workspace = parts.workspace;
    this.userDataDir = parts.userDataDir;
    this.words = parts.words;
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

  /** Where exports are kept if no setting says otherwise. */
  get exportsFolder(): string {
    return path.join(this.userDataDir, "data", "User", "globalStorage", "task-exports.task-exports", "exports");
  }

  close(): Promise<void> {
    return closeAll(this.#closers);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Reloads the page, as if the browser or the window had been closed. A desktop VS Code stores its open tabs when its
   * window closes; in a browser it can't, and stores them every few seconds.
   *
   * @param keptByExtension texts that the extension has given VS Code to store before
   */
  async reload(...keptByExtension: readonly string[]): Promise<void> {
    const tabs = await this.tab(/./).locator(".label-name").allInnerTexts();
    await waitUntilStored(this.page, "memento/workbench.parts.editor", tabs);
    await waitUntilStored(this.page, "task-exports.task-exports", keptByExtension);
    await this.page.reload();
    await waitForWorkbench(this.page, this.words("Task Exports"));
  }

  /** Runs a command by its full title with the keyboard, as a person does in the palette. */
  async runCommand(title: string): Promise<void> {
    for (let tries = 1; !(await this.#findCommand(title)); tries++) {
      if (tries === paletteTries) throw new Error(`The palette did not offer ${title}.`);
    }
    await this.page.keyboard.press("Enter");
  }

  /**
   * Opens the palette and types a command's title. While the window loads, a key may be pressed before the palette's
   * keybinding exists, and an editor that takes the focus closes the palette. A person then presses the key again.
   */
  async #findCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press("F1");
    if (!(await comes(this.quickInput, paletteLimitMs))) return false;
    await this.page.keyboard.insertText(title);
    return comes(this.focusedQuickRow(title), paletteLimitMs);
  }

  /** The widget of the palette, quick picks and input boxes. */
  get quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** The input field of that widget. */
  get quickField(): Locator {
    return this.quickInput.locator(".quick-input-filter input");
  }

  get quickTitle(): Locator {
    return this.quickInput.locator(".quick-input-title");
  }

  /** The message below the input field: a prompt, or why an input is invalid. */
  get quickMessage(): Locator {
    return this.quickInput.locator(".quick-input-message");
  }

  quickRow(text: string | RegExp): Locator {
    return this.quickInput.locator(".quick-input-list .monaco-list-row", { hasText: text });
  }

  /** The row that Enter selects. */
  focusedQuickRow(text: string | RegExp): Locator {
    return this.quickInput.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
  }

  /** Waits for a question by its prompt, replaces the text with the answer, and presses Enter. */
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

  /** Selects a row of a quick pick with the keyboard, by typing its text. */
  async choose(text: string): Promise<void> {
    await this.quickRow(text).first().waitFor();
    await this.#holdField();
    await this.page.keyboard.insertText(text);
    await this.focusedQuickRow(text).waitFor();
    await this.#holdField();
    await this.page.keyboard.press("Enter");
  }

  /**
   * Waits for the dialog in which VS Code asks where to save, and types a path. Enter then saves. The dialog shows the
   * folder first, and then the proposed path.
   */
  async typeSavePath(title: string, proposed: string, target: string): Promise<void> {
    await this.quickTitle.filter({ hasText: title }).waitFor();
    for (let tries = 1; path.basename(await this.quickField.inputValue()) !== proposed; tries++) {
      if (tries === proposalTries) throw new Error(`The dialog did not propose ${proposed}.`);
      await sleep(proposalMs);
    }
    await this.quickField.fill(target);
  }

  /** A table that was just opened may take the focus from a widget that stays open. A person then clicks into it. */
  async #holdField(): Promise<void> {
    const held = this.quickInput.locator(".quick-input-filter input:focus");
    if ((await held.count()) === 0) await this.quickField.click();
  }

  /** A view of the extension with its header. */
  pane(name: "Tasks" | "Downloads"): Locator {
    return this.page.locator(".sidebar .pane", {
      has: this.page.locator(".pane-header .title").getByText(this.words(name)),
    });
  }

  /** The rows of the Tasks view. */
  treeRow(text: string | RegExp): Locator {
    return this.pane("Tasks").locator(".monaco-list-row", { hasText: text });
  }

  /** The selected row of the Tasks view. */
  selectedTreeRow(text: string | RegExp): Locator {
    return this.pane("Tasks").locator(".monaco-list-row.selected", { hasText: text });
  }

  focusedTreeRow(text: string | RegExp): Locator {
    return this.pane("Tasks").locator(".monaco-list-row.focused", { hasText: text });
  }

  /** The line above the rows. */
  treeMessage(text: string | RegExp): Locator {
    return this.pane("Tasks").locator(".message", { hasText: text });
  }

  /** With a command, because a click on the icon would hide a view that is just being restored after a reload. */
  async showTasksView(): Promise<void> {
    await this.runCommand(`${this.words("Task Exports")}: Focus on ${this.words("Tasks")} View`);
    await this.pane("Tasks").waitFor();
    for (let tries = 1; !(await this.#hasTasksFocus()); tries++) {
      if (tries === focusTries) throw new Error("The Tasks view did not take the focus.");
      await this.#tasksList.focus();
    }
  }

  /**
   * While the window loads, the command runs before the extension provides the rows. These then take the focus only from
   * the view itself, which has lost it if a message was shown meanwhile. So wait for the rows before looking for the focus.
   */
  async #hasTasksFocus(): Promise<boolean> {
    const welcome = this.pane("Tasks").locator(".welcome-view-content:visible");
    await welcome.or(this.#tasksList.locator(".monaco-list-row")).first().waitFor();
    const focused = this.pane("Tasks").locator(".monaco-list:focus");
    return comes(welcome.or(focused).first(), focusLimitMs);
  }

  get #tasksList(): Locator {
    return this.pane("Tasks").locator(".monaco-list:visible").first();
  }

  /** Waits until the view contains this many accounts. The list paints only the rows that fit. */
  async waitForAccounts(count: number): Promise<void> {
    await this.pane("Tasks").locator(`.monaco-list-row[aria-level="1"][aria-setsize="${count}"]`).first().waitFor();
  }

  /** After a reload, the rows of the view may take the focus, which closes the box. A person then runs the command again. */
  async #openFilter(): Promise<boolean> {
    await this.runCommand("Task Exports: Filter Tasks…");
    return comes(this.quickMessage.filter({ hasText: "Words to filter by" }), paletteLimitMs);
  }

  /** Filters the tasks with the command that a person uses. An empty text shows all tasks. */
  async filterTasks(words: string, state = "Any status"): Promise<void> {
    for (let tries = 1; !(await this.#openFilter()); tries++) {
      if (tries === paletteTries) throw new Error("The box for the filter did not open.");
    }
    await this.quickField.fill(words);
    await this.quickField.press("Enter");
    await this.quickRow(state).click();
    await this.quickInput.waitFor({ state: "hidden" });
    const told = this.treeMessage(words === "" ? "Filter" : `Filter: “${words}”`);
    await told.waitFor({ state: words === "" && state === "Any status" ? "hidden" : "visible" });
  }

  /** Waits until only one row is left, because the tree is updated shortly after the filter is shown. */
  async #soleRow(row: Locator): Promise<void> {
    await row.nth(1).waitFor({ state: "detached" });
  }

  /** Opens the context menu of a row with the mouse. */
  async openMenu(row: Locator): Promise<void> {
    await this.#soleRow(row);
    await row.click({ button: "right" });
    // An editor that takes the focus at this moment closes the menu. A person then opens it again.
    for (let tries = 1; !(await comes(this.menuItem(/./).first(), menuLimitMs)); tries++) {
      if (tries === menuTries) throw new Error("The row's menu did not open.");
      await row.click({ button: "right" });
    }
    this.#menuRow = row;
  }

  /**
   * Selects an item of the open menu, which ignores clicks in its first 100 ms. An update of the rows closes a menu that
   * was opened on one of them. A person then opens it again.
   */
  async chooseFromMenu(text: string): Promise<void> {
    const item = this.menuItem(new RegExp(`^${text}$`));
    const row = this.#menuRow;
    for (let tries = 1; row !== undefined && !(await comes(item, menuLimitMs)); tries++) {
      if (tries === menuTries) throw new Error(`The menu did not offer ${text}.`);
      // The row may have changed after its menu was opened.
      if ((await this.menuItem(/./).count()) > 0) await this.page.keyboard.press("Escape");
      await this.openMenu(row);
    }
    this.#menuRow = undefined;
    await item.click({ delay: 150 });
  }

  menuItem(text: string | RegExp): Locator {
    return this.page.locator(".context-view .monaco-menu .action-item:not(.disabled)", { hasText: text });
  }

  async expand(row: Locator): Promise<void> {
    await this.#soleRow(row);
    if ((await row.getAttribute("aria-expanded")) === "false") await row.locator(".monaco-tl-twistie").click();
  }

  /** A button at the end of a row, by its tooltip. Only visible while the row is hovered or focused. */
  async pressInline(row: Locator, title: string): Promise<void> {
    await this.#soleRow(row);
    const button = row.getByRole("button", { name: title, exact: true });
    for (let tries = 1; ; tries++) {
      await row.hover();
      try {
        await button.click({ timeout: hoverLimitMs });
        return;
      } catch (error) {
        // If the list has moved, another row is under the mouse.
        if (tries === hoverTries) throw error;
      }
    }
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast", { hasText: text });
  }

  /** The buttons of a notification, in order. */
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

  /** The tabs of an editor group, numbered from 1 from left to right; of all groups without a number. */
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

  /** Opens a file of the open folder in the active group, or with Control+Enter to the side. */
  async openWorkspaceFile(name: string, key = "Enter"): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+P");
    await this.quickInput.waitFor();
    // By its path, because the search for names needs a program that the server may not have.
    await this.page.keyboard.insertText(path.join(this.workspace, name));
    await this.focusedQuickRow(name).waitFor();
    await this.page.keyboard.press(key);
    await this.tab(name).waitFor();
  }

  async closeEditors(): Promise<void> {
    await this.runCommand("View: Close All Editors");
    await this.page.locator(".tabs-container .tab").first().waitFor({ state: "detached" });
  }

  /** Goes back to the previous question with VS Code's key. It is pressed again if a question that is new missed it. */
  async pressBack(): Promise<void> {
    const keys: Partial<Record<NodeJS.Platform, string>> = { win32: "Alt+ArrowLeft", darwin: "Control+Minus" };
    const step = await this.quickTitle.innerText();
    do await this.page.keyboard.press(keys[process.platform] ?? "Control+Alt+Minus");
    while (!(await comes(this.quickTitle.filter({ hasNotText: step }), paletteLimitMs)));
  }

  /** @param kind the class of VS Code's window with it */
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

  /** Saves a screenshot to look at after the tests. The name can be that of a test. */
  async screenshot(name: string): Promise<void> {
    await mkdir(screenshotFolder, { recursive: true });
    const fileName = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    await this.page.screenshot({ path: path.join(screenshotFolder, `${fileName}.png`) });
  }
}
