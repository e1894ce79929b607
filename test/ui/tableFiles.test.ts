import assert from "node:assert/strict";
import { appendFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { TableEditor } from "../../workbench/page/tableEditor.ts";
import { Workbench } from "../../workbench/page/workbench.ts";

const kinds = ["csv", "tsv", "json", "jsonl", "ndjson"];
/** The beginning of a gzip file, and then nothing that could be unpacked. */
const damagedGzip = Buffer.from("1f8b08000000000000ffffff", "hex");
const asTables = Object.fromEntries(kinds.map((kind) => [`*.${kind}`, "taskExports.table"]));

const records = [
  { id: 1, name: "Ada", address: { city: "London", zip: "W1" }, tags: ["a", "b"] },
  { id: 2, name: "Björn", address: { city: "Malmö" }, tags: [] },
  { id: 3, name: 'said "hi"', address: null },
];

describe("files of every kind in the table editor", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open({
      settings: {
        "workbench.editorAssociations": { ...asTables, "*.gz": "taskExports.table" },
        "taskExports.openWith": "table",
      },
    });
  });

  after(() => workbench.close());

  async function open(name: string, content: string | Uint8Array): Promise<TableEditor> {
    await write(name, content);
    await workbench.openWorkspaceFile(name);
    return TableEditor.inView(workbench.page);
  }

  async function openProblem(name: string, content: string | Uint8Array, heading: string): Promise<TableEditor> {
    await write(name, content);
    await workbench.openWorkspaceFile(name);
    const table = await TableEditor.inView(workbench.page, "problem");
    await table.frame.getByRole("heading", { name: heading }).waitFor();
    return table;
  }

  /** Writes 2 GiB of one letter and returns the file's path. */
  async function writeOneRow(name: string): Promise<string> {
    const file = path.join(workbench.workspace, name);
    const letters = Buffer.alloc(8 * 1024 ** 2, "x");
    await writeFile(file, Array<Buffer>(256).fill(letters));
    return file;
  }

  const write = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(path.join(workbench.workspace, name), content);

  const lines = records.map((record) => JSON.stringify(record));

  for (const [what, name, text] of [
    ["an array on one line", "line.json", JSON.stringify(records)],
    ["an array laid out over lines", "lines.json", JSON.stringify(records, undefined, 2)],
    ["one value a line", "values.ndjson", `${lines.join("\n")}\n`],
    ["a service's envelope", "envelope.json", JSON.stringify({ count: 3, result: { items: records }, errors: [] })],
  ] as const) {
    it(`JSON as ${what} shows one record per row, and nested values flattened on demand`, async () => {
      const table = await open(name, text);
      assert.equal(await table.exactRows(), 3);
      assert.deepEqual(await table.rowTexts(1), ["2", "Björn", '{"city":"Malmö"}', "[]"]);
      assert.deepEqual(await table.rowTexts(2), ["3", 'said "hi"', "null", ""]);
      await table.frame.getByLabel("Flattened").check();
      await table.header("address.city").waitFor();
      await table.cell(0, 2).filter({ hasText: "London" }).waitFor();
      await workbench.screenshot(`table: ${name} flattened`);
      await workbench.closeEditors();
    });
  }

  it("JSON that isn't a list of records is shown as formatted text", async () => {
    const table = await openProblem(
      "object.json",
      `{"a":{"b":[1,2]},"c":"d"}`,
      "No list of records found in this JSON",
    );
    const text = await table.frame.locator("pre").innerText();
    assert.deepEqual(JSON.parse(text), { a: { b: [1, 2] }, c: "d" });
    assert.ok(text.split("\n").length > 5);
    await workbench.screenshot("table: other JSON");
    await workbench.closeEditors();
  });

  const longText = /x{100}/;

  /** Opens the pane with the value of the cell that has the focus, and waits for the long text there. */
  async function lookAtLongText(table: TableEditor): Promise<void> {
    await workbench.page.keyboard.press("Enter");
    const value = table.frame.getByRole("region", { name: "Details" });
    await value.filter({ hasText: longText }).waitFor();
  }

  it("a JSON record of 100 MB is one row that can be viewed", async () => {
    const table = await open("long.json", JSON.stringify([{ id: 1, text: "x".repeat(100_000_000) }, { id: 2 }]));
    assert.equal(await table.exactRows(), 2);
    await table.cell(0, 0).filter({ hasText: "1" }).waitFor();
    await table.cell(1, 0).filter({ hasText: "2" }).waitFor();
    await table.focusGrid();
    await workbench.page.keyboard.press("ArrowRight");
    await lookAtLongText(table);
    await workbench.screenshot("table: a record of 100 MB");
    await workbench.closeEditors();
  });

  it("2 GiB without a line break are one row that can be viewed, and the editor keeps working", async () => {
    await open("beside.csv", "a,b\n1,2\n");
    const file = await writeOneRow("one-row.csv");
    try {
      await workbench.openWorkspaceFile("one-row.csv");
      const table = await TableEditor.inView(workbench.page);
      await table.cell(0, 0).filter({ hasText: longText }).waitFor();
      await table.focusGrid();
      await lookAtLongText(table);
      await workbench.screenshot("table: 2 GiB without a line break");
      await workbench.tab("beside.csv").click();
      const beside = await TableEditor.inView(workbench.page);
      assert.deepEqual(await beside.rowTexts(0), ["1", "2"]);
      await workbench.tab("one-row.csv").click();
      const again = await TableEditor.inView(workbench.page);
      assert.equal(await again.exactRows(), 1);
      await workbench.closeEditors();
    } finally {
      await rm(file);
    }
  });

  it("text in other encodings and with other delimiters is recognized, and can be read in another way", async () => {
    const text = "name;price\nKöln;1,50\nGent;2,75\n";
    const bom = Buffer.from([0xff, 0xfe]);
    for (const [name, bytes] of [
      ["utf16.csv", Buffer.concat([bom, Buffer.from(text, "utf16le")])],
      ["latin1.csv", Buffer.from(text, "latin1")],
    ] as const) {
      const table = await open(name, bytes);
      assert.deepEqual(await table.rowTexts(0), ["Köln", "1,50"]);
      await table.frame.getByLabel("Header row").uncheck();
      await table.cell(0, 0).filter({ hasText: "name" }).waitFor();
      await table.frame.getByLabel("Delimiter").selectOption({ label: "Comma" });
      // With another delimiter, it is detected again whether there is a header.
      await table.header("name;price").waitFor();
      await table.cell(0, 0).filter({ hasText: "Köln;1" }).waitFor();
      await table.cell(0, 1).filter({ hasText: /^50$/ }).waitFor({ state: "attached" });
      await workbench.closeEditors();
    }
  });

  it("a ragged row, a stray quote and an incomplete record at the end are marked", async () => {
    const table = await open("ragged.csv", `a,b,c\n1,2\n1,2,3,4\n"x"y,2,3\n5,6,"se`);
    assert.deepEqual(await table.rowTexts(1), ["1", "2", "3", "4"]);
    assert.deepEqual(await table.rowTexts(2), ["xy", "2", "3", ""]);
    await table.frame.locator(".footer", { hasText: "last one incomplete" }).waitFor();
    await workbench.screenshot("table: ragged");
    await workbench.closeEditors();
  });

  for (const [name, content, heading, button] of [
    ["empty.csv", "", "The file is empty", "Reload"],
    ["binary.csv", Buffer.from([0, 1, 2, 3, 0, 255, 254, 0]), "This is not a text file", "Reveal"],
    ["packed.csv", damagedGzip, "The file can't be unpacked", "Reload"],
    [
      "page.csv",
      "<!DOCTYPE html><html><body>Sign in</body></html>",
      "This is a web page, not an export",
      "Open as Text",
    ],
    ["broken.json", `{"a" 1, "b": }`, "This JSON is damaged", "Open as Text"],
  ] as const) {
    it(`${name} says “${heading}” and offers ${button}`, async () => {
      const table = await openProblem(name, content, heading);
      await table.frame.getByRole("button", { name: button }).waitFor();
      await workbench.screenshot(`table: ${name}`);
      await workbench.closeEditors();
    });
  }

  it("a gzip file is shown as the table in it, without a file beside it", async () => {
    const before = await readdir(workbench.workspace);
    const table = await open("data.csv.gz", gzipSync("a,b\n1,2\n"));
    assert.deepEqual(await table.rowTexts(0), ["1", "2"]);
    await workbench.screenshot("table: gzip");
    assert.deepEqual(await readdir(workbench.workspace), [...before, "data.csv.gz"].toSorted());
    await workbench.closeEditors();
  });

  it("a gzip file that is cut off shows its first rows, and says that the rest is missing", async () => {
    const whole = gzipSync(`a,b\n${Array.from({ length: 100_000 }, (_, row) => `${row},${row * 7}`).join("\n")}\n`);
    const table = await open("cut.csv.gz", whole.subarray(0, whole.length / 2));
    assert.deepEqual(await table.rowTexts(1), ["1", "7"]);
    await table.frame.locator(".notice", { hasText: "cut.csv.gz is incomplete or damaged." }).waitFor();
    await workbench.screenshot("table: gzip that is cut off");
    await workbench.closeEditors();
  });

  it("an empty file becomes a table when rows are added", async () => {
    const table = await openProblem("later.csv", "", "The file is empty");
    await write("later.csv", "a,b\n1,2\n");
    await table.cell(0, 1).filter({ hasText: "2" }).waitFor();
    await workbench.closeEditors();
  });

  it("appended rows appear, a changed file can be reloaded, and a deleted file is reported", async () => {
    const file = path.join(workbench.workspace, "changing.csv");
    const table = await open("changing.csv", "a,b\n1,one\n2,two\n");
    await appendFile(file, "3,three\n");
    await table.cell(2, 1).filter({ hasText: "three" }).waitFor();
    await writeFile(file, "a,b\n7,seven\n");
    await table.frame.locator(".notice", { hasText: "changed on disk" }).waitFor();
    await workbench.screenshot("table: changed");
    await table.frame.getByRole("button", { name: "Reload" }).click();
    await table.cell(0, 1).filter({ hasText: "seven" }).waitFor();
    await table.frame.locator(".notice").waitFor({ state: "hidden" });
    await rename(file, `${file}.away`);
    await table.frame.locator(".notice", { hasText: "moved or deleted" }).waitFor();
    await rm(`${file}.away`);
    await table.frame.getByRole("button", { name: "Reload" }).click();
    await table.frame.getByRole("heading", { name: "The file was not found" }).waitFor();
    await workbench.closeEditors();
  });
});
