export interface Disposable {
  dispose(): void;
}

/** A connection that carries messages both ways, in order: a worker thread, a webview, a child process. */
export interface Port {
  /** Throws if the message can't be copied to the other side. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Called once when the other side ends, or at once if it has already ended. */
  onEnd(listener: (cause: unknown) => void): Disposable;
}
