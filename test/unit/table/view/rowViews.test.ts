import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { OpenFile } from "../../../../src/table/file/openFile.ts";
import { takeRows, type Taken } from "../../../../src/table/take/takeRows.ts";
import type { FindPattern, FindProgress, TableShape } from "../../../../src/table/tableTypes.ts";
import { FileOrder } from "../../../../src/table/view/fileOrder.ts";
import { OrderedRows } from "../../../../src/table/view/orderedRows.ts";
import { rowNumber, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import { pagesOf, type RowView } from "../../../../src/table/view/rowView.ts";
import { tablePrograms } from "../file/tablePrograms.ts";
import { KnownOrder } from "./knownOrder.ts";
import { ReversedView } from "./reversedView.ts";

const never = new AbortController().signal;
const timeout = 120_000;
const rowCount = 3000;

/** Every seventh row has two matches in its last cell, and a newline, so that lines and rows are not the same. */
const note = (row: number): string => (row % 7 === 3 ? "needle\nneedle" : "hay");
const csvOf = (row: number): string => `${row},name ${row},${row % 7 === 3 ? `"${note(row)}"` : note(row)}`;
const text = ["id,name,note", ...Array.from({ length: rowCount }, (_, row) => csvOf(row)), ""].join("\n");
const needles = Array.from({ length: rowCount }, (_, row) => row).filter((row) => row % 7 === 3);

const plain = (searched: string): FindPattern => ({
  text: searched,
  regex: false,
  caseSensitive: true,
  wholeWord: false,
});

type ViewClass = new (file: OpenFile) => RowView;

async function openFile(test: TestContext): Promise<OpenFile> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-view-"));
  const path = join(folder, "table.csv");
  await writeFile(path, text);
  const file = new OpenFile({ path, growing: false, readAs: {} }, tablePrograms);
  test.after(async () => {
    await file.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  await file.opened;
  return file;
}

async function openView(test: TestContext, View: ViewClass, file?: OpenFile) {
  const opened = file ?? (await openFile(test));
  const view = new View(opened);
  test.after(() => view.dispose());
  return { file: opened, view };
}

async function shapeOf(file: OpenFile): Promise<TableShape> {
  const opened = await file.settled();
  return opened.kind === "table" ? opened.shape : assert.fail("the file should be a table");
}

/** The progress of the view's search that is found to be done. */
function searched(view: RowView): Promise<FindProgress> {
  return new Promise((resolve) => {
    const listening = view.listen({
      onFind: (progress) => {
        if (!progress.done) return;
        listening.dispose();
        resolve(progress);
      },
    });
  });
}

async function search(view: RowView, pattern: FindPattern): Promise<FindProgress> {
  const done = searched(view);
  const { search: number } = await view.find(pattern);
  const progress = await done;
  assert.equal(progress.search, number);
  return progress;
}

/** Every row, shuffled in a way that is always the same. */
const shuffled = Array.from({ length: rowCount }, (_, position) => (position * 1289 + 17) % rowCount);

/** Rows in an order that is known, of which matches can be kept, or are too many. */
const ordered = (numbers: readonly number[], mostCells?: number): ViewClass =>
  class extends OrderedRows {
    constructor(file: OpenFile) {
      super(file, new KnownOrder(numbers), mostCells === undefined ? {} : { mostCells });
    }
  };

const views: readonly [name: string, View: ViewClass, numbers: readonly number[]][] = [
  ["file order", FileOrder, Array.from({ length: rowCount }, (_, position) => position)],
  ["another order", ReversedView, Array.from({ length: rowCount }, (_, position) => rowCount - 1 - position)],
  ["a known order", ordered(shuffled), shuffled],
];

for (const [name, View, numbers] of views) {
  const numberAt = (position: number): number => numbers[position] ?? -1;
  const found = (position: number) => ({ position, number: numberAt(position), column: 2 });
  const needlesInView = numbers.flatMap((number, position) => (needles.includes(number) ? [position] : []));
  const [firstNeedle = 0, secondNeedle = 0] = needlesInView;
  const lastNeedle = needlesInView.at(-1) ?? 0;
  const lastOrdinal = 2 * (needles.length - 1);

  describe(`A view of rows in ${name}`, { timeout }, () => {
    it("returns its first rows with their numbers", async (test) => {
      const { file, view } = await openView(test, View);
      await file.indexed(rowCount, never);
      const page = await view.rows({ from: rowPosition(0), count: 50 }, never);
      assert.deepEqual([page.from, page.provisional, page.atEnd], [0, false, false]);
      assert.deepEqual(page.numbers, numbers.slice(0, 50));
      assert.deepEqual(
        page.rows.map(({ cells }) => cells[0]),
        page.numbers.map(String),
      );
    });

    it("returns its last rows, with only the requested columns and with long values cut", async (test) => {
      const { file, view } = await openView(test, View);
      await file.indexed(rowCount, never);
      const page = await view.rows({ from: "last", count: 20, columns: { from: 1, count: 1 }, longest: 6 }, never);
      assert.deepEqual([page.from, page.atEnd], [rowCount - 20, true]);
      assert.deepEqual(page.numbers, numbers.slice(-20));
      assert.deepEqual(
        page.rows.map(({ cells }) => cells),
        page.numbers.map((number) => [`name ${number}`.slice(0, 6)]),
      );
    });

    it("returns the position and the values of a row by its number", async (test) => {
      const { view } = await openView(test, View);
      for (const position of [0, 17, rowCount - 1]) {
        const row = rowNumber(numberAt(position));
        assert.equal(await view.positionOf(row, never), position);
        assert.deepEqual(await view.cell({ row, column: 1 }, never), { text: `name ${row}` });
        const newlinesBefore = needles.filter((needle) => needle < row).length;
        assert.equal(await view.lineOf(row, never), 1 + row + newlinesBefore);
      }
      assert.equal(await view.positionOf(rowNumber(rowCount), never), undefined);
    });

    it("finds every match and goes from one to the next in its own order, starting over at both ends", async (test) => {
      const { view } = await openView(test, View);
      assert.equal((await search(view, plain("needle"))).matches, 2 * needles.length);
      const go = (position: number, column: number, direction: "next" | "previous") =>
        view.findNext({ position: rowPosition(position), column }, direction, never);
      assert.deepEqual(await go(0, -1, "next"), { ...found(firstNeedle), ordinal: 0, wrapped: false });
      assert.deepEqual(await go(firstNeedle, 2, "next"), { ...found(secondNeedle), ordinal: 2, wrapped: false });
      assert.deepEqual(await go(secondNeedle, 2, "previous"), { ...found(firstNeedle), ordinal: 0, wrapped: false });
      const last = { ...found(lastNeedle), ordinal: lastOrdinal };
      assert.deepEqual(await go(firstNeedle, 2, "previous"), { ...last, wrapped: true });
      assert.deepEqual(await go(lastNeedle, 2, "next"), { ...found(firstNeedle), ordinal: 0, wrapped: true });
    });

    it("rejects a broken regular expression, and finds nothing while no search is running", async (test) => {
      const { view } = await openView(test, View);
      await assert.rejects(view.find({ ...plain("(a"), regex: true }), { code: "invalidRequest" });
      await search(view, plain("needle"));
      view.endFind();
      assert.equal(await view.findNext({ position: rowPosition(0), column: 0 }, "next", never), undefined);
    });

    it("numbers its searches upwards, also after one was ended and after the file was read again", async (test) => {
      const { file, view } = await openView(test, View);
      const first = await search(view, plain("needle"));
      view.endFind();
      const second = await search(view, plain("needle"));
      await file.reread({ readAs: { delimiter: "," } });
      const third = await search(view, plain("needle"));
      assert.ok(first.search < second.search && second.search < third.search);
      assert.equal(third.matches, first.matches);
    });

    it("has a search of its own: another view of the same file neither sees nor ends it", async (test) => {
      const { file, view } = await openView(test, View);
      const { view: other } = await openView(test, View, file);
      const heard: number[] = [];
      other.listen({ onFind: ({ matches }) => heard.push(matches) });
      assert.equal((await search(view, plain("name 29"))).matches, 111);
      assert.deepEqual(heard, []);
      await search(other, plain("needle"));
      other.endFind();
      const next = await view.findNext({ position: rowPosition(0), column: 0 }, "next", never);
      assert.equal(next?.column, 1);
    });

    it("returns the whole record of a row, and adds up the rows of a selection", async (test) => {
      const { view } = await openView(test, View);
      const record = await view.record(rowNumber(numberAt(20)), never);
      assert.deepEqual(
        record.map((field) => [field.name, field.text]),
        [
          ["id", String(numberAt(20))],
          ["name", `name ${numberAt(20)}`],
          ["note", note(numberAt(20))],
        ],
      );
      const summary = await view.summarize({ rows: { from: rowPosition(20), count: 3 }, columns: [0] }, never);
      const sum = numberAt(20) + numberAt(21) + numberAt(22);
      assert.partialDeepStrictEqual(summary, { cells: 3, numbers: 3, sum: String(sum) });
    });

    it("is copied in its own order, in every format", async (test) => {
      const { file, view } = await openView(test, View);
      const copy = async (format: "text" | "tsv" | "csv" | "json" | "markdown", count: number): Promise<string> => {
        const request = { rows: { from: rowPosition(10), count }, columns: [1, 0], withHeader: true, format } as const;
        const taken: Taken = await takeRows(pagesOf(view), await shapeOf(file), request, { signal: never });
        return taken.kind === "taken" ? taken.text : assert.fail("it should have fitted");
      };
      const [one = 0, two = 0] = numbers.slice(10, 12);
      assert.equal(await copy("csv", 2), `name,id\nname ${one},${one}\nname ${two},${two}`);
      assert.equal(await copy("tsv", 2), `name\tid\nname ${one}\t${one}\nname ${two}\t${two}`);
      assert.equal(await copy("text", 1), `name\tid\nname ${one}\t${one}`);
      assert.deepEqual(JSON.parse(await copy("json", 2)), [
        { name: `name ${one}`, id: String(one) },
        { name: `name ${two}`, id: String(two) },
      ]);
      assert.match(await copy("markdown", 1), new RegExp(`\\| name ${one} \\| ${one} \\|$`));
      const many = await copy("csv", 2500);
      assert.deepEqual(
        many.split("\n").slice(1),
        numbers.slice(10, 2510).map((number) => `name ${number},${number}`),
      );
    });

    it("says how many rows there are", async (test) => {
      const { view } = await openView(test, View);
      if (view.size?.exact === true) return;
      const exact = new Promise((resolve) => {
        view.listen({
          onSize: (size) => {
            if (size.exact) resolve(size.rows);
          },
        });
      });
      await view.counted(rowCount, never);
      assert.equal(await exact, rowCount);
      assert.equal(view.size?.rows, rowCount);
    });
  });
}
