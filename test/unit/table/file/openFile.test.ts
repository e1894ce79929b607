import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { largeCsvColumns, largeCsvRow, writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import { buildScanner } from "../../../../scripts/scanner/buildScanner.ts";
import { ExportError } from "../../../../src/model/exportError.ts";
import { Landmarks } from "../../../../src/table/find/landmarks.ts";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import type { FindPattern, FindProgress, Match, TableProgress, TableShape } from "../../../../src/table/tableTypes.ts";
import { FileOrder } from "../../../../src/table/view/fileOrder.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type { RowView } from "../../../../src/table/view/rowView.ts";
import { tablePrograms } from "./tablePrograms.ts";

const never = new AbortController().signal;
const plain = (text: string): FindPattern => ({ text, regex: false, caseSensitive: true, wholeWord: false });

let folder = "";
let scanner: URL;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-reader-"));
  const wasm = path.join(folder, "scan.wasm");
  await buildScanner(wasm);
  scanner = pathToFileURL(wasm);
});

after(() => rm(folder, { recursive: true }));

async function withFile<Result>(
  file: string | { name: string; size?: number; growing: boolean },
  work: (file: OpenFile, view: RowView) => Promise<Result>,
): Promise<Result> {
  const { name, ...spec } = typeof file === "string" ? { name: file, growing: false } : file;
  const reader = new OpenFile({ path: path.join(folder, name), ...spec, readAs: {} }, { ...tablePrograms, scanner });
  const view = new FileOrder(reader);
  try {
    return await work(reader, view);
  } finally {
    view.dispose();
    await reader.dispose();
  }
}

const pathIn = (name: string): string => path.join(folder, name);

async function file(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text);
  return name;
}

async function shapeOf(reader: OpenFile): Promise<TableShape> {
  const opened = await reader.opened;
  if (opened.kind !== "table") assert.fail(`no table: ${opened.problem.kind}`);
  return opened.shape;
}

function searched(view: RowView, isEnough: (progress: FindProgress) => boolean = ({ done }) => done) {
  return new Promise<FindProgress>((resolve) => {
    const listening = view.listen({
      onFind: (progress) => {
        if (!isEnough(progress)) return;
        listening.dispose();
        resolve(progress);
      },
    });
  });
}

