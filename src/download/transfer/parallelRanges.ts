import type { Clock } from "../../http/clock.ts";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { RangeTrial, triedRanges } from "./rangeTrial.ts";
import { defaultRangeBytes, isWorthRanges, type RangeWindow, receiveInRanges } from "./rangeWindow.ts";

/** How many ranges to fetch in parallel. `auto`: several if that turns out to be faster. */
export type RangeSetting = number | "auto";

/** Decides when the rest of a file is fetched in parallel ranges, and fetches it. */
export class ParallelRanges {
  readonly #setting: () => RangeSetting;
  readonly #trial: RangeTrial;
  /** Ranges didn't bring a file to its end, so a single connection does. */
  #gaveUp = false;

  constructor(setting: () => RangeSetting, clock: Clock) {
    this.#setting = setting;
    this.#trial = new RangeTrial(clock);
  }

  /** The ranges may have ended only because the URL expired. */
  linkRenewed(): void {
    this.#gaveUp = false;
  }

  /** Whether a file with these headers may be fetched in ranges, now or after a trial. */
  mayHelp(headers: HttpHeaders, bytesLeft: number): boolean {
    return !this.#gaveUp && isWorthRanges(headers, bytesLeft);
  }

  /** Whether to fetch ranges at once, without measuring one connection first. */
  get isPreferred(): boolean {
    return this.#count > 1;
  }

  /** One connection begins to bring what comes after this length of the part. */
  beginSingle(length: number): void {
    this.#trial.begin(length);
  }

  /** One connection has brought the part to this length. Returns whether ranges should replace it. */
  replaceSingle(length: number, total: number): boolean {
    return this.#setting() === "auto" && this.#trial.measureSingle(length, total);
  }

  /**
   * Fetches the rest of the file in ranges, or a part of it. Errors are ignored here: if the problem persists, the
   * single request that follows runs into it again and handles it.
   */
  async receive(window: Omit<RangeWindow, "count" | "rangeBytes" | "goesOn">): Promise<void> {
    const isTrial = this.#setting() === "auto";
    this.#trial.begin(window.part.length);
    await receiveInRanges({
      ...window,
      count: this.#count,
      rangeBytes: isTrial ? this.#trial.rangeBytes : defaultRangeBytes,
      goesOn: (length) => !isTrial || this.#trial.measureRanges(length),
    });
    this.#gaveUp = window.part.length < window.total;
  }

  get #count(): number {
    const setting = this.#setting();
    if (setting !== "auto") return setting;
    return this.#trial.prefersRanges ? triedRanges : 1;
  }
}
