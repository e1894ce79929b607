import type { Disposable, Port } from "../../channel/port.ts";

/** The part of VS Code's panel that a channel needs. */
export interface PagePanel {
  readonly webview: {
    postMessage(message: unknown): PromiseLike<boolean>;
    onDidReceiveMessage(listener: (message: unknown) => void): Disposable;
  };
  onDidDispose(listener: () => void): Disposable;
}

/** The page of a webview, for the extension host. */
export function webviewPort(panel: PagePanel): Port {
  const { webview } = panel;
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
    onEnd: (listener) => panel.onDidDispose(() => listener(undefined)),
  };
}
