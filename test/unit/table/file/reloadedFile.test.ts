import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { it } from "node:test";
import { writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { tablePrograms } from "./tablePrograms.ts";

const never = new AbortController().signal;

it("A file is a table after a reload, also if its thread reported damage just before", async (test) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-reloaded-"));
  const place = path.join(folder, "repaired.csv");
  writeLargeCsv(place, 4 * 1024 ** 2);
  const reader = new OpenFile({ path: place, growing: false, readAs: {} }, tablePrograms);
  test.after(async () => {
    await reader.dispose();
    await rm(folder, { recursive: true });
  });
  await reader.opened;
  const indexed = assert.rejects(reader.indexed(Infinity, never));
  truncateSync(place, 1000);
  // The thread notices it, and its report waits until this thread has asked to open the file again.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  writeFileSync(place, "id,name\n1,one\n");
  await reader.reread({});
  assert.equal((await reader.settled()).kind, "table");
  assert.equal((await reader.indexed(Infinity, never)).rows, 1);
  await indexed;
});
