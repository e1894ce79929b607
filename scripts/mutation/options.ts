import { parseArgs } from "node:util";
import type { Part } from "./sample.ts";

export interface MutationOptions {
  /** A file or folder below `src`, relative to the checkout. */
  readonly place: string;
  /** Only mutants in this line of the file. */
  readonly line?: number;
  /** How many mutants to choose. */
  readonly sample: number;
  readonly seed: string;
  readonly part: Part;
  readonly testFiles: number;
  /** How many mutants are tested at the same time. */
  readonly atOnce: number;
  /** The lowest score, in percent, with which the run succeeds. */
  readonly atLeast: number;
}

export const usage = `npm run mutate -- <file or folder>[:line] [options]

  --sample N      how many mutants to choose (default 40)
  --seed S        what chooses them (default 1)
  --all           every mutant; the default for a line
  --part K/N      only the Kth of N parts of the sample
  --test-files N  how many of the nearest test files to try (default 20)
  --at-once N     how many mutants to test at the same time (default 1)
  --at-least P    fail when less than P percent of the mutants are killed`;

/** A person's mistake in the arguments. */
export class UsageError extends Error {}

export function readOptions(args: readonly string[]): MutationOptions {
  const { values, positionals } = parsed(args);
  const [, place, line] = /^(.+?)(?::(\d+))?$/u.exec(positionals[0] ?? "") ?? [];
  if (place === undefined || positionals.length > 1) throw new UsageError("Name one file or folder.");
  const isAll = values.all || (line !== undefined && values.sample === undefined);
  return {
    place: place.replace(/\/+$/u, ""),
    ...(line !== undefined && { line: Number(line) }),
    sample: isAll ? Infinity : wholeNumber("sample", values.sample ?? "40"),
    seed: values.seed,
    part: readPart(values.part),
    testFiles: wholeNumber("test-files", values["test-files"]),
    atOnce: wholeNumber("at-once", values["at-once"]),
    atLeast: wholeNumber("at-least", values["at-least"], 0),
  };
}

function parsed(args: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(args);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

// eslint infers the precise type of the values from the literal, which no annotation would repeat.
const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      all: { type: "boolean", default: false },
      part: { type: "string", default: "1/1" },
      "test-files": { type: "string", default: "20" },
      "at-once": { type: "string", default: "1" },
      "at-least": { type: "string", default: "0" },
    },
  });

function wholeNumber(option: string, text: string, lowest = 1): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < lowest) throw new UsageError(`--${option} needs a whole number.`);
  return number;
}

function readPart(text: string): Part {
  const [, number = "", of = ""] = /^(\d+)\/(\d+)$/u.exec(text) ?? [];
  const part = { number: Number(number), of: Number(of) };
  if (part.number < 1 || part.number > part.of) throw new UsageError("--part needs two numbers such as 1/4.");
  return part;
}
