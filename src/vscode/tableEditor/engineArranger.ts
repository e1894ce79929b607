import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import type { Arranger } from "./arranger.ts";

/** Sorts and filters with the query engine. */
export function engineArranger(engine: QueryEngine): Arranger {
  return {
    arrange: async (file, { sort, filter }, options) => {
      const source = await exportSourceOf(file, options.signal);
      return engine.arrange({ source, sort, filter }, options);
    },
  };
}
