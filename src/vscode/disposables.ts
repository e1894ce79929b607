/** An object that its owner disposes. Compatible with VS Code's disposables. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns disposables and disposes them with itself, the newest first. */
export abstract class Owner implements Disposable {
  readonly #owned: Disposable[] = [];
  #disposed = false;

  protected get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes ownership of a disposable and returns it. If the owner is already disposed, disposes it at once. */
  protected own<Owned extends Disposable>(owned: Owned): Owned {
    if (this.#disposed) owned.dispose();
    else this.#owned.push(owned);
    return owned;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const owned of this.#owned.reverse()) owned.dispose();
    this.#owned.length = 0;
  }
}
