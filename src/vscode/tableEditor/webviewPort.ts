import type { Disposable, Port } from "../../channel/port.ts";

/** As much of VS Code's panel with a page as a channel needs. */
export interface PagePanel {
  readonly webview: {
    postMessage(message: unknown): PromiseLike<boolean>;
    onDidReceiveMessage(listener: (message: unknown) => void): Disposable;
  };
  onDidDispose(listener: () => void): Disposable;
}

/** The page of a webview as the extension host sees it. */
export function webviewPort(panel: PagePanel): Port {
  const { webview } = panel;
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
    onEnd: (listener) => panel.onDidDispose(() => listener(undefined)),
  };
}
