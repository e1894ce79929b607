import type { PartFile } from "./partFile.ts";
import { ifRange, isStrong, type RangeRequest } from "./rangeAnswer.ts";

/** Compared at the seam of a resume where no strong tag vouches for the version. */
const overlapBytes = 1024;

/** A request for what a part lacks, together with what its answer is judged by. */
export interface RestRequest extends RangeRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/** How far the bytes of a part can be relied on, as one run's answers show it. */
export class PartTrust {
  readonly #part: PartFile;
  /** The part's version is vouched for by this very run, not only by a sidecar. */
  #confirmed = false;
  /** What the part holds is of no use. */
  #forgotten = false;
  #overlapAsked = false;

  constructor(part: PartFile) {
    this.#part = part;
  }

  get isConfirmed(): boolean {
    return this.#confirmed;
  }

  /** Bytes of the part that a range may be added to. So few that no overlap fits are not worth a range. */
  get usableLength(): number {
    const { beginning, length } = this.#part;
    const usable = beginning !== undefined && !beginning.decoded && !this.#forgotten && length > overlapBytes;
    return usable ? length : 0;
  }

  /** Length of the whole file, where this run's answers vouch for what is there of it. */
  get confirmedTotal(): number | undefined {
    return this.#confirmed && !this.#forgotten ? this.#part.beginning?.identity.total : undefined;
  }

  /** An answer of this run named the version that the part holds, or that it is to be begun with. */
  confirm(): void {
    this.#confirmed = true;
  }

  /** What is there is not the file: it is to be asked for from its first byte. */
  forget(): void {
    this.#forgotten = true;
  }

  /** The part was begun anew with what an answer brought. */
  begun(): void {
    this.#forgotten = false;
    this.#confirmed = true;
  }

  /** The store's answers don't name the version, so bytes have to be compared. */
  askOverlap(): void {
    this.#overlapAsked = true;
  }

  restRequest(): RestRequest {
    const have = this.usableLength;
    const known = have === 0 ? undefined : this.#part.beginning?.identity;
    const trusted = this.#confirmed && !this.#overlapAsked && isStrong(known?.etag);
    const from = trusted ? have : Math.max(have - overlapBytes, 0);
    const condition = known === undefined ? undefined : ifRange(known);
    const headers = {
      "accept-encoding": "identity",
      ...(from === 0 ? {} : { range: `bytes=${from}-` }),
      ...(from === 0 || condition === undefined ? {} : { "if-range": condition }),
    };
    return { from, have, known, headers };
  }
}
