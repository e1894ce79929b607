import { appendFileSync, closeSync, fsyncSync, linkSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { largeCsvColumns, largeCsvRow, writeLargeCsv } from "../../sandbox/sampleData/largeCsv.ts";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";
import type { Figure } from "../figure.ts";
import { median, withSpread } from "../statistics.ts";
import type { TableStage } from "./readerCases.ts";

const kibibyte = 1024;
const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;
const paintLimitMs = 20_000;

/** A workbench with the table as the default editor for CSV, so that Quick Open can open one. */
export async function withWorkbench(
  work: (workbench: Workbench) => Promise<Figure[]>,
  extensions: readonly string[] = [],
): Promise<Figure[]> {
  await using workbench = await Workbench.open({
    extensions,
    settings: { "workbench.editorAssociations": { "*.csv": "taskExports.table" } },
    // All columns are visible, so that going to the end doesn't scroll the first one out of view.
    viewport: { width: 1800, height: 800 },
  });
  return await work(workbench);
}

/** From Enter in Quick Open to the first rows: a file of 1 GiB compared with one of 1 KiB. */
export function openCase({ pairs, log }: TableStage): Promise<Figure[]> {
  return withWorkbench(async (workbench) => {
    writeFile(workbench, "small.csv", kibibyte);
    writeFile(workbench, "large.csv", gibibyte);
    const ratios: number[] = [];
    const [small, large]: [number[], number[]] = [[], []];
    for (let pair = 0; pair <= pairs; pair++) {
      const [one, other] = [await timeToRows(workbench, "large.csv"), await timeToRows(workbench, "small.csv")];
      if (pair === 0) continue;
      log(`open: 1 GiB ${one.toFixed(0)} ms, 1 KiB ${other.toFixed(0)} ms`);
      large.push(one);
      small.push(other);
      ratios.push(one / other);
    }
    return [
      {
        what: "command → first rows painted, 1 GiB",
        figure: "÷ the same for 1 KiB",
        atMost: 1.1,
        unit: "",
        values: ratios,
        digits: 2,
        from: `1 GiB ${withSpread(large, 0)} ms, 1 KiB ${withSpread(small, 0)} ms`,
      },
    ];
  });
}

/** From Enter in Quick Open to the first rows of a small file, compared with a custom editor that paints one line. */
export function bareCase({ pairs, log }: TableStage): Promise<Figure[]> {
  return withWorkbench(
    async (workbench) => {
      writeFile(workbench, "small.csv", kibibyte);
      appendFileSync(path.join(workbench.workspace, "line.bare"), "One line\n");
      const ratios: number[] = [];
      const [table, bare]: [number[], number[]] = [[], []];
      for (let pair = 0; pair <= pairs; pair++) {
        const [one, other] = [await timeToRows(workbench, "small.csv"), await timeToRows(workbench, "line.bare")];
        if (pair === 0) continue;
        log(`bare: table ${one.toFixed(0)} ms, bare editor ${other.toFixed(0)} ms`);
        table.push(one);
        bare.push(other);
        ratios.push(one / other);
      }
      const from = `table ${withSpread(table, 0)} ms, bare editor ${withSpread(bare, 0)} ms`;
      const about = { what: "command → first rows painted, 1 KiB", figure: "÷ a bare custom editor with one line" };
      return [{ ...about, atMost: 1.3, unit: "", values: ratios, digits: 2, from }];
    },
    [path.join(import.meta.dirname, "bareEditor")],
  );
}

/** From the key End to the last rows, just after opening, when the index of a large file isn't complete. */
export function endCase({ pairs, log }: TableStage): Promise<Figure[]> {
  const sizes = [mebibyte, 64 * mebibyte, gibibyte, 4 * gibibyte];
  return withWorkbench(async (workbench) => {
    const figures: Figure[] = [];
    const medians: number[] = [];
    for (const size of sizes) {
      const { path: file, rows } = writeFile(workbench, "end.csv", size);
      const values: number[] = [];
      for (let run = 0; run <= pairs; run++) {
        // A different name each time, because a table opens at its last position.
        const name = `end-${size / mebibyte}-${run}.csv`;
        linkSync(file, path.join(workbench.workspace, name));
        const table = await openTable(workbench, name);
        const took = await timeToLastRow(table, rows);
        await workbench.closeEditors();
        if (run > 0) values.push(took);
      }
      log(`end: ${size / mebibyte} MiB ${withSpread(values, 0)} ms`);
      medians.push(median(values));
      const what = `End → last rows painted, ${size / mebibyte} MiB`;
      figures.push({ what, figure: "wall", atMost: 300, unit: " ms", values, digits: 0, from: `${rows} rows` });
    }
    const drift = Math.max(...medians) / Math.min(...medians);
    const about = { what: "the same, largest ÷ smallest", figure: "ratio of the medians", atMost: 1.3, unit: "" };
    return [...figures, { ...about, values: [drift], digits: 2, from: "the four above" }];
  });
}

/** From the end of writing 1 MiB more to the number of rows in the grid. */
export function appendCase({ pairs, log }: TableStage): Promise<Figure[]> {
  return withWorkbench(async (workbench) => {
    const { path: file, rows } = writeFile(workbench, "append.csv", 64 * mebibyte);
    const table = await openTable(workbench, "append.csv");
    await table.exactRows();
    const text = appendedRows(rows);
    const values: number[] = [];
    for (let run = 0; run <= pairs; run++) {
      const before = await table.exactRows();
      const seen = table.frame.evaluate<number>(rowCountAbove(before + 1));
      await sleep(500);
      appendFileSync(file, text);
      const writtenAt = performance.timeOrigin + performance.now();
      const took = (await seen) - writtenAt;
      log(`append: ${took.toFixed(0)} ms`);
      if (run > 0) values.push(took);
    }
    return [
      {
        what: "1 MiB appended to an open file → visible",
        figure: "wall",
        atMost: 250,
        unit: " ms",
        values,
        digits: 0,
        from: "a file of 64 MiB",
      },
    ];
  });
}

/** Frames during fast scrolling with the wheel through 15 million rows. */
export function flingCase({ pairs, log }: TableStage): Promise<Figure[]> {
  return withWorkbench(async (workbench) => {
    writeFile(workbench, "fling.csv", gibibyte);
    const table = await openTable(workbench, "fling.csv");
    await table.exactRows();
    await table.cell(0, 0).hover();
    const values: number[] = [];
    const most: number[] = [];
    for (let run = 0; run < pairs; run++) {
      const frames = table.frame.evaluate<number[]>(framesOf(4000));
      for (let turn = 0; turn < 60; turn++) {
        await workbench.page.mouse.wheel(0, 20_000 * (turn % 20 === 19 ? -1 : 1));
        await sleep(30);
      }
      const times = (await frames).toSorted((one, other) => one - other);
      values.push(times.at(-1) ?? Number.NaN);
      most.push(times[Math.floor(times.length * 0.99)] ?? Number.NaN);
      log(
        `fling: ${times.length} frames, median ${median(times).toFixed(1)} ms, p99 ${most.at(-1)?.toFixed(1) ?? ""} ms, longest ${values.at(-1)?.toFixed(0) ?? ""} ms`,
      );
    }
    const what = "flinging through 15 million rows";
    const from = "a headless browser that draws in software";
    return [
      { what, figure: "longest frame", atMost: 50, unit: " ms", values, digits: 0, from },
      { what, figure: "99th percentile of the frames", atMost: 25, unit: " ms", values: most, digits: 1, from },
    ];
  });
}

function writeFile(workbench: Workbench, name: string, bytes: number): { path: string; rows: number } {
  const file = path.join(workbench.workspace, name);
  rmSync(file, { force: true });
  if (bytes < mebibyte) {
    appendFileSync(file, `${largeCsvColumns.join(",")}\n${plainRows(0, 12)}`);
    return { path: file, rows: 12 };
  }
  const { rows } = writeLargeCsv(file, bytes);
  flush(file);
  return { path: file, rows };
}

/** Pending writes to the disk would slow down the measurement. The file stays in the page cache. */
function flush(file: string): void {
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}

/** 1 MiB of rows without quotes. */
const appendedRows = (from: number): string =>
  plainRows(from, 15_000)
    .slice(0, mebibyte)
    .replace(/[^\n]*$/u, "");

function plainRows(from: number, count: number): string {
  return Array.from(
    { length: count },
    (_, place) =>
      `${largeCsvRow(from + place)
        .slice(0, 7)
        .join(",")},paid\n`,
  ).join("");
}

async function openTable(workbench: Workbench, name: string): Promise<TableEditor> {
  await workbench.openWorkspaceFile(name);
  return TableEditor.inView(workbench.page);
}

async function timeToRows(workbench: Workbench, name: string): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  const table = await openTable(workbench, name);
  const paintedAt = await table.paintedAt();
  await workbench.closeEditors();
  return paintedAt - startedAt;
}

