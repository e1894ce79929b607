export interface Disposable {
  dispose(): void;
}

/** A connection that carries messages both ways, in order: a worker thread, a webview, a child process. */
export interface Port {
  /** Throws when the message can't be copied to the other side. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** The other side is gone. Called once, also when it is gone already. */
  onEnd(listener: (cause: unknown) => void): Disposable;
}
