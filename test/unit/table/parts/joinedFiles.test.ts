import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import type { JoinedFiles } from "../../../../src/table/parts/joinedFiles.ts";
import { takeRows } from "../../../../src/table/take/takeRows.ts";
import type { Row, TableShape } from "../../../../src/table/tableTypes.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { encoded } from "../cells/slowRows.ts";
import { joined } from "./joinedParts.ts";

const never = new AbortController().signal;
const three = () =>
  joined({ "a.csv": "id,name\n1,Ada\n2,Bo\n", "b.csv": "id,name\n", "c.csv": "id,name\n3,Cy\n4,Di\n" });

async function shapeOf(files: JoinedFiles): Promise<TableShape> {
  const opened = await files.opened;
  return opened.kind === "table" ? opened.shape : assert.fail(`no table: ${opened.problem.kind}`);
}

async function cellsOf(files: JoinedFiles, from = 0, count = 100): Promise<(readonly string[])[]> {
  const { rows } = await files.rows({ from: rowNumber(from), count }, never);
  return rows.map(({ cells }) => cells);
}

async function rowsOf(files: JoinedFiles): Promise<readonly Row[]> {
  return (await files.rows({ from: rowNumber(0), count: 100 }, never)).rows;
}

describe("Several files as one table", () => {
  it("show the rows of all files in order, each after its file's name", async () => {
    const { files } = three();
    assert.deepEqual(
      (await shapeOf(files)).columns.map(({ name }) => name),
      ["Part", "id", "name"],
    );
    assert.deepEqual(await cellsOf(files), [
      ["a.csv", "1", "Ada"],
      ["a.csv", "2", "Bo"],
      ["c.csv", "3", "Cy"],
      ["c.csv", "4", "Di"],
    ]);
  });

  it("count rows through all files", async () => {
    const { files } = three();
    const { rows, exact, indexedRows } = await files.indexed(Infinity, never);
    assert.deepEqual({ rows, exact, indexedRows }, { rows: 4, exact: true, indexedRows: 4 });
    assert.deepEqual(await cellsOf(files, 1, 2), [
      ["a.csv", "2", "Bo"],
      ["c.csv", "3", "Cy"],
    ]);
    const last = await files.rows({ from: "last", count: 3 }, never);
    assert.deepEqual([last.from, last.provisional, last.atEnd], [1, false, true]);
    assert.deepEqual(
      last.rows.map(({ cells }) => cells[1]),
      ["2", "3", "4"],
    );
  });

  it("are indexed as far as a row that is wanted", async (context) => {
    for (const [row, asked] of [
      [0, [1, undefined, undefined]],
      [1, [2, undefined, undefined]],
      [2, [3, 1, 1]],
      [3, [4, 2, 2]],
    ] as const) {
      const { files, parts } = three();
      await files.opened;
      const indexed = parts.map(({ file }) => context.mock.method(file, "indexed"));
      await files.record(rowNumber(row), never);
      assert.deepEqual(
        indexed.map(({ mock }) => mock.calls[0]?.arguments[0]),
        asked,
        `row ${row}`,
      );
    }
  });

  it("have a known end, also if the last files have no rows", async () => {
    const { files } = joined({ "a.csv": "id,n\n1,1\n2,2\n", "b.csv": "id,n\n" });
    await files.indexed(Infinity, never);
    const atEnd = async (from: number, count: number) =>
      (await files.rows({ from: rowNumber(from), count }, never)).atEnd;
    assert.deepEqual(
      [await atEnd(0, 1), await atEnd(0, 2), await atEnd(1, 5), await atEnd(7, 1)],
      [false, true, true, true],
    );
  });

  it("have estimated row numbers until the files before are counted", async () => {
    const { files, parts } = three();
    await files.opened;
    assert.equal((await files.rows({ from: rowNumber(2), count: 1 }, never)).provisional, true);
    for (const part of parts) part.index();
    assert.equal((await files.rows({ from: rowNumber(2), count: 1 }, never)).provisional, false);
  });

  it("report their progress as one", async () => {
    const { files, parts } = three();
    await files.opened;
    const told: boolean[] = [];
    files.listen({ onProgress: ({ exact }) => told.push(exact) });
    for (const part of parts) part.index();
    assert.deepEqual(told, [false, false, true]);
  });

  it("count indexed rows up to the first place that is not indexed", async () => {
    const long = `id,name\n${"1,Ada\n".repeat(50_000)}`;
    const { files, parts } = joined({ "a.csv": "id,name\n1,Ada\n2,Bo\n", "b.csv": long, "c.csv": "id,name\n3,Cy\n" });
    await files.opened;
    const indexedRows = () => files.progress?.indexedRows;
    parts[2]?.index();
    assert.equal(indexedRows(), 0);
    const inLong = parts[1]?.indexBeginning() ?? 0;
    assert.ok(inLong > 0 && inLong < 50_000);
    assert.equal(indexedRows(), 0);
    parts[0]?.index();
    assert.equal(indexedRows(), 2 + inLong);
    parts[1]?.index();
    assert.equal(indexedRows(), 2 + 50_000 + 1);
  });

  it("read only the requested columns of a file", async () => {
    const { files } = joined({ "a.csv": "id,name,city\n1,Ada,London\n", "b.csv": "city,id\nOslo,2\n" });
    await files.opened;
    const { rows } = await files.rows({ from: rowNumber(0), count: 5, columns: { from: 3, count: 1 } }, never);
    assert.deepEqual(
      rows.map(({ cells, kinds }) => [cells, kinds]),
      [
        [["London"], "s"],
        [["Oslo"], "s"],
      ],
    );
    const names = await files.rows({ from: rowNumber(0), count: 5, columns: { from: 0, count: 1 } }, never);
    assert.deepEqual(
      names.rows.map(({ cells }) => cells),
      [["a.csv"], ["b.csv"]],
    );
  });
});

