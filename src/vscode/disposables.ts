/** What is ended by its owner. VS Code's own disposables fit. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns what it opened: everything registered is disposed with it, newest first. */
export abstract class Owner implements Disposable {
  readonly #owned: Disposable[] = [];
  #disposed = false;

  /** Takes charge of a disposable and answers it. Given to an owner that is gone, it is disposed at once. */
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
