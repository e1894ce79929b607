/** What the probe in the extension host has seen. */
export interface ProbeReading {
  /** The longest time in one piece in which the event loop did nothing else, in milliseconds. */
  readonly longestBlockMs: number;
  readonly rssBytes: number;
  /** Timers of all extensions in the host that are running and keep it alive. */
  readonly timers: number;
}
