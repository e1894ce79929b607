import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { WrittenBytes } from "../../../src/download/writtenBytes.ts";
import { findParts } from "../../../src/download/part/parts.ts";
import { always, type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(3_000_000);

/** Runs a download and keeps all that was told about where its bytes are. */
async function followed(downloading: Downloading, limits = {}): Promise<WrittenBytes[]> {
  const told: WrittenBytes[] = [];
  const run = downloading.run({ onWritten: (growth) => void told.push(growth) }, limits);
  await run.catch(() => undefined);
  return told;
}

describe("a file that is being downloaded reports to its readers", () => {
  test("where its bytes are and how many, from the first to the last, and then its final path", async (context) => {
    const downloading = await startDownloading(context, file);
    const told = await followed(downloading);
    const [first, ...later] = told;
    assert.deepEqual(
      [first?.bytes, first?.placed, first?.path, first?.total],
      [0, false, join(downloading.folder, name), file.length],
    );
    const last = later.pop();
    assert.deepEqual([last?.bytes, last?.placed, last?.path], [file.length, true, join(downloading.folder, name)]);
    assert.ok(later.length > 3);
    assert.ok(later.every(({ bytes }, place) => bytes >= (told[place]?.bytes ?? 0)));
    assert.equal(new Set(told.map(({ part }) => part)).size, 1);
  });

  test("no more bytes than can be read at that moment", async (context) => {
    const downloading = await startDownloading(context, file);
    const looks: Promise<[number, number]>[] = [];
    await downloading.run({
      onWritten: ({ part, path, bytes, placed }) =>
        void looks.push(
          stat(placed ? path : part).then(
            ({ size }) => [bytes, size],
            () => [bytes, file.length],
          ),
        ),
    });
    for (const [bytes, size] of await Promise.all(looks)) assert.ok(bytes <= size, `${bytes} of ${size}`);
  });

  test("its name as soon as the store sends one, and its other path if that name is taken", async (context) => {
    const disposition = { "content-disposition": 'attachment; filename="Better Name.csv"' };
    const downloading = await startDownloading(context, file, ({ serve }) => serve(disposition));
    await downloading.run();
    const told: WrittenBytes[] = [];
    await downloading.run({
      fileExists: always("keepBoth"),
      onWritten: (growth) => void told.push(growth),
    });
    assert.equal(told[0]?.path, join(downloading.folder, "Better Name.csv"));
    assert.equal(told.at(-1)?.path, join(downloading.folder, "Better Name (2).csv"));
    assert.ok((await readFile(told.at(-1)?.path ?? "")).equals(file));
  });

  test("from which byte it continues after an interruption or a restart", async (context) => {
    const cutAt = 1_000_000;
    const disposition = { "content-disposition": 'attachment; filename="Better Name.csv"' };
    const downloading = await startDownloading(context, file, ({ turn, request, cutAfter }) => {
      if (turn === 0) cutAfter(cutAt, disposition);
      else request.socket.resetAndDestroy();
    });
    await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
    const [part] = await findParts(downloading.folder);
    assert.equal(part?.finalPath, join(downloading.folder, "Better Name.csv"));
    downloading.store.behave = ({ serve }) => serve(disposition);
    const told = await followed(downloading);
    assert.equal(told[0]?.bytes, cutAt);
    assert.equal(told[0].part, part.paths.part);
  });

  test("that it starts over if the store's file has changed", async (context) => {
    const other = exportBytes(2_000_000, "another");
    const downloading = await startDownloading(context, file, ({ turn, request, cutAfter }) => {
      if (turn === 0) cutAfter(1_000_000);
      else request.socket.resetAndDestroy();
    });
    await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
    downloading.store.file = other;
    downloading.store.etag = '"other"';
    downloading.store.behave = ({ serve }) => serve();
    const told = await followed(downloading);
    assert.equal(told.find(({ total }) => total === other.length)?.bytes, 0);
    assert.equal(told.at(-1)?.bytes, other.length);
  });

  test("to everyone who requested the file, including later readers", async (context) => {
    const downloading = await startDownloading(context, file);
    const [first, second] = await Promise.all([followed(downloading), followed(downloading)]);
    assert.equal(downloading.store.requests.length, 1);
    assert.deepEqual(second.at(-1), first.at(-1));
    assert.equal(second.at(-1)?.placed, true);
  });
});
