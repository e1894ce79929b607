import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { requestShapes } from "../../../../src/vscode/tableEditor/requestShapes.ts";
import type { GridRequests } from "../../../../src/webview/table/messages.ts";

const isRequestName = (name: string): name is keyof GridRequests => Object.hasOwn(requestShapes, name);

async function isAllowed(name: string, argument: unknown): Promise<boolean> {
  if (!isRequestName(name)) return false;
  const { issues } = await requestShapes[name]["~standard"].validate(argument);
  return issues === undefined;
}

const find = { text: "x", regex: false, caseSensitive: false, wholeWord: false };
const rows = { from: 0, count: 1 };

describe("What a page may ask", () => {
  const right: [string, unknown][] = [
    ["open", {}],
    ["rows", { from: 0, count: 10 }],
    ["rows", { from: "last", count: 10, columns: { from: 3, count: 2 }, longest: 100 }],
    ["positionOf", { row: 7 }],
    ["find", find],
    ["findNext", { from: { position: 0, column: -1 }, direction: "next" }],
    ["copy", { rows, columns: [0], withHeader: true, format: "csv" }],
    ["keepPosition", { number: 7, column: 0 }],
    ["readAs", { delimiter: "~|~" }],
    ["keepDetailSize", { size: 40 }],
    ["keepDetailSize", { size: null }],
  ];
  for (const [name, argument] of right) {
    it(`includes ${name} ${JSON.stringify(argument)}`, async () => assert.ok(await isAllowed(name, argument)));
  }

  const wrong: [string, unknown][] = [
    ["rows", { from: -1, count: 10 }],
    ["rows", { from: 0, count: 1e9 }],
    ["rows", { from: 0.5, count: 1 }],
    ["rows", undefined],
    ["positionOf", { row: -1 }],
    ["cell", { row: Number.NaN, column: 0 }],
    ["find", { ...find, text: 1 }],
    ["findNext", { from: { position: -2, column: 0 }, direction: "next" }],
    ["copy", { rows, columns: ["a"], withHeader: true, format: "csv" }],
    ["copy", { rows, columns: [0], withHeader: true, format: "exe" }],
    ["readAs", { delimiter: "" }],
    ["readAs", { delimiter: "|".repeat(11) }],
    ["readAs", { delimiter: "|\n|" }],
    ["act", { action: "format the disk" }],
    ["keepPosition", { row: 7, column: 0 }],
    ["keepDetailSize", { size: 101 }],
    ["keepLayout", { widths: { a: "wide" }, order: [], hidden: [], pinned: [] }],
    ["toString", {}],
    ["__proto__", {}],
  ];
  for (const [name, argument] of wrong) {
    it(`does not include ${name} ${JSON.stringify(argument)}`, async () =>
      assert.ok(!(await isAllowed(name, argument))));
  }
});
