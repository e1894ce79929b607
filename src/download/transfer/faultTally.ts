import type { ExportError } from "../../model/exportError.ts";
import {
  fileChanged,
  linkExpired,
  storageRefused,
  truncated,
  unexpectedAnswer,
  unreadableCoding,
} from "../errors/downloadErrors.ts";

/** A link may have ended while it was on its way here; more often than this in a row, fresh links are of no use. */
const mostExpiredInARow = 3;

/**
 * Counts the faults that are forgiven only so often. Each method notes one and throws the error that ends the transfer
 * when it was one too many.
 */
export class FaultTally {
  #changes = 0;
  #wrongAnswers = 0;
  #emptyBodies = 0;
  #codingFailures = 0;
  #expiredInARow = 0;
  #refusedInARow = 0;

  /** Bytes came that had not been there before, so the link was good. */
  progress(): void {
    this.#expiredInARow = 0;
    this.#refusedInARow = 0;
  }

  /** Another version of the file lies there now. */
  changed(host: string): void {
    this.#changes += 1;
    if (this.#changes > 1) throw fileChanged(host);
  }

  /** The answer brought other bytes than were asked for. */
  wrongAnswer(host: string, status: number): void {
    this.#wrongAnswers += 1;
    if (this.#wrongAnswers > 1) throw unexpectedAnswer(host, status);
  }

  /** Nothing came, and the length did not say that nothing would. Answers why it is tried again. */
  emptyBody(host: string): ExportError {
    this.#emptyBodies += 1;
    if (this.#emptyBodies > 1) throw truncated(host);
    return truncated(host);
  }

  /** The coding of the body could not be undone. Answers why it is tried again. */
  codingFailed(host: string, cutOff: boolean): ExportError {
    this.#codingFailures += 1;
    const failure = cutOff ? truncated(host) : unreadableCoding(host);
    if (this.#codingFailures > 1) throw failure;
    return failure;
  }

  /** The link had ended. Answers whether to pause before the fresh one is tried. */
  expired(host: string): boolean {
    this.#expiredInARow += 1;
    if (this.#expiredInARow > mostExpiredInARow) throw linkExpired(host);
    return this.#expiredInARow > 1;
  }

  /** The file's host refused for another reason than the link's end. */
  refused(host: string, status: number): void {
    this.#refusedInARow += 1;
    if (this.#refusedInARow > 1) throw storageRefused(host, status);
  }
}