/** Presses the key in the page, and checks in each frame whether the last row's ID is visible. */
function timeToLastRow(table: TableEditor, rows: number): Promise<number> {
  const id = JSON.stringify(largeCsvRow(rows - 1)[0]?.replace(/^\d+/u, String(rows - 1).padStart(9, "0")));
  return table.frame.evaluate<number>(`new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("The last row was not painted.")), ${paintLimitMs});
    const grid = document.querySelector('[role="grid"]');
    const startedAt = performance.now();
    const look = () => {
      const cells = [...document.querySelectorAll('[role="gridcell"][data-column="0"]')];
      if (cells.some((cell) => cell.textContent === ${id})) resolve(performance.now() - startedAt);
      else requestAnimationFrame(look);
    };
    const target = document.activeElement !== null && grid.contains(document.activeElement) ? document.activeElement : grid;
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "End", code: "End", ctrlKey: true, bubbles: true }));
    requestAnimationFrame(look);
  })`);
}

/** When the grid had more rows than this, including its header, in milliseconds since 1970. */
function rowCountAbove(count: number): string {
  return `new Promise((resolve) => {
    const look = () => {
      const rows = Number(document.querySelector('[role="grid"]').getAttribute("aria-rowcount"));
      if (rows > ${count}) resolve(performance.timeOrigin + performance.now());
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

/** The milliseconds between frames, for a duration. */
function framesOf(ms: number): string {
  return `new Promise((resolve) => {
    const frames = [];
    let last = performance.now();
    const until = last + ${ms};
    const look = (now) => {
      frames.push(now - last);
      last = now;
      if (now < until) requestAnimationFrame(look);
      else resolve(frames.slice(1));
    };
    requestAnimationFrame(look);
  })`;
}
