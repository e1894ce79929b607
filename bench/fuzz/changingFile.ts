import { appendFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/sampleData/random.ts";
import type { TableSpec } from "../../src/table/document/tableSpec.ts";
import type { OpenFile } from "../../src/table/file/openFile.ts";
import { outcomeOf, type PendingCall, randomCalls, settled } from "./pendingCalls.ts";

export interface ChangingFile {
  readonly path: string;
  /** The whole file. */
  readonly bytes: Buffer;
  readonly random: Random;
  readonly open: (change: Partial<TableSpec>) => OpenFile;
  /** Compares the whole file. @throws Difference */
  readonly compare: (file: OpenFile) => Promise<void>;
  readonly signal: AbortSignal;
  readonly count: () => void;
}

const mostSteps = 6;
const longestPauseMs = 40;

/** A file grows in steps while it is read: every call settles, and its rows are right after it is read again. */
export async function fuzzGrowth(changing: ChangingFile): Promise<void> {
  const { path, bytes, random, open, compare } = changing;
  const [first = 0, ...steps] = stepsOf(random, bytes.length);
  const growing = random.chance(0.5);
  const size = (): { size?: number } => (random.chance(0.5) ? {} : { size: Infinity });
  await writeFile(path, bytes.subarray(0, first));
  const file = open({ growing, size: first });
  const calls: PendingCall[] = [...randomCalls(changing, file)];
  let written = first;
  for (const step of steps) {
    await appendFile(path, bytes.subarray(written, step));
    written = step;
    file.grew({ ...size(), growing: step < bytes.length && growing });
    calls.push(...randomCalls(changing, file));
    // A file without rows is waited for until there are some, so calls need not settle before its end.
    if (random.chance(0.5)) await sleep(random.below(longestPauseMs));
  }
  file.grew({ growing: false });
  await settled(changing, calls);
  await file.reread({ growing: false, size: Infinity });
  await compare(file);
}

/** A file shrinks, is replaced or deleted while calls are pending. */
export async function fuzzDamage(changing: ChangingFile): Promise<void> {
  const { path, bytes, random, open, compare } = changing;
  await writeFile(path, bytes);
  const file = open({ growing: false, size: Infinity });
  if (random.chance(0.5)) await file.settled();
  const calls = [...randomCalls(changing, file)];
  if (random.chance(0.5)) await calls[0]?.outcome;
  await damage(changing);
  if (random.chance(0.7)) file.grew({ growing: false });
  calls.push(...randomCalls(changing, file));
  await settled(changing, calls);
  if (random.chance(0.5)) await settled(changing, [{ name: "reread", outcome: outcomeOf(file.reread({})) }]);
  await writeFile(path, bytes);
  await file.reread({});
  await compare(file);
}

async function damage({ path, bytes, random }: ChangingFile): Promise<void> {
  switch (random.pick(["shrink", "replace", "delete", "overwrite"])) {
    case "shrink":
      return truncate(path, random.below(bytes.length + 1));
    case "replace":
      await writeFile(`${path}.new`, bytes.subarray(random.below(bytes.length + 1)));
      return rename(`${path}.new`, path);
    case "delete":
      return rm(path);
    default:
      return writeFile(path, bytes.toReversed());
  }
}

/** Where a file ends after each step, the whole file last. Most steps are small and near the beginning of the file. */
function stepsOf(random: Random, length: number): number[] {
  const steps = Array.from({ length: 1 + random.below(mostSteps) }, () => {
    return random.below(random.pick([1, 8, 64, 4096, length]) + 1);
  });
  return [...steps.map((step) => Math.min(step, length)).toSorted((one, other) => one - other), length];
}
