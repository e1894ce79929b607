import type { Disposable } from "../../../../src/channel/port.ts";
import type { TablePage } from "../../../../src/vscode/tableEditor/tablePanel.ts";

/** A tab's page that a test controls: it records what the host posts, and posts, shows and hides as the test wants. */
export class TabPage implements TablePage {
  active = true;
  visible = true;
  readonly posted: unknown[] = [];
  readonly #messages = new Set<(message: unknown) => void>();
  readonly #viewStates = new Set<() => void>();
  readonly #disposals = new Set<() => void>();

  readonly webview = {
    postMessage: (message: unknown): Promise<boolean> => {
      this.posted.push(structuredClone(message));
      return Promise.resolve(true);
    },
    onDidReceiveMessage: (listener: (message: unknown) => void): Disposable => listening(this.#messages, listener),
  };

  readonly onDidChangeViewState = (listener: () => void): Disposable => listening(this.#viewStates, listener);
  readonly onDidDispose = (listener: () => void): Disposable => listening(this.#disposals, listener);

  post(message: unknown): void {
    for (const listener of this.#messages) listener(structuredClone(message));
  }

  show(isVisible: boolean): void {
    this.visible = isVisible;
    for (const listener of this.#viewStates) listener();
  }
}

function listening<Listener>(all: Set<Listener>, listener: Listener): Disposable {
  all.add(listener);
  return { dispose: () => all.delete(listener) };
}
