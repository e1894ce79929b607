import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";

/** The milliseconds between two ticks of a 1 ms timer, including that millisecond. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function watchLoop(): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  return histogram;
}

export function delayOf(histogram: IntervalHistogram): LoopDelay {
  const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6;
  return {
    p50: milliseconds(histogram.percentile(50)),
    p99: milliseconds(histogram.percentile(99)),
    max: milliseconds(histogram.max),
  };
}
