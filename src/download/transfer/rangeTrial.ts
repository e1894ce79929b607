import type { Clock } from "../../http/clock.ts";

/** How many ranges at a time are tried. More connections gain little, and hosts may object to them. */
export const triedRanges = 4;

/** How long one connection is measured first, and how long ranges may take to be faster. */
const measuredMs = { single: 300, ranges: 2000 };
/** At this speed, this computer limits a download more than any connection does. */
const fastBytesPerMs = (160 * 1024 * 1024) / 1000;
/** For a download that ends sooner, opening connections takes longer than it saves. */
const leastMsLeft = 1000;
/** How many times as fast as one connection ranges must be. */
const leastGain = 1.25;

/** A range takes about this long. Shorter on slow connections, so that the file grows steadily and a crash costs little. */
const rangeMs = 250;
const rangeBytes = { least: 512 * 1024, most: 4 * 1024 * 1024 };

/**
 * Decides whether a file is downloaded faster in parallel ranges than over one connection, by trying both. Some hosts
 * limit the speed of each connection; with others, more connections only share the same line.
 */
export class RangeTrial {
  readonly #clock: Clock;
  #verdict: "open" | "single" | "ranges" = "open";
  #since = 0;
  #from = 0;
  /** The speed of one connection, in bytes per millisecond. */
  #single = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isOpen(): boolean {
    return this.#verdict === "open";
  }

  /** Whether ranges were worth a try, and have not turned out to be too slow. */
  get prefersRanges(): boolean {
    return this.#verdict === "ranges";
  }

  /** A size for ranges that fits the speed of one connection. */
  get rangeBytes(): number {
    const wanted = this.#single * triedRanges * rangeMs;
    return Math.round(Math.min(rangeBytes.most, Math.max(rangeBytes.least, wanted)));
  }

  /** The part has this length, and a connection begins to bring more. */
  begin(length: number): void {
    this.#since = this.#clock.now();
    this.#from = length;
  }

  /** One connection has brought the part to this length. Returns whether ranges should be tried instead. */
  measureSingle(length: number, total: number): boolean {
    const elapsed = this.#clock.now() - this.#since;
    if (!this.isOpen || elapsed < measuredMs.single) return false;
    this.#single = (length - this.#from) / elapsed;
    const isFast = this.#single >= fastBytesPerMs;
    const endsSoon = total - length < this.#single * leastMsLeft;
    this.#verdict = isFast || endsSoon ? "single" : "ranges";
    return this.prefersRanges;
  }

  /** Ranges have brought the part to this length. Returns whether they should go on. */
  measureRanges(length: number): boolean {
    const elapsed = this.#clock.now() - this.#since;
    if (elapsed < measuredMs.ranges) return true;
    const speed = (length - this.#from) / elapsed;
    if (speed < leastGain * this.#single) this.#verdict = "single";
    return this.prefersRanges;
  }
}