describe("an open file", () => {
  const mebibytes = 24;
  let rows = 0;

  before(() => {
    ({ rows } = writeLargeCsv(path.join(folder, "large.csv"), mebibytes * 1024 ** 2));
  });

  it("shows its columns and first rows before its rows are indexed", async () => {
    await withFile("large.csv", async (reader) => {
      const { columns, reading } = await shapeOf(reader);
      assert.deepEqual(
        columns.map(({ name }) => name),
        [...largeCsvColumns],
      );
      assert.equal(reading.kind, "delimited");
      const first = await reader.rows({ from: rowNumber(0), count: 60 }, never);
      assert.deepEqual(
        first.rows.map(({ cells }) => cells),
        Array.from({ length: 60 }, (_, row) => largeCsvRow(row)),
      );
      assert.equal(first.provisional, false);
    });
  });

  it("shows its last rows at once with estimated row numbers, and corrects them when it is indexed", async () => {
    await withFile("large.csv", async (reader) => {
      await reader.opened;
      const guess = await reader.rows({ from: "last", count: 20 }, never);
      const last = Array.from({ length: 20 }, (_, place) => largeCsvRow(rows - 20 + place));
      assert.deepEqual(
        guess.rows.map(({ cells }) => cells),
        last,
      );
      assert.equal(guess.provisional, true);
      assert.ok(Math.abs(guess.from - (rows - 20)) < rows / 20, `${guess.from} is far from ${rows - 20}`);
      const progress = await reader.indexed(Infinity, never);
      assert.equal(progress.exact, true);
      assert.equal(progress.rows, rows);
      const exact = await reader.rows({ from: "last", count: 20 }, never);
      assert.deepEqual({ from: exact.from, provisional: exact.provisional }, { from: rows - 20, provisional: false });
      assert.deepEqual(
        exact.rows.map(({ cells }) => cells),
        last,
      );
    });
  });

  it("returns any rows, with only the requested columns and with long values cut", async () => {
    await withFile("large.csv", async (reader) => {
      await reader.indexed(Infinity, never);
      for (const from of [1, 41, 9999, 123_456, rows - 3]) {
        const request = { from: rowNumber(from), count: 3, columns: { from: 6, count: 2 }, longest: 15 };
        const page = await reader.rows(request, never);
        for (const [place, { cells, cut }] of page.rows.entries()) {
          const whole = largeCsvRow(from + place).slice(6, 8);
          assert.deepEqual(
            cells,
            whole.map((value) => value.slice(0, 15)),
          );
          const long = whole.flatMap((value, column) => (value.length > 15 ? [column] : []));
          assert.deepEqual(cut ?? [], long);
        }
      }
      assert.deepEqual(await reader.cell({ row: rowNumber(42), column: 7 }, never), { text: largeCsvRow(42)[7] });
    });
  });

  it("knows a row's line in the text, including line breaks in quoted values", async () => {
    await withFile("large.csv", async (reader) => {
      // The header, and one newline inside each of the rows 42, 142, 242 …
      assert.equal(await reader.lineOf(rowNumber(0), never), 1);
      assert.equal(await reader.lineOf(rowNumber(42), never), 43);
      assert.equal(await reader.lineOf(rowNumber(43), never), 45);
      assert.equal(await reader.lineOf(rowNumber(200_000), never), 202_001);
    });
  });

  it("reports its progress until all rows are indexed", async () => {
    await withFile("large.csv", async (reader) => {
      const told: TableProgress[] = [];
      reader.listen({ onProgress: (progress) => told.push(progress) });
      await reader.indexed(Infinity, never);
      assert.ok(told.some(({ exact }) => !exact) || told.length === 1);
      const last = told.at(-1);
      assert.deepEqual([last?.exact, last?.rows, last?.indexedBytes], [true, rows, last?.bytes]);
      assert.equal(last?.endsInRecord, false);
    });
  });

  it("finds all matches, and the next and previous one from any cell, starting over at the ends", async () => {
    await withFile("large.csv", async (reader, view) => {
      await reader.opened;
      const done = searched(view);
      await view.find(plain("thanks"));
      const matches = Math.ceil((rows - 42) / 100);
      assert.equal((await done).matches, matches);
      const next = async (row: number, column: number, direction: "next" | "previous") =>
        view.findNext({ position: rowPosition(row), column }, direction, never);
      const at = (row: number) => ({ number: row, position: row, column: 7 });
      assert.deepEqual(await next(0, 0, "next"), { ...at(42), ordinal: 0, wrapped: false });
      assert.deepEqual(await next(42, 7, "next"), { ...at(142), ordinal: 1, wrapped: false });
      const last = 42 + (matches - 1) * 100;
      assert.deepEqual(await next(42, 7, "previous"), { ...at(last), ordinal: matches - 1, wrapped: true });
      assert.deepEqual(await next(last, 7, "next"), { ...at(42), ordinal: 0, wrapped: true });
      view.endFind();
      assert.equal(await next(0, 0, "next"), undefined);
    });
  });

  it("finds the same with two threads, as soon as the index is there", async () => {
    await withFile("large.csv", async (reader, view) => {
      await reader.indexed(rows, never);
      assert.ok(new Landmarks(await reader.landmarks()).intervals > 64);
      for (const pattern of [plain("thanks"), { ...plain("th[a-z]nks"), regex: true }, plain("THANKS")]) {
        const done = searched(view);
        await view.find(pattern);
        const { matches, searchedBytes, bytes } = await done;
        assert.deepEqual(
          [matches, searchedBytes],
          [pattern.text === "THANKS" ? 0 : Math.ceil((rows - 42) / 100), bytes],
        );
      }
    });
  });

  it("returns all matches one after the other, and stops reading when nobody asks for more", async () => {
    await withFile("large.csv", async (reader) => {
      await reader.opened;
      const taken: Match[] = [];
      for await (const batch of reader.matches(plain("thanks"), never)) {
        taken.push(...batch);
        if (taken.length > 1000) break;
      }
      assert.deepEqual(taken.slice(0, 3), [
        { row: 42, column: 7 },
        { row: 142, column: 7 },
        { row: 242, column: 7 },
      ]);
      let count = 0;
      for await (const batch of reader.matches(plain("thanks"), never)) count += batch.length;
      assert.equal(count, Math.ceil((rows - 42) / 100));
    });
  });

  it("starts another search and returns rows while a regular expression never ends", async () => {
    await withFile(await file("regex.csv", `a,b\n${"x".repeat(60)}!,1\nneedle,2\n`), async (reader, view) => {
      await reader.opened;
      await view.find({ ...plain("^(x+x+)+y$"), regex: true });
      assert.equal((await reader.rows({ from: rowNumber(0), count: 1 }, never)).rows.length, 1);
      const done = searched(view);
      await view.find(plain("needle"));
      assert.equal((await done).matches, 1);
    });
  });

  it("rejects an invalid regular expression and says why", async () => {
    await withFile("large.csv", async (reader, view) => {
      await reader.opened;
      await assert.rejects(
        view.find({ ...plain("(a"), regex: true }),
        (error) => error instanceof ExportError && error.code === "invalidRequest",
      );
    });
  });

  it("ends requests as canceled if they are aborted or the file is closed", async () => {
    const isCancel = (error: unknown): boolean => error instanceof ExportError && error.code === "cancelled";
    let left: Promise<unknown> = Promise.resolve();
    await withFile("large.csv", async (reader) => {
      await reader.opened;
      const stop = new AbortController();
      const waiting = assert.rejects(reader.lineOf(rowNumber(rows - 1), stop.signal), isCancel);
      stop.abort();
      await waiting;
      left = assert.rejects(reader.lineOf(rowNumber(rows - 1), never), isCancel);
    });
    await left;
  });
});

