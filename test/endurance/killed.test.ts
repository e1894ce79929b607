import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { findParts } from "../../src/download/part/parts.ts";
import { defaultRangeBytes } from "../../src/download/transfer/rangeWindow.ts";
import { startDownloading } from "../unit/download/downloading.ts";
import { type FaultyStore, noise } from "../unit/download/faultyStore.ts";
import { hasContent } from "../unit/download/hasContent.ts";
import { killAfter, outputOf, serveSlowly, startChild } from "../unit/download/killedDownloads.ts";
import { chosenNumber, seedOf, seeded } from "./seeds.ts";

const name = "Transactions_Export-12345.csv";
const overlap = 1024;
const mebibyte = 1024 * 1024;

/** How many of the bytes that the store sent to one process were for nothing. */
interface KillRecord {
  readonly fetchedAgain: number;
  /** The process had every byte already: it compared or placed the file. */
  readonly hadAll: boolean;
  readonly finished: boolean;
}

/** TASK_EXPORTS_KILLS, TASK_EXPORTS_KILL_BYTES and TASK_EXPORTS_SEED make it longer, larger, or the same again. */
describe("killed at any byte (row 27)", () => {
  const kills = chosenNumber("TASK_EXPORTS_KILLS", 200);
  const size = chosenNumber("TASK_EXPORTS_KILL_BYTES", 64 * mebibyte);

  for (const { how, ...way } of [
    { how: "over one connection", kills, size, ranges: 1, mostAgain: mebibyte },
    // Ranges are used only while 32 MiB or more are left, so that the file is longer. What a kill finds in them is lost.
    { how: "in four ranges", kills: kills / 10, size: 2 * size, ranges: 4, mostAgain: 5 * defaultRangeBytes },
  ]) {
    test(`a download ${how} that is killed again and again at random moments loses nothing and leaves no incomplete file`, async (context) => {
      const random = seeded(seedOf(context));
      const file = noise(way.size);
      const downloading = await startDownloading(context, file, (exchange) => serveSlowly(exchange, size / 1200));
      const { store, folder } = downloading;
      await quickStarts(context, store, file);
      const start = (): ChildProcess => startChild(store, folder, "wait", way.ranges);
      const records: KillRecord[] = [];
      let inRanges = 0;
      while (records.length < way.kills) {
        const record = await killOnce({ store, folder, file, start, after: random() * 300 });
        if (record.finished) await rm(join(folder, name));
        records.push(record);
        if (store.requests.length > 1) inRanges += 1;
      }
      assert.match(await outputOf(start()), /"verified":"length"/);
      assert.deepEqual(await downloading.files(), [name]);
      assert.ok(await hasContent(join(folder, name), file));
      assert.ok(way.ranges === 1 ? inRanges === 0 : inRanges > way.kills / 5, `${inRanges} kills during ranges`);
      judge(records, way.mostAgain, context);
    });
  }
});

interface Kill {
  readonly store: FaultyStore;
  readonly folder: string;
  readonly file: Buffer;
  readonly start: () => ChildProcess;
  /** How long after the first request, in milliseconds. */
  readonly after: number;
}

/** Starts the download, kills it, and looks at all it left. */
async function killOnce({ store, folder, file, start, after }: Kill): Promise<KillRecord> {
  const before = (await findParts(folder))[0]?.bytes ?? 0;
  store.requests.length = 0;
  const child = start();
  while (store.requests.length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
  const { finalIsRight, partBytes, ownerLives } = await killAfter(child, after, folder, file);
  const [request] = store.requests;
  const resumesAt = before > overlap ? `bytes=${before - overlap}-` : undefined;
  assert.equal(request?.headers.range, resumesAt, "it goes on where the one before was killed");
  assert.notEqual(finalIsRight, false, "what has the final name is whole and right");
  assert.notEqual(ownerLives, true, "nobody holds what the dead process left");
  const [part] = await findParts(folder);
  if (part !== undefined) assert.ok(await hasContent(part.paths.part, file.subarray(0, partBytes)));
  const finished = finalIsRight === true;
  const sent = store.requests.reduce((sum, each) => sum + each.sent, 0);
  const kept = finished ? file.length : partBytes;
  return { fetchedAgain: sent - (kept - before), hadAll: partBytes === file.length, finished };
}

function judge(records: readonly KillRecord[], mostAgain: number, context: TestContext): void {
  const again = records.map(({ fetchedAgain }) => fetchedAgain);
  const average = again.reduce((sum, bytes) => sum + bytes, 0) / records.length;
  const most = Math.max(...again);
  const inKib = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;
  const count = (what: "hadAll" | "finished"): number => records.filter((record) => record[what]).length;
  context.diagnostic(
    `${records.length} kills, ${count("finished")} after the file had its name, ${count("hadAll")} while it was compared or placed; ` +
      `fetched again a kill: ${inKib(average)} on average, ${inKib(most)} at most`,
  );
  // A single kill also loses what lay in the system's own buffers, which grow while the machine is busy elsewhere.
  assert.ok(average < mostAgain, `${average} bytes fetched again a kill`);
}

/** Has Node keep the compiled program, so that most of the time goes to downloads and not to starts. */
async function quickStarts(context: TestContext, store: FaultyStore, file: Buffer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-started-"));
  process.env["NODE_COMPILE_CACHE"] = join(folder, "compiled");
  context.after(async () => {
    delete process.env["NODE_COMPILE_CACHE"];
    await rm(folder, { recursive: true });
  });
  store.file = file.subarray(0, 1000);
  await outputOf(startChild(store, folder));
  store.file = file;
}
