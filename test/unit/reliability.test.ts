import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import ts from "typescript";

const root = path.resolve(import.meta.dirname, "../..");
const page = await readFile(path.join(root, "docs/reliability.md"), "utf8");

/** The lines of the table of faults: row, fault, behaviour, file, title, outcome. */
const lines = [...page.matchAll(/^\| +(\d+) +\|(.*)\|$/gm)].map(([, row, cells = ""]) => {
  const [fault = "", behaviour = "", file = "", title = "", outcome = ""] = cells.split("|").map((cell) => cell.trim());
  return { row: Number(row), fault, behaviour, file: file.replaceAll("`", ""), title, outcome };
});

/** The titles in a file of tests. What a title takes from a variable is an ellipsis. */
async function titlesIn(file: string): Promise<string[]> {
  const text = await readFile(path.join(root, file), "utf8");
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(test|it)$/.test(node.expression.getText(source))) {
      const [title] = node.arguments;
      if (title !== undefined) titles.push(titleOf(title));
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
  visit(source);
  return titles;
}

function titleOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return "";
  const text = node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  return text.replace(/…+/g, "…");
}

describe("docs/reliability.md", () => {
  it("has every fault from 1 to 42 in order, each with what happens", () => {
    const rows = [...new Set(lines.map(({ row }) => row))];
    assert.deepEqual(
      rows,
      Array.from({ length: 42 }, (_, index) => index + 1),
    );
    for (const row of rows) {
      const first = lines.find((line) => line.row === row);
      assert.ok(first?.fault !== "" && first?.behaviour !== "", `row ${row}`);
    }
    for (const { row, outcome } of lines) assert.notEqual(outcome, "", `row ${row}`);
  });

  it("names only tests that there are", async () => {
    const missing: string[] = [];
    for (const { row, file, title } of lines) {
      const titles = await titlesIn(`test/${file}.test.ts`);
      if (!titles.includes(title)) missing.push(`row ${row}: ${file}: ${title}`);
    }
    assert.deepEqual(missing, []);
  });

  it("names every test that calls itself by a row", async () => {
    const told = new Set(lines.map(({ row, title }) => `${row} ${title}`));
    const untold: string[] = [];
    for (const file of globSync("test/{unit,endurance}/**/*.test.ts", { cwd: root })) {
      for (const title of await titlesIn(file)) {
        const [, row] = /^row (\d+): /.exec(title) ?? [];
        if (row !== undefined && !told.has(`${row} ${title}`)) untold.push(`${file}: ${title}`);
      }
    }
    assert.deepEqual(untold, []);
  });
});
