import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { activateApi, extensionId } from "./support.ts";

/** Ids in an order that is neither that of their numbers nor that of their text. */
const ids = ["9", "10", "1", "100", "2"];

describe("The query engine in this VS Code", () => {
  let folder = "";
  let uri = "";

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-engine-"));
    const file = path.join(folder, "ids.csv");
    await writeFile(file, ["id", ...ids, ""].join("\n"));
    uri = vscode.Uri.file(file).toString();
  });

  after(() => rm(folder, { recursive: true }));

  it("has a library that the program of the extension host can load", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    const library = path.join(extension.extensionPath, "dist", "engine", "duckdb.node");
    assert.ok(existsSync(library), "the build found an engine for this computer");
    const script = `process.stdout.write(require(${JSON.stringify(library)}).library_version())`;
    // If the system refuses to load it, the error contains the system's own words.
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    });
    assert.match(stdout, /^v\d+\.\d+\.\d+/);
  });

  it("starts, passes its self-test, and sorts by number", async () => {
    const api = await activateApi();
    const { rows, rowNumbers } = await api.readRows(uri, { sort: [{ column: "id" }] });
    assert.deepEqual(rows.flat(), ["1", "2", "9", "10", "100"]);
    assert.deepEqual(rowNumbers, [2, 4, 0, 1, 3]);
  });

  it("filters, and answers how many rows are left", async () => {
    const api = await activateApi();
    const { rows, total } = await api.readRows(uri, { filter: { column: "id", is: "atLeast", value: "10" } });
    assert.deepEqual([rows.flat(), total], [["10", "100"], 2]);
  });

  it("runs a statement over several files, and refuses one that writes", async () => {
    const api = await activateApi();
    const sql = "SELECT sum(e.id) AS total, count(o.id) AS n FROM export e JOIN other o ON e.id = o.id WHERE e.id > 2";
    const { columns, rows, truncated } = await api.query(uri, sql, { others: { other: uri } });
    assert.deepEqual(
      columns.map(({ name }) => name),
      ["total", "n"],
    );
    assert.deepEqual([rows, truncated], [[[119, 3]], false]);
    const target = path.join(folder, "written.csv");
    await assert.rejects(api.query(uri, `COPY export TO '${target}'`), { code: "queryRefused" });
    assert.equal(existsSync(target), false);
    await assert.rejects(api.query(uri, "SELECT 1", { others: { Export: uri } }), { code: "invalidRequest" });
  });
});
