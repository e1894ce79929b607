import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type TakenCell, type TakeFormat, writerOf } from "../../../../src/table/take/takeFormats.ts";

type Value = TakenCell | string | undefined;

function written(
  format: TakeFormat,
  rows: readonly (readonly Value[])[],
  names = ["a", "b"],
  withHeader = false,
): string {
  const writer = writerOf(format, names, withHeader);
  const cells = (row: readonly Value[]) =>
    row.map((cell) => (typeof cell === "string" ? { text: cell, kind: undefined } : cell));
  return writer.begin + rows.map((row) => writer.row(cells(row))).join(writer.separator) + writer.end;
}

describe("rows that are written", () => {
  const rows = [
    ["1", 'x\t"y"'],
    [undefined, "z\nw"],
  ];

  for (const [format, text, withHeader] of [
    ["text", '1\tx\t"y"\n\tz\nw', 'a\tb\n1\tx\t"y"\n\tz\nw'],
    ["tsv", '1\t"x\t""y"""\n\t"z\nw"', 'a\tb\n1\t"x\t""y"""\n\t"z\nw"'],
    ["csv", '1,"x\t""y"""\n,"z\nw"', 'a,b\n1,"x\t""y"""\n,"z\nw"'],
    ["json", '[\n  { "a": "1", "b": "x\\t\\"y\\"" },\n  { "b": "z\\nw" }\n]', undefined],
    ["jsonLines", '{ "a": "1", "b": "x\\t\\"y\\"" }\n{ "b": "z\\nw" }', undefined],
    ["markdown", '| a | b |\n| --- | --- |\n| 1 | x\t"y" |\n|  | z<br>w |', undefined],
  ] as const) {
    it(`as ${format}`, () => {
      assert.equal(written(format, rows), text);
      assert.equal(written(format, rows, ["a", "b"], true), withHeader ?? text);
    });
  }

  it("as tabs have quotes only around what needs them", () => {
    assert.equal(written("tsv", [['"', 'a"b', "a\rb", "a b", ""]]), '""""\ta"b\t"a\rb"\ta b\t');
  });

  it("as commas have quotes around commas, quotes and line breaks, and around a single empty value", () => {
    assert.equal(written("csv", [["a,b", 'a"', "a\r", "a\n", "a b"]]), '"a,b","a""","a\r","a\n",a b');
    assert.equal(written("csv", [[""]]), '""');
    assert.equal(written("csv", [["", ""]]), ",");
    assert.equal(written("csv", [[]]), "");
    assert.equal(written("csv", [["1"]], ["a,b", 'c"'], true), '"a,b","c"""\n1');
  });

  it("as JSON keep the values of a JSON file as they are written there", () => {
    const cells: TakenCell[] = [
      { text: "1.10", kind: "n" },
      { text: "é", kind: "s", raw: String.raw`"\u00e9"` },
      { text: "null", kind: "0" },
      { text: "[1,2]", kind: "o", raw: "[1,\n2]" },
      { text: "[3]", kind: "o", raw: "[ 3 ]" },
      { text: "x", kind: "s" },
    ];
    const names = ["a", "b", "c", "d", "e", "f"];
    assert.equal(
      written("json", [cells], names),
      `[\n  { "a": 1.10, "b": "\\u00e9", "c": null, "d": [1,\n2], "e": [ 3 ], "f": "x" }\n]`,
    );
    assert.equal(
      written("jsonLines", [cells], names),
      `{ "a": 1.10, "b": "\\u00e9", "c": null, "d": [1,2], "e": [ 3 ], "f": "x" }`,
    );
  });

  it("as JSON have a key of their own for each column, and none for missing values", () => {
    assert.equal(
      written("jsonLines", [["1", "2", "3", "4"]], ["a", "a", "a (2)", "a"]),
      '{ "a": "1", "a (2)": "2", "a (2) (2)": "3", "a (3)": "4" }',
    );
    assert.equal(written("jsonLines", [[undefined]]), "{}");
    assert.equal(written("jsonLines", [["1"]], ['q"\n']), '{ "q\\"\\n": "1" }');
    assert.equal(written("json", []), "[\n\n]");
  });

  it("as Markdown have everything escaped that means something there", () => {
    const cell = (text: string): string =>
      written("markdown", [[text]], ["a"])
        .split("\n")
        .slice(2)
        .join("\n");
    for (const sign of ["\\", "|", "`", "*", "<", "~", "[", "]"])
      assert.equal(cell(`x${sign}y`), `| x\\${sign}y |`, sign);
    for (const [text, escaped] of [
      ["a_b", "a_b"],
      ["_a", "\\_a"],
      ["a_", "a\\_"],
      ["é_日_1", "é_日_1"],
      ["a _ b", "a \\_ b"],
      ["&amp; &#38; & &x", "\\&amp; \\&#38; & &x"],
      ["a\r\nb\rc\nd", "a<br>b<br>c<br>d"],
      ["(#.!)", "(#.!)"],
    ] as const) {
      assert.equal(cell(text), `| ${escaped} |`, text);
    }
    assert.equal(written("markdown", [], ["a|b"]), "| a\\|b |\n| --- |\n");
  });
});
