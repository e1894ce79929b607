import type { ExportError } from "../../model/exportError.ts";
import {
  fileChanged,
  linkExpired,
  storageRefused,
  truncated,
  unexpectedAnswer,
  unreadableCoding,
} from "../errors/downloadErrors.ts";

/** A URL can expire before it is used. If that happens more often than this in a row, new URLs don't help. */
const mostExpiredInARow = 3;

/** A range of fewer bytes is hardly worth its request. */
const shortRangeBytes = 64 * 1024;

/**
 * Counts faults that are tolerated only a few times. Each method counts one, and throws the error that ends the
 * transfer if it is one too many.
 */
export class FaultTally {
  #changes = 0;
  #wrongAnswers = 0;
  #emptyBodies = 0;
  #codingFailures = 0;
  #expiredInARow = 0;
  #refusedInARow = 0;
  #shortRangesInARow = 0;

  /** New bytes arrived, so the URL was good. */
  progress(): void {
    this.#expiredInARow = 0;
    this.#refusedInARow = 0;
  }

  /** The store now has another version of the file. */
  changed(host: string): void {
    this.#changes += 1;
    if (this.#changes > 1) throw fileChanged(host);
  }

  /** The response contains other bytes than requested. */
  wrongAnswer(host: string, status: number): void {
    this.#wrongAnswers += 1;
    if (this.#wrongAnswers > 1) throw unexpectedAnswer(host, status);
  }

  /** The body was empty although the length did not say so. Returns the reason for the retry. */
  emptyBody(host: string): ExportError {
    this.#emptyBodies += 1;
    if (this.#emptyBodies > 1) throw truncated(host);
    return truncated(host);
  }

  /** The content coding of the body could not be decoded. Returns the reason for the retry. */
  codingFailed(host: string, cutOff: boolean): ExportError {
    this.#codingFailures += 1;
    const failure = cutOff ? truncated(host) : unreadableCoding(host);
    if (this.#codingFailures > 1) throw failure;
    return failure;
  }

  /**
   * A range of a file of unknown length ended after so many new bytes. Returns whether to pause before the next one. One
   * short range can be the end of the file, but a store must not be sent a request for each byte.
   */
  rangeEnded(bytes: number): boolean {
    this.#shortRangesInARow = bytes < shortRangeBytes ? this.#shortRangesInARow + 1 : 0;
    return this.#shortRangesInARow > 1;
  }

  /** The URL had expired. Returns whether to pause before using the new one. */
  expired(host: string): boolean {
    this.#expiredInARow += 1;
    if (this.#expiredInARow > mostExpiredInARow) throw linkExpired(host);
    return this.#expiredInARow > 1;
  }

  /** The store refused the request for another reason than an expired URL. */
  refused(host: string, status: number): void {
    this.#refusedInARow += 1;
    if (this.#refusedInARow > 1) throw storageRefused(host, status);
  }
}