describe("a file that changes while it is open", () => {
  it("is indexed and searched further when it grows, and its incomplete last row is completed", async () => {
    const name = await file("growing.csv", `id,name\n1,one\n2,"tw`);
    await withFile({ name, size: 18, growing: true }, async (reader, view) => {
      await shapeOf(reader);
      assert.equal((await reader.indexed(Infinity, never)).endsInRecord, true);
      const done = searched(view);
      await view.find(plain("e"));
      assert.equal((await done).matches, 1);
      const more = searched(view, ({ matches, done: isDone }) => isDone && matches > 1);
      const exact = new Promise<TableProgress>((resolve) =>
        reader.listen({
          onProgress: (progress) => {
            if (!progress.growing) resolve(progress);
          },
        }),
      );
      await appendFile(path.join(folder, name), `o"\n3,three\n`);
      reader.grew({ size: 30, growing: false });
      const { rows, exact: isExact, endsInRecord, bytes } = await exact;
      assert.deepEqual([rows, isExact, endsInRecord, bytes], [3, true, false, 30]);
      assert.equal((await more).matches, 3);
      const page = await reader.rows({ from: rowNumber(0), count: 10 }, never);
      assert.deepEqual(
        page.rows.map(({ cells }) => cells),
        [
          ["1", "one"],
          ["2", "two"],
          ["3", "three"],
        ],
      );
    });
  });

  it("is not judged while almost nothing of it is there", async () => {
    const name = await file("begun.csv", "");
    await withFile({ name, size: 0, growing: true }, async (reader) => {
      await appendFile(path.join(folder, name), "id;name\n1;one\n");
      reader.grew({ size: 14, growing: true });
      const { columns, reading } = await shapeOf(reader);
      assert.deepEqual([columns.length, reading.delimiter], [2, ";"]);
    });
  });

  it("counts as empty if nothing is added", async () => {
    const name = await file("empty.csv", "");
    await withFile({ name, size: 0, growing: true }, async (reader) => {
      reader.grew({ size: 0, growing: false });
      assert.deepEqual(await reader.opened, { kind: "problem", problem: { kind: "empty" } });
    });
  });

  it("is reported as changed if it gets shorter, and can be read after a reload", async () => {
    const { rows } = writeLargeCsv(path.join(folder, "shrinking.csv"), 4 * 1024 ** 2);
    await withFile("shrinking.csv", async (reader) => {
      await reader.indexed(Infinity, never);
      await truncate(path.join(folder, "shrinking.csv"), 10_000);
      await assert.rejects(
        reader.rows({ from: rowNumber(rows - 100), count: 10 }, never),
        (error) => error instanceof ExportError && error.code === "fileChanged",
      );
      const again = await reader.reread({});
      assert.equal(again.kind, "table");
      assert.ok((await reader.indexed(Infinity, never)).rows < 200);
    });
  });

  it("is read as UTF-8 after a reload if its new content is UTF-8, whatever the old one was", async () => {
    const plain = "1,plain\n".repeat(200_000);
    const name = await file("late.csv", "");
    await writeFile(pathIn(name), Buffer.from(`id,name\n${plain}2,José\n`, "latin1"));
    await withFile(name, async (reader) => {
      await reader.indexed(Infinity, never);
      assert.equal((await shapeOf(reader)).reading.encoding, "windows-1252");
      await writeFile(pathIn(name), "id,näme\n1,José\n");
      await reader.reread({});
      assert.equal((await shapeOf(reader)).reading.encoding, "utf-8");
    });
  });

  it("is read in another way if the user chooses so", async () => {
    const name = await file("ways.csv", "a;b\n1,5;2\n3,5;4\n");
    await withFile(name, async (reader) => {
      const { version, columns } = await shapeOf(reader);
      assert.equal(columns.length, 2);
      const again = await reader.reread({ readAs: { delimiter: ",", header: false } });
      assert.equal(again.kind, "table");
      const shape = await shapeOf(reader);
      assert.ok(shape.version > version);
      const page = await reader.rows({ from: rowNumber(0), count: 5 }, never);
      assert.deepEqual(
        page.rows.map(({ cells }) => cells),
        [["a;b"], ["1", "5;2"], ["3", "5;4"]],
      );
    });
  });

  it("is shown as a problem, never as an exception, if it is missing or not a table", async () => {
    await withFile("nowhere.csv", async (reader) => {
      assert.deepEqual(await reader.opened, { kind: "problem", problem: { kind: "missing" } });
    });
    await withFile(await file("page.csv", "<!DOCTYPE html><html></html>"), async (reader) => {
      assert.deepEqual(await reader.opened, { kind: "problem", problem: { kind: "page" } });
    });
  });
});

describe("JSON records", () =>
  it("add their columns when they are read, the same for rows and for matches", async () => {
    const record = (row: number): string =>
      JSON.stringify(row === 5000 ? { id: row, late: "needle" } : { id: row, name: `n${row}` });
    const text = `{"items": [\n${Array.from({ length: 6000 }, (_, row) => record(row)).join(",\n")}\n], "errors": []}`;
    await withFile(await file("records.json", text), async (reader) => {
      const shape = await shapeOf(reader);
      assert.deepEqual(
        [shape.reading.kind, shape.reading.arrayPath, shape.columns.map(({ name }) => name)],
        ["jsonArray", ["items"], ["id", "name"]],
      );
      assert.equal((await reader.indexed(Infinity, never)).rows, 6000);
      const found: Match[] = [];
      for await (const batch of reader.matches(plain("needle"), never)) found.push(...batch);
      assert.deepEqual(found, [{ row: 5000, column: 2 }]);
      const page = await reader.rows({ from: rowNumber(5000), count: 1 }, never);
      assert.deepEqual(page.rows[0]?.cells, ["5000", "", "needle"]);
    });
  }));
