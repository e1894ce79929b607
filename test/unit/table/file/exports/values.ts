import { csv, type ExportCase } from "./exportCase.ts";

const mebibyte = 1024 * 1024;

/** Values that could be taken for others, and values that are not read to their end. */
export const values: readonly ExportCase[] = [
  {
    what: '`null`, `"null"`, `""` and a missing key',
    fileName: "export.ndjson",
    content: '{"a":null,"b":"null","c":""}\n{"b":1}\n',
    expected: {
      columns: ["a", "b", "c"],
      rows: [
        ["null", "null", ""],
        ["", "1"],
      ],
      special: [
        { row: 0, column: 0, is: "null" },
        { row: 1, column: 0, is: "missing" },
        { row: 1, column: 2, is: "missing" },
      ],
    },
  },
  csv("An empty value, and a short row", 'a,b,c\n1,"",3\n4\n', {
    rows: [["1", "", "3"], ["4"]],
    special: [
      { row: 1, column: 1, is: "missing" },
      { row: 1, column: 2, is: "missing" },
    ],
  }),
  csv("Columns of the same name", "id,name,name\n1,Ann,Bob\n", {
    columns: ["id", "name", "name"],
    rows: [["1", "Ann", "Bob"]],
  }),
  {
    what: "Digits in a string",
    fileName: "export.ndjson",
    content: '{"id":"12345678901234567890"}\n{"id":"9007199254740993"}\n',
    expected: { columns: ["id"], rows: [["12345678901234567890"], ["9007199254740993"]] },
  },
  csv("A value of 9 MiB", `a,b,c\n1,${"x".repeat(9 * mebibyte)},3\n4,5,6\n`, {
    total: 2,
    unreadableRows: 1,
    special: [
      { row: 0, column: 1, is: "cut" },
      { row: 0, column: 2, is: "cut" },
    ],
  }),
  csv(
    "A quote that is never closed, in a large file",
    `id,name\n${"1,bolt\n".repeat(150)}2,"bolt 3,x\n${"3,nut\n".repeat(2 * mebibyte)}`,
    {
      total: 151,
      unreadableRows: 1,
      special: [{ row: 150, column: 1, is: "cut" }],
    },
  ),
  csv("A quote that is never closed, in a small file", 'id,name\n1,"a"\n2,"b"\n3,"c\n4,d\n', {
    total: 3,
    unreadableRows: 1,
  }),
];
