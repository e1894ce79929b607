import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { EnginePrograms } from "../../../../src/query/host/engineHost.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";
import { builtProgram } from "../../table/scan/builtScanner.ts";

const require = createRequire(import.meta.url);

/** The engine from the sources, with the library that npm installed. */
export const enginePrograms: EnginePrograms = {
  engine: new URL("../../../../src/query/engine/engineMain.ts", import.meta.url),
  library: pathToFileURL(require.resolve("@duckdb/node-api")),
  extractWorker: new URL("../../../../src/query/extract/extractWorker.ts", import.meta.url),
  fields: pathToFileURL(await builtProgram("fields")),
  scanner: tablePrograms.scanner,
  sentences: undefined,
};