describe("Files with different columns", () => {
  it("share columns of the same name, and lack values for columns that only others have", async () => {
    const { files } = joined({ "a.csv": "id,name\n1,Ada\n2\n", "b.csv": "city,id\nOslo,3\n" });
    const { columns } = await shapeOf(files);
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      [
        ["Part", "text"],
        ["id", "number"],
        ["name", "text"],
        ["city", "text"],
      ],
    );
    assert.deepEqual(
      (await rowsOf(files)).map(({ cells, kinds }) => [cells, kinds]),
      [
        [["a.csv", "1", "Ada", ""], "sss-"],
        [["a.csv", "2", "", ""], "ss--"],
        [["b.csv", "3", "", "Oslo"], "ss-s"],
      ],
    );
  });

  it("keep two columns of the same name apart, and text where the types differ", async () => {
    const { files } = joined({ "a.csv": "id,id\n1,2\n", "b.csv": "id,id\nx,y\n" });
    const { columns } = await shapeOf(files);
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      [
        ["Part", "text"],
        ["id", "text"],
        ["id", "text"],
      ],
    );
    assert.deepEqual(await cellsOf(files), [
      ["a.csv", "1", "2"],
      ["b.csv", "x", "y"],
    ]);
  });

  it("may have another delimiter, encoding and format", async () => {
    const { files } = joined({
      "a.csv": "id;name\n1;Zoë\n",
      "b.tsv": encoded("\ufeffid\tname\n2\tBjörn\n", "utf-16le"),
      "c.jsonl": '{"id":3,"name":null}\n{"name":"x","more":[1]}\n',
    });
    assert.deepEqual(
      (await rowsOf(files)).map(({ cells, kinds }) => [cells.slice(1), kinds]),
      [
        [["1", "Zoë", ""], "sss-"],
        [["2", "Björn", ""], "sss-"],
        [["3", "null", ""], "sn0-"],
        [["", "x", "[1]"], "s-so"],
      ],
    );
  });

  it("get more columns if JSON records add them", async () => {
    const { files } = joined({ "a.csv": "id\n1\n", "b.jsonl": `${'{"id":2}\n'.repeat(300)}{"id":3,"late":true}\n` });
    await files.opened;
    const shapes: TableShape[] = [];
    files.listen({ onShape: (shape) => shapes.push(shape) });
    await files.indexed(Infinity, never);
    const { rows } = await files.rows({ from: "last", count: 1 }, never);
    assert.deepEqual(
      shapes.map(({ columns }) => columns.map(({ name }) => name)),
      [["Part", "id", "late"]],
    );
    assert.deepEqual([rows[0]?.cells, rows[0]?.kinds], [["b.jsonl", "3", "true"], "snb"]);
    assert.equal(await shapeOf(files).then(({ columns }) => columns.length), 3);
  });
});

describe("A file that is not there or not a table", () => {
  it("is left out, and the others are shown", async () => {
    const { files } = joined({ "a.csv": "id\n1\n", "gone.csv": undefined, "empty.csv": "", "b.csv": "id\n2\n" });
    assert.deepEqual(await cellsOf(files), [
      ["a.csv", "1"],
      ["b.csv", "2"],
    ]);
    assert.deepEqual(files.leftOut, [
      { name: "gone.csv", problem: { kind: "missing" } },
      { name: "empty.csv", problem: { kind: "empty" } },
    ]);
  });

  it("is the problem of the whole table if there is no other file", async () => {
    const { files } = joined({ "gone.csv": undefined, "empty.csv": "" });
    assert.deepEqual(await files.opened, { kind: "problem", problem: { kind: "missing" } });
    assert.equal(files.progress, undefined);
    assert.deepEqual(await joined({}).files.opened, { kind: "problem", problem: { kind: "missing" } });
  });
});

