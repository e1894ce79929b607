import { Owner } from "../disposables.ts";
import type { Subscription } from "../emitter.ts";

/** Something that happened while perhaps nobody looked. */
export interface Notice {
  readonly kind: "downloaded" | "failed";
  /** Tells it alone. */
  show(): void;
}

export interface NoticesParts {
  readonly isFocused: () => boolean;
  /** Called when the window gets the focus. */
  readonly onDidFocus: (listener: () => void) => Subscription;
  /** Tells several notices of one kind together. */
  readonly showTogether: (kind: Notice["kind"], count: number) => void;
}

/** With more, VS Code would hide some of them. */
const mostAtOnce = 2;

/** Shows notices while the window is focused. Otherwise collects them, and shows them when the person comes back. */
export class Notices extends Owner {
  readonly #parts: NoticesParts;
  #collected: Notice[] = [];

  constructor(parts: NoticesParts) {
    super();
    this.#parts = parts;
    this.own(parts.onDidFocus(() => this.#showCollected()));
  }

  add(notice: Notice): void {
    if (this.#parts.isFocused()) notice.show();
    else this.#collected.push(notice);
  }

  #showCollected(): void {
    const collected = this.#collected;
    this.#collected = [];
    const downloaded = collected.filter(({ kind }) => kind === "downloaded");
    if (downloaded.length > 1) this.#parts.showTogether("downloaded", downloaded.length);
    else downloaded[0]?.show();
    // Each failure has its own reason.
    const failed = collected.filter(({ kind }) => kind === "failed");
    if (failed.length > mostAtOnce) this.#parts.showTogether("failed", failed.length);
    else for (const notice of failed) notice.show();
  }
}
