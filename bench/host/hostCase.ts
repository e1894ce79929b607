import type { Figure } from "../figure.ts";

/** Measures one question several times. `log` takes a line of progress. */
export type HostCase = (extent: { runs: number; log: (line: string) => void }) => Promise<Figure[]>;
