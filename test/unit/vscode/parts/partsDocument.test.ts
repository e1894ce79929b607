import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { OpenFiles } from "../../../../src/table/file/openFiles.ts";
import { rowNumber } from "../../../../src/table/view/rowIdentity.ts";
import { type PartRecord, PartsDocument } from "../../../../src/vscode/parts/partsDocument.ts";
import type { DocumentView } from "../../../../src/vscode/tableEditor/shownDocument.ts";
import { TableState } from "../../../../src/vscode/tableEditor/tableState.ts";
import { encoded } from "../../table/cells/slowRows.ts";
import { tablePrograms } from "../../table/file/tablePrograms.ts";

const never = new AbortController().signal;
const noMemory = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

interface Opened {
  readonly folder: string;
  readonly document: PartsDocument<string>;
  readonly records: PartRecord[];
  readonly views: DocumentView[];
  /** Files of some task were downloaded or deleted. */
  readonly recordsChanged: () => void;
}

/** The table of a task whose files have this content; undefined for a file that was deleted. */
async function open(
  context: TestContext,
  contents: Readonly<Record<string, string | Uint8Array | undefined>>,
): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-parts-"));
  const records: PartRecord[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    if (content !== undefined) await writeFile(path, content);
    records.push({ index: records.length, name, uri: pathToFileURL(path).href });
  }
  const files = new OpenFiles(tablePrograms);
  const listeners: (() => void)[] = [];
  const document = new PartsDocument(
    "parts:1",
    { accountId: "a", taskId: "12" },
    {
      files,
      state: new TableState(noMemory),
      records: () => [...records],
      onRecordsChanged: (listener) => {
        listeners.push(listener);
        return { dispose: () => void listeners.splice(0) };
      },
    },
  );
  const views: DocumentView[] = [];
  document.listen({ onView: (view) => views.push(view) });
  context.after(async () => {
    document.dispose();
    files.dispose();
    await rm(folder, { recursive: true });
  });
  return { folder, document, records, views, recordsChanged: () => listeners.forEach((listener) => listener()) };
}

async function cellsOf({ document }: Opened): Promise<(readonly string[])[]> {
  const { rows } = await document.file.rows({ from: rowNumber(0), count: 100 }, never);
  return rows.map(({ cells }) => cells);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

const reasonOf = ({ notice }: DocumentView): string | undefined =>
  notice?.kind === "incomplete" ? notice.reason : notice?.kind;

describe("All files of a task as one table", { timeout: 60_000 }, () => {
  it("show the rows of each file, and no notice if none is missing", async (context) => {
    const opened = await open(context, { "a.csv": "id,n\n1,x\n", "b.csv": "id,n\n2,y\n" });
    const view = await opened.document.view();
    assert.deepEqual([view.fileName, view.notice, view.content.kind], ["All parts of task 12", undefined, "table"]);
    assert.deepEqual(await cellsOf(opened), [
      ["a.csv", "1", "x"],
      ["b.csv", "2", "y"],
    ]);
    assert.equal(await opened.document.pathOf(rowNumber(1), never), join(opened.folder, "b.csv"));
  });

  it("name the files that are missing, and show the others", async (context) => {
    const opened = await open(context, { "a.csv": "id\n1\n", "b.csv": undefined, "c.csv": "id\n3\n" });
    opened.records.splice(0, 1);
    const view = await opened.document.view();
    assert.equal(reasonOf(view), "Not all parts are shown. b.csv was moved or deleted.");
    await opened.document.reload();
    assert.equal(
      reasonOf(await opened.document.view()),
      "Not all parts are shown. b.csv was moved or deleted. Part 1 isn't downloaded.",
    );
  });

  it("are shown as a problem with Reload if no file is a table", async (context) => {
    const opened = await open(context, { "a.csv": undefined, "b.csv": undefined });
    assert.deepEqual((await opened.document.view()).content, {
      kind: "problem",
      problem: { kind: "missing" },
      actions: ["reload"],
    });
    await writeFile(join(opened.folder, "a.csv"), "id\n1\n");
    await opened.document.reload();
    assert.equal(opened.views.at(-1)?.content.kind, "table");
    assert.deepEqual(await cellsOf(opened), [["a.csv", "1"]]);
  });

  it("offer to reload when a further file was downloaded, and then show it", async (context) => {
    const opened = await open(context, { "a.csv": "id\n1\n", "b.csv": "id\n2\n" });
    const notices: (string | undefined)[] = [];
    opened.document.listen({
      onNotice: (notice) => notices.push(notice?.kind === "incomplete" ? notice.reason : undefined),
    });
    await opened.document.view();
    opened.recordsChanged();
    assert.deepEqual(notices, []);
    await writeFile(join(opened.folder, "c.csv"), "id\n3\n");
    opened.records.push({ index: 2, name: "c.csv", uri: pathToFileURL(join(opened.folder, "c.csv")).href });
    opened.recordsChanged();
    assert.deepEqual(notices, ["The downloaded parts changed."]);
    await opened.document.reload();
    assert.equal(opened.views.at(-1)?.notice, undefined);
    assert.equal((await cellsOf(opened)).length, 3);
  });

  it("say when a file changed on disk, and show rows that were appended", async (context) => {
    const opened = await open(context, { "a.csv": "id\n1\n", "b.csv": "id\n2\n" });
    await opened.document.file.indexed(Infinity, never);
    opened.document.setVisible(true);
    await appendFile(join(opened.folder, "a.csv"), "9\n");
    await until(async () => (await cellsOf(opened)).length === 3);
    await writeFile(join(opened.folder, "b.csv"), "other\nx\n");
    await until(async () => reasonOf(await opened.document.view())?.startsWith("b.csv changed on disk.") === true);
  });

  it("can be read with another delimiter, and other settings of each file stay", async (context) => {
    const opened = await open(context, {
      "a.csv": "id;n\n1;Zoë\n",
      "b.csv": encoded("\ufeffid,n\n2,Björn\n", "utf-16le"),
    });
    await opened.document.view();
    const asker = {};
    const encoding = "utf-8" as const;
    const view = await opened.document.readAs({ encoding, delimiter: ";", quote: '"', header: false }, asker);
    assert.equal(view.content.kind, "table");
    assert.deepEqual(await cellsOf(opened), [
      ["a.csv", "id", "n"],
      ["a.csv", "1", "Zoë"],
      ["b.csv", "id", "n"],
      ["b.csv", "2", "Björn"],
    ]);
    assert.equal(opened.views.length, 1);
  });
});
