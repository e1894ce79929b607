import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import type { ColumnProfiler, ColumnSummaries } from "./arranger.ts";

/** How many values are listed at once. */
const mostListed = 500;

/** Says with the query engine what columns contain. */
export function engineSummaries(engine: QueryEngine): ColumnSummaries & ColumnProfiler {
  return {
    values: async (file, question, signal) => {
      const source = await exportSourceOf(file, signal);
      return engine.columnValues({ ...question, source, limit: mostListed }, signal);
    },
    histogram: async (file, { column, filter }, signal) => {
      const source = await exportSourceOf(file, signal);
      const [profile] = await engine.profile({ source, columns: [column], filter }, { signal });
      return profile?.histogram ?? [];
    },
    profile: async (file, { columns, filter }, options) => {
      const source = await exportSourceOf(file, options.signal);
      await engine.profile({ source, columns, filter }, options);
    },
  };
}
