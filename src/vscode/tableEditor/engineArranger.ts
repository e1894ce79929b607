import { arrangeFile } from "../../query/host/arrangeFile.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import type { Arranger } from "./arranger.ts";

/** Sorts and filters with the query engine. */
export function engineArranger(engine: QueryEngine): Arranger {
  return { arrange: (file, arrangement, options) => arrangeFile(engine, file, arrangement, options) };
}
