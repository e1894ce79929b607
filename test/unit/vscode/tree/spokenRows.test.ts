import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import ts from "typescript";

const tree = path.resolve(import.meta.dirname, "../../../../src/vscode/tree");

/** The classes of rows in a file that never say what they are. */
function silentRows(source: ts.SourceFile): { rows: string[]; silent: string[] } {
  const classes = source.statements.filter((each) => ts.isClassDeclaration(each));
  const rows = classes.filter(({ heritageClauses }) =>
    heritageClauses?.some((clause) => clause.types.some(({ expression }) => expression.getText() === "TreeNode")),
  );
  const nameOf = (row: ts.ClassDeclaration): string => row.name?.text ?? "";
  return {
    rows: rows.map(nameOf),
    silent: rows.filter((row) => !row.getText().includes("this.say(")).map(nameOf),
  };
}

describe("rows of both views", () => {
  it("all tell screen readers what they are", async () => {
    const rows: string[] = [];
    const silent: string[] = [];
    for (const file of globSync("**/*.ts", { cwd: tree })) {
      const text = await readFile(path.join(tree, file), "utf8");
      const found = silentRows(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
      rows.push(...found.rows);
      silent.push(...found.silent);
    }
    assert.ok(rows.includes("TaskNode") && rows.includes("OlderDownloadsNode"), rows.join());
    assert.deepEqual(silent, []);
  });
});
