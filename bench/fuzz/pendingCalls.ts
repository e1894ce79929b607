import type { Random } from "../../sandbox/sampleData/random.ts";
import { ExportError } from "../../src/model/exportError.ts";
import type { OpenFile } from "../../src/table/file/openFile.ts";
import type { Match } from "../../src/table/tableTypes.ts";
import { rowNumber } from "../../src/table/view/rowIdentity.ts";
import { Difference } from "./fuzzTable.ts";

export interface PendingCall {
  readonly name: string;
  /** How it ended: `answered`, an error code, or the text of another error. Never rejects. */
  readonly outcome: Promise<string>;
}

interface Caller {
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly count: () => void;
}

/** Far more than a call needs, on a busy machine too. */
const settlesMs = 20_000;
const mostCalls = 5;
const allowed: ReadonlySet<string> = new Set(["answered", "fileChanged", "fileMissing", "cancelled"]);

/** Starts some calls and doesn't wait for them. */
export function randomCalls({ random, signal }: Caller, file: OpenFile): PendingCall[] {
  const row = (): ReturnType<typeof rowNumber> => rowNumber(random.below(random.pick([3, 200, 100_000])));
  const call: Readonly<Record<string, () => Promise<unknown>>> = {
    rows: () => file.rows({ from: row(), count: 200 }, signal),
    last: () => file.rows({ from: "last", count: 60 }, signal),
    cell: () => file.cell({ row: row(), column: random.below(3) }, signal),
    record: () => file.record(row(), signal),
    indexed: () => file.indexed(random.chance(0.5) ? Infinity : row(), signal),
    lineOf: () => file.lineOf(row(), signal),
    summarize: () => file.summarize({ rows: { from: row(), count: 50 }, columns: [0, 1] }, signal),
    matches: () => matchesOf(file, signal),
  };
  const names = Array.from({ length: random.below(mostCalls + 1) }, () => random.pick(Object.keys(call)));
  return names.map((name) => ({ name, outcome: outcomeOf(call[name]?.() ?? Promise.resolve()) }));
}

async function matchesOf(file: OpenFile, signal: AbortSignal): Promise<void> {
  const pattern = { text: "a", regex: false, caseSensitive: true, wholeWord: false };
  const opened = await file.settled();
  if (opened.kind === "problem") return;
  let last: Match | undefined;
  for await (const matches of file.matches(pattern, signal)) last = matches.at(-1) ?? last;
}

export function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "answered",
    (error: unknown) => (error instanceof ExportError ? error.code : String(error)),
  );
}

/** Waits for calls. @throws Difference if one doesn't settle, or fails in another way than a changed file explains */
export async function settled({ count }: Caller, calls: readonly PendingCall[]): Promise<void> {
  const bound = new AbortController();
  const late = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve("still pending"), settlesMs);
    bound.signal.addEventListener("abort", () => clearTimeout(timer));
  });
  try {
    for (const { name, outcome } of calls) {
      const ended = await Promise.race([outcome, late]);
      count();
      if (!allowed.has(ended)) throw new Difference(`how ${name} settles`, [...allowed], ended);
    }
  } finally {
    bound.abort();
  }
}
