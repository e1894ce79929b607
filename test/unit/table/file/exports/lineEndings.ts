import { csv, type ExportCase } from "./exportCase.ts";

const people = {
  columns: ["id", "name"],
  rows: [
    ["1", "Ann"],
    ["2", "Bob"],
  ],
  total: 2,
};

/** How rows end. */
export const lineEndings: readonly ExportCase[] = [
  csv("CR CR LF", "id,name\r\r\n1,Ann\r\r\n2,Bob\r\r\n", people),
  csv("CR alone", "id,name\r1,Ann\r2,Bob\r", people),
  csv("LF CR", "id,name\n\r1,Ann\n\r2,Bob\n\r", people),
  csv("LF CR, with blank lines and quotes", 'id,name\n\r"1","Ann"\n\r"2","Bob"\n\r\n\r', people),
  csv("CR, behind a first row of 100 KiB", `${"x".repeat(100 * 1024)},name\r1,Ann\r2,Bob\r`, {
    rows: [
      ["1", "Ann"],
      ["2", "Bob"],
    ],
    total: 2,
  }),
  csv("CR, with LF in quoted cells", 'id,name\r1,"line\ntwo"\r2,Bob\r', {
    columns: ["id", "name"],
    rows: [
      ["1", "line\ntwo"],
      ["2", "Bob"],
    ],
    total: 2,
  }),
  csv("A header with CR over rows with CR LF", "id,name\r1,Ann\r\n2,Bob\r\n", people),
  csv("A header with CR over rows with LF", 'id,name\r1,Ann\n2,"Bob"\n', people),
  csv("A header with LF over rows with CR", "id,name\n1,Ann\r2,Bob\r", people),
  csv("Blank lines at the end", "id,name\n1,Ann\n2,Bob\n\n\r\n\n", people),
  csv("Lines of spaces at the end", "id,name\n1,Ann\n2,Bob\n   \n \n", people),
  csv("Spaces after the last value", "id,name\n1,Ann\n2,Bob  \n\n", {
    columns: ["id", "name"],
    rows: [
      ["1", "Ann"],
      ["2", "Bob  "],
    ],
    total: 2,
  }),
  csv("Ctrl+Z at the end", "id,name\r\n1,Ann\r\n2,Bob\r\n\u001a", people),
  csv("Ctrl+Z after the last value", "id,name\n1,Ann\n2,Bob\u001a\u001a", people),
  csv("Blank lines at the end of UTF-16", Buffer.from("\ufeffid,name\n1,Ann\n2,Bob\n\n\n", "utf16le"), people),
];
