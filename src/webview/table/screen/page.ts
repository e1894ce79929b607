import type { ReadAs } from "../../../table/tableTypes.ts";
import { Announcer } from "../announcer.ts";
import { element } from "../element.ts";
import type { HostLink } from "../hostLink.ts";
import type { TableAction, TableNotice, TableView } from "../messages.ts";
import type { PageMemory } from "../pageMemory.ts";
import { NoticeBanner } from "../states/noticeBanner.ts";
import { problemScreen } from "../states/problemScreen.ts";
import { showSkeleton } from "../states/skeleton.ts";
import { TableScreen } from "./tableScreen.ts";

/** The whole webview: a table or the reason why there is none, and above it a notice about the file. */
export class Page {
  readonly #link: HostLink;
  readonly #memory: PageMemory;
  readonly #root: HTMLElement;
  readonly #announcer = new Announcer();
  readonly #content = element("div", { class: "content" });
  readonly #banner: NoticeBanner;
  #screen: TableScreen | undefined;
  #endSkeleton: () => void;

  constructor(link: HostLink, memory: PageMemory, root: HTMLElement) {
    this.#link = link;
    this.#memory = memory;
    this.#root = root;
    this.#banner = new NoticeBanner((action) => this.#act(action));
    root.append(this.#banner.element, this.#content, this.#announcer.element);
    this.#endSkeleton = showSkeleton(this.#content);
    this.#listen();
  }

  async open(): Promise<void> {
    try {
      this.#show(await this.#link.ask("open", {}));
    } catch (error) {
      this.#endSkeleton();
      this.#fail(error);
    }
  }

  #listen(): void {
    const link = this.#link;
    link.on("view", (view) => this.#show(view));
    link.on("shape", (shape) => this.#screen?.updateShape(shape));
    link.on("progress", (progress) => this.#screen?.updateProgress(progress));
    link.on("notice", (notice) => this.#showNotice(notice));
    link.on("command", (command) => {
      if (this.#screen?.element.isConnected === true) this.#screen.run(command);
    });
    // VS Code gives the focus to the page, but no key works on its body.
    window.addEventListener("focus", () => this.#focusContent());
    this.#takeKeyboardOnPress();
  }

  /**
   * A press anywhere in the page makes its tab the active one: VS Code does that for the page that has the focus, which
   * the browser does not give where the press is handled here. On what takes no focus itself, the table has the
   * keyboard.
   */
  #takeKeyboardOnPress(): void {
    document.addEventListener("pointerdown", () => window.focus(), { capture: true });
    document.addEventListener("pointerup", () => this.#focusContent());
  }

  /** If the focused button disappears with its notice, the table gets the focus. */
  #showNotice(notice: TableNotice | null | undefined): void {
    this.#banner.show(notice);
    if (document.hasFocus()) this.#focusContent();
  }

  #show(view: TableView): void {
    this.#endSkeleton();
    this.#banner.show(view.notice);
    const { content } = view;
    if (content.kind === "problem") {
      const { problem, actions } = content;
      document.body.dataset["painted"] = "problem";
      this.#content.replaceChildren(problemScreen(problem, actions, (action) => this.#act(action)));
    } else {
      if (this.#screen) this.#screen.begin(content);
      const screen = (this.#screen ??= new TableScreen({
        link: this.#link,
        announcer: this.#announcer,
        memory: this.#memory,
        table: content,
        onReadAs: (readAs) => {
          void this.#readAs(readAs);
        },
      }));
      screen.fileName = view.fileName;
      if (!screen.element.isConnected) this.#content.replaceChildren(screen.element);
    }
    if (document.hasFocus()) this.#focusContent();
  }

  /**
   * Only where nothing else has the focus: it may be on a control that changed how the file is read. What was just
   * hidden still has it, until the page is drawn again.
   */
  #focusContent(): void {
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body && activeElement.checkVisibility()) return;
    if (this.#screen?.element.isConnected === true) this.#screen.focus();
    else this.#root.querySelector<HTMLElement>(".problem button, .problem pre")?.focus();
  }

  async #readAs(readAs: ReadAs): Promise<void> {
    try {
      this.#show(await this.#link.ask("readAs", readAs));
    } catch (error) {
      this.#screen?.readingStayed();
      this.#fail(error);
    }
  }

  #act(action: TableAction): void {
    this.#link.ask("act", { action }).catch((error: unknown) => this.#fail(error));
  }

  /** Shows the reason in the footer, or in the page if there is no table. */
  #fail(error: unknown): void {
    const sentence = error instanceof Error ? error.message : String(error);
    if (this.#screen?.element.isConnected === true) {
      this.#screen.say(sentence);
      return;
    }
    this.#content.querySelector(".refused")?.remove();
    this.#content.append(element("p", { class: "refused", role: "alert" }, sentence));
  }
}
