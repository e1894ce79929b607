import type { TablePrograms } from "../../../../src/table/worker/hostedThread.ts";

const worker = (name: string): URL => new URL(`../../../../src/table/worker/${name}.ts`, import.meta.url);

/** The threads' programs from their sources. Without a compiled scanner, plain code gives the same answers. */
export const tablePrograms: TablePrograms = {
  tableWorker: worker("tableWorker"),
  findWorker: worker("findWorker"),
  unpackWorker: new URL("../../../../src/table/unpack/unpackWorker.ts", import.meta.url),
  scanner: new URL("none.wasm", import.meta.url),
  encodingGuess: new URL("../../../../src/table/encodings/guessEncoding.ts", import.meta.url),
};
