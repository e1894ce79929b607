/**
 * Loaded first by a process that tests a mutant, and by its workers and the processes it starts: gives them the mutant's
 * text instead of one source file. The file on the disk stays as it is.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { swappedFileVariable, swappedTextVariable } from "./swapVariables.ts";

const file = process.env[swappedFileVariable];
const textFile = process.env[swappedTextVariable];
if (file !== undefined && textFile !== undefined) {
  const url = pathToFileURL(file).href;
  registerHooks({
    load: (asked, context, nextLoad) =>
      asked === url
        ? { format: "module-typescript", source: readFileSync(textFile, "utf8"), shortCircuit: true }
        : nextLoad(asked, context),
  });
}
