import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as v from "valibot";
import { buildExtension } from "../../workbench/session/companion.ts";
import type { PackageTarget } from "./packageTargets.ts";
import { probeFiles, probeVariable } from "./queryProbe/probe.ts";

const lookAgainMs = 200;
const text = `name,amount\nsecond,20\nlast,3\nfirst,100\n`;
const plain = [
  ["second", "20"],
  ["last", "3"],
  ["first", "100"],
];
const sorted = [
  ["first", "100"],
  ["second", "20"],
  ["last", "3"],
];
const rowsSchema = v.union([v.array(v.array(v.string())), v.string()]);
const answerSchema = v.object({ plain: rowsSchema, sorted: rowsSchema });

/** A query with an installed package: an extension that runs it, and what that extension is started with. */
export interface QueryTrial {
  readonly extension: string;
  readonly env: Readonly<Record<string, string>>;
  /** Waits for the answer. */
  check(signal: AbortSignal): Promise<void>;
}

/**
 * Prepares a query in a folder. With the engine, rows come back sorted. Without it, they come in file order only, and the
 * query says what is missing.
 */
export async function queryTrial(folder: string, target: PackageTarget): Promise<QueryTrial> {
  await mkdir(folder);
  await writeFile(path.join(folder, probeFiles.rows), text);
  const extension = await buildExtension(path.join(import.meta.dirname, "queryProbe"), path.join(folder, "extension"));
  return {
    extension,
    env: { [probeVariable]: folder },
    check: async (signal) => {
      const answer = v.parse(answerSchema, JSON.parse(await written(path.join(folder, probeFiles.answer), signal)));
      assert.deepEqual(answer, { plain, sorted: target === "universal" ? "engineMissing" : sorted });
    },
  };
}

/** The content of a file, as soon as it is there. */
async function written(file: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    const content = await readFile(file, "utf8").catch(() => undefined);
    if (content !== undefined) return content;
    await delay(lookAgainMs, undefined, { signal });
  }
}
