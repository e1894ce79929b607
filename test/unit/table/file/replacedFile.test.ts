import assert from "node:assert/strict";
import { copyFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { tablePrograms } from "./tablePrograms.ts";

const never = new AbortController().signal;
const two = { text: "two", regex: false, caseSensitive: true, wholeWord: false };

async function openAsTable(test: TestContext) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-replaced-"));
  const place = path.join(folder, "orders.csv");
  await writeFile(place, "id,name\n1,one\n2,two\n");
  const reader = new OpenFile({ path: place, growing: false, readAs: {} }, tablePrograms);
  test.after(async () => {
    await reader.dispose();
    await rm(folder, { recursive: true });
  });
  await reader.indexed(Infinity, never);
  const count = async (): Promise<number> => {
    let matches = 0;
    for await (const batch of reader.matches(two, never)) matches += batch.length;
    return matches;
  };
  return { reader, place, count };
}

describe("A search of an open file", { skip: process.platform === "win32" && "It can't be replaced." }, () => {
  it("doesn't read another file that has got its name, until the table is read anew", async (test) => {
    const { reader, place, count } = await openAsTable(test);
    await writeFile(`${place}.new`, "id,name\n1,two\n2,two\n");
    await rename(`${place}.new`, place);
    await assert.rejects(count(), { code: "fileChanged" });
    await reader.reread({});
    assert.equal(await count(), 2);
  });

  it("reads a copy of it that has its new name, as on another disk", async (test) => {
    const { reader, place, count } = await openAsTable(test);
    const copy = `${place}.copy`;
    await copyFile(place, copy);
    reader.grew({ path: copy, growing: false });
    await rm(place);
    assert.equal(await count(), 1);
  });
});