describe("A row of several files", () => {
  it("has its values, its whole record, its file and its line there", async () => {
    const { files } = joined({ "a.csv": "id,name\n1,Ada\n", "b.csv": "city,id\nOslo,2\n" });
    const row = rowNumber(1);
    const cells = [0, 1, 2, 3].map(async (column) => (await files.cell({ row, column }, never)).text);
    assert.deepEqual(await Promise.all(cells), ["b.csv", "2", "", "Oslo"]);
    assert.deepEqual(await files.record(row, never), [
      { name: "Part", text: "b.csv" },
      { name: "city", text: "Oslo" },
      { name: "id", text: "2" },
    ]);
    assert.deepEqual(
      [path.basename(await files.pathOf(row, never)).slice(-5), await files.lineOf(row, never)],
      ["b.csv", 1],
    );
    await assert.rejects(files.lineOf(rowNumber(2), never), { code: "invalidRequest" });
    await assert.rejects(files.pathOf(rowNumber(2), never), { code: "invalidRequest" });
    assert.deepEqual(await files.record(rowNumber(2), never), []);
    assert.deepEqual(await files.cell({ row: rowNumber(2), column: 1 }, never), { text: "" });
  });

  it("is copied with its file, and without what the file lacks", async () => {
    const { files } = joined({ "a.csv": "id,name\n1,Ada\n", "b.csv": "id\n2\n" });
    const request = { rows: { from: 0, count: 2 }, columns: [0, 1, 2], withHeader: true, format: "json" } as const;
    const pages = {
      rows: ({ from, ...rest }: Parameters<Parameters<typeof takeRows>[0]["rows"]>[0], signal: AbortSignal) =>
        files.rows({ ...rest, from: from === "last" ? from : rowNumber(from) }, signal),
      indexed: (rows: number, signal: AbortSignal) => files.indexed(rows, signal),
    };
    const taken = await takeRows(pages, await shapeOf(files), request, { signal: never });
    assert.deepEqual(taken.kind === "taken" ? JSON.parse(taken.text) : taken, [
      { Part: "a.csv", id: "1", name: "Ada" },
      { Part: "b.csv", id: "2" },
    ]);
  });

  it("is added up with the rows of other files", async () => {
    const { files } = joined({ "a.csv": "id,n\n1,0.1\n2,0.2\n", "b.csv": "n,id\n0.3,3\n", "c.csv": "id\n4\n" });
    const summary = (from: number, count: number, columns: number[]) =>
      files.summarize({ rows: { from, count }, columns }, never);
    assert.deepEqual(await summary(0, 4, [2]), { cells: 4, empty: 1, numbers: 3, sum: "0.6", average: "0.2" });
    assert.deepEqual(await summary(1, 2, [0, 2]), { cells: 4, empty: 0, numbers: 2, sum: "0.5", average: "0.25" });
    assert.deepEqual(await summary(3, 9, [0]), { cells: 1, empty: 0, numbers: 0 });
  });
});

describe("A file that is read in another way", () => {
  it("changes the whole table, which gets another version", async () => {
    const { files, parts } = three();
    const { version } = await shapeOf(files);
    let rereads = 0;
    files.listen({ onReread: () => rereads++ });
    parts[0]?.reread({ header: false });
    const shape = await shapeOf(files);
    assert.equal(rereads, 1);
    assert.ok(shape.version > version);
    assert.deepEqual(
      shape.columns.map(({ name }) => name),
      ["Part", "Column 1", "Column 2", "id", "name"],
    );
    assert.equal((await files.indexed(Infinity, never)).rows, 5);
  });

  it("is ignored once the table is closed", async () => {
    const { files, parts } = three();
    await files.opened;
    let heard = 0;
    files.listen({ onReread: () => heard++, onProgress: () => heard++ });
    files.dispose();
    parts[0]?.reread({ header: false });
    parts[0]?.index();
    assert.equal(heard, 0);
  });
});

describe("Rows of joined files by their numbers", () => {
  it("are returned in the order of the request, with the columns of all files", async () => {
    const { files } = joined({ "a.csv": "id,name\n1,Ada\n2,Bo\n", "b.csv": "", "c.csv": "age,id\n33,3\n44,4\n" });
    const rows = [3, 0, 2, 1].map(rowNumber);
    const cells = async (columns?: { from: number; count: number }) =>
      (await files.rowsAt({ rows, ...(columns && { columns }) }, never)).rows.map((row) => row.cells);
    assert.deepEqual(await cells(), [
      ["c.csv", "4", "", "44"],
      ["a.csv", "1", "Ada", ""],
      ["c.csv", "3", "", "33"],
      ["a.csv", "2", "Bo", ""],
    ]);
    assert.deepEqual(await cells({ from: 3, count: 1 }), [["44"], [""], ["33"], [""]]);
  });
});
