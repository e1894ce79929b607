import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import type { TableShape } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { tablePrograms } from "./tablePrograms.ts";

const never = new AbortController().signal;

/** A file that is open as a table, and a function that appends to it. */
async function openGrowing(test: TestContext, beginning: string | Buffer) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-growing-"));
  const place = path.join(folder, "growing.csv");
  await writeFile(place, beginning);
  const reader = new OpenFile({ path: place, growing: false, readAs: {} }, tablePrograms);
  test.after(async () => {
    await reader.dispose();
    await rm(folder, { recursive: true });
  });
  let size = beginning.length;
  const append = async (piece: string | Buffer): Promise<void> => {
    await appendFile(place, piece);
    size += piece.length;
    reader.grew({ size, growing: false });
  };
  return { reader, append };
}

async function shapeOf(reader: OpenFile): Promise<TableShape> {
  const opened = await reader.opened;
  if (opened.kind !== "table") assert.fail(`no table: ${opened.problem.kind}`);
  return opened.shape;
}

describe("A file that grows after it was opened", () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
  for (const [what, pieces, columns, cells] of [
    ["ended after its header, without a newline", ["id,name", "\n1,Ann\n2,Bob\n"], ["id", "name"], ["1", "Ann"]],
    ["ended within its header", ["id,na", "me\n1,Ann\n"], ["id", "name"], ["1", "Ann"]],
    ["ended between CR and LF", ["id,name\r", "\n1,Ann\r\n"], ["id", "name"], ["1", "Ann"]],
    ["ended within a quoted field", ['id,name\n1,"An', 'n"\n2,Bob\n'], ["id", "name"], ["1", "Ann"]],
    ["ended within a character", [latin1("id,name\n1,Zo\xc3"), latin1("\xab\n2,Bob\n")], ["id", "name"], ["1", "Zoë"]],
    [
      "had only a title",
      ["Report of orders\n", "id;name;city\n1;Ann;Rome\n2;Bob;Oslo\n"],
      ["id", "name", "city"],
      ["1", "Ann", "Rome"],
    ],
  ] as const) {
    it(`is read as if it had been whole, if it ${what}`, async (test) => {
      const [first, ...others] = pieces;
      const { reader, append } = await openGrowing(test, first);
      await reader.settled();
      const isRead = new Promise((resolve) => reader.listen({ onOtherReading: () => resolve(undefined) }));
      for (const piece of others) await append(piece);
      if (what !== "ended within a quoted field") await isRead;
      await reader.indexed(Infinity, never);
      assert.deepEqual(
        (await shapeOf(reader)).columns.map((column) => column.name),
        columns,
      );
      const { rows } = await reader.rows({ from: rowNumber(0), count: 1 }, never);
      assert.deepEqual(rows[0]?.cells, cells);
    });
  }

  it("is not read again if it only has more rows", async (test) => {
    const { reader, append } = await openGrowing(test, "id,name\n1,Ann\n");
    const { version } = await shapeOf(reader);
    await append("2,Bob\n");
    assert.equal((await reader.indexed(Infinity, never)).rows, 2);
    assert.equal((await shapeOf(reader)).version, version);
  });
});
