import { defined } from "../../model/defined.ts";
import type { PartFile } from "./partFile.ts";
import { ifRange, isProvable, isStrong, type RangeRequest } from "./rangeAnswer.ts";

/** How many bytes are fetched again and compared on a resume, unless a strong ETag was confirmed before. */
const overlapBytes = 1024;

/** A request for the missing bytes of a part, with what is needed to check its response. */
export interface RestRequest extends RangeRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/** How much of a part can be trusted, according to the responses of the current run. */
export class PartTrust {
  readonly #part: PartFile;
  /** A response of this run confirmed the version of the part. Otherwise only the sidecar names it. */
  #confirmed = false;
  /** The bytes in the part are wrong or outdated. */
  #forgotten = false;
  #overlapAsked = false;
  /** The store's ranges don't say of which version they are. */
  #rangesProveNothing = false;

  constructor(part: PartFile) {
    this.#part = part;
  }

  get isConfirmed(): boolean {
    return this.#confirmed;
  }

  /**
   * How many bytes a range can be appended to. A part that is too short to be compared is fetched again, and so is one
   * for which no response can prove that it has the same version.
   */
  get usableLength(): number {
    const { beginning, length } = this.#part;
    if (beginning === undefined || beginning.decoded || this.#forgotten || length <= overlapBytes) return 0;
    const isUsable = this.#hasChecksum || (isProvable(beginning.identity) && !this.#rangesProveNothing);
    return isUsable ? length : 0;
  }

  get #hasChecksum(): boolean {
    return (this.#part.beginning?.checksums.length ?? 0) > 0;
  }

  /** Length of the whole file, if this run confirmed the version of the part. */
  get confirmedTotal(): number | undefined {
    return this.#confirmed && !this.#forgotten ? this.#part.beginning?.identity.total : undefined;
  }

  /** A response of this run is of the same version as the part, or a new part is about to be started from it. */
  confirm(): void {
    this.#confirmed = true;
  }

  /** The bytes in the part are not those of the file, so the next request starts at the first byte. */
  forget(): void {
    this.#forgotten = true;
  }

  /** The part was emptied and starts over with the bytes of a response. */
  startedOver(): void {
    this.#forgotten = false;
    this.#confirmed = true;
  }

  /** The store's responses don't confirm a strong ETag, so bytes have to be compared. */
  askOverlap(): void {
    this.#overlapAsked = true;
  }

  /** A range didn't say of which version it is. From now on, the file is fetched in one piece. */
  distrustRanges(): void {
    this.#rangesProveNothing = true;
  }

  restRequest(): RestRequest {
    const have = this.usableLength;
    const known = have === 0 ? undefined : this.#part.beginning?.identity;
    const trusted = this.#confirmed && !this.#overlapAsked && isStrong(known?.etag);
    const from = trusted ? have : Math.max(have - overlapBytes, 0);
    const condition = known === undefined ? undefined : ifRange(known);
    const headers = from === 0 ? {} : defined({ range: `bytes=${from}-`, "if-range": condition });
    return { from, have, known, hasChecksum: this.#hasChecksum, headers };
  }
}
