import { csv, type ExportCase } from "./exportCase.ts";

const people = [
  ["1", "Ann"],
  ["2", "Bob"],
];

/** Where the table starts, and which character divides it. */
export const tableStarts: readonly ExportCase[] = [
  csv("A title line", "Report of orders\nid;name;amount\n1;Ann;10\n2;Bob;20\n3;Cid;30\n", {
    columns: ["id", "name", "amount"],
    rows: [
      ["1", "Ann", "10"],
      ["2", "Bob", "20"],
      ["3", "Cid", "30"],
    ],
    before: "Report of orders\n",
  }),
  csv("Several titles and a blank line", "Sales\nYear 2025, all shops\n\nid,name\n1,Ann\n2,Bob\n", {
    columns: ["id", "name"],
    rows: people,
    before: "Sales\nYear 2025, all shops\n\n",
  }),
  csv("A title padded with empty cells", "Report,,\nid,name,size\n1,Ann,3\n2,Bob,4\n", {
    columns: ["id", "name", "size"],
    before: "Report,,\n",
  }),
  csv("Names and values before a blank line", "Account;123\nPeriod;2025\n\nday;text;debit;credit\n1;a;2;3\n2;b;4;5\n", {
    columns: ["day", "text", "debit", "credit"],
    before: "Account;123\nPeriod;2025\n\n",
  }),
  csv("Comments", "# made by hand, on Monday\n# second\nid,name\n1,Ann\n2,Bob\n", {
    columns: ["id", "name"],
    rows: people,
    before: "# made by hand, on Monday\n# second\n",
  }),
  csv("A header that is written as a comment", "# version 2\n#id,name\n1,Ann\n2,Bob\n", {
    columns: ["#id", "name"],
    rows: people,
  }),
  csv("Blank lines first", "\n\r\nid,name\n1,Ann\n2,Bob\n", { columns: ["id", "name"], rows: people }),
  csv("`sep=` for Excel", "sep=;\nid;name\n1;Ann\n2;Bob\n", {
    columns: ["id", "name"],
    rows: people,
    before: "sep=;\n",
  }),
  csv("`sep=` in quotes", '"sep=;"\nid;name\n1;Ann\n2;Bob\n', { columns: ["id", "name"], rows: people }),
  csv("`sep=` saved again with the table's columns", "sep=,,\nid,name,x\n1,Ann,2\n", {
    columns: ["id", "name", "x"],
    rows: [["1", "Ann", "2"]],
  }),
  csv("`sep=` that the rows contradict", "sep=;\nid,name\n1,Ann\n2,Bob\n", {
    columns: ["id", "name"],
    rows: people,
    delimiter: ",",
  }),
  csv(
    "A title over a header with commas",
    "Extract of 2025-01-06, all\nplant;owner;price\n34;Beta, Rossi;1,899\n35;Alfa;1,5\n",
    {
      columns: ["plant", "owner", "price"],
      rows: [
        ["34", "Beta, Rossi", "1,899"],
        ["35", "Alfa", "1,5"],
      ],
    },
  ),
  csv("Decimal commas in every column but one", "01.02.2024 10:00;1,5;2,5\n01.02.2024 11:00;1,6;2,4\n", {
    delimiter: ";",
    header: false,
  }),
  csv("A decimal comma in each row", "10;1,5\n11;2,5\n12;3,5\n", { delimiter: ";", rows: [["10", "1,5"]] }),
  csv("Commas in the names of columns", "id;Net, EUR;Tax, EUR\n1;1,50;0,30\n2;2,50;0,50\n", {
    columns: ["id", "Net, EUR", "Tax, EUR"],
  }),
  csv("Commas in quotes", 'id;text\n1;"a, b"\n2;"c, d"\n', { delimiter: ";", rows: [["1", "a, b"]] }),
  csv("Rows of several lengths", "\none,two,three\n1,2,3,4\n1,2,3\n\n1,2,3\n1,2,3\n", {
    delimiter: ",",
    columns: ["one", "two", "three", "Column 4"],
  }),
  ...(
    [
      ["Carets", "^"],
      ["Tildes", "~"],
      ["Hash signs", "#"],
      ["Broken bars, two bytes in UTF-8", "¦"],
      ["Section signs, two bytes in UTF-8", "§"],
      ["Unit separators", "\u001f"],
      ["The control character 1", "\u0001"],
      ["The control character 2", "\u0002"],
    ] as const
  ).map(([what, delimiter]) =>
    csv(what, `id-name-x\n1-Ann "A"-2\n2-"B-b"-3\n`.replaceAll("-", delimiter), {
      delimiter,
      columns: ["id", "name", "x"],
      rows: [
        ["1", 'Ann "A"', "2"],
        ["2", `B${delimiter}b`, "3"],
      ],
    }),
  ),
  csv("Colons under names", "user:uid:shell\nann:1:/bin/sh\nbob:2:/bin/sh\n", { columns: ["user", "uid", "shell"] }),
  csv("Single spaces under names", "x y z\n1 2 3\n4 5 6\n", { columns: ["x", "y", "z"] }),
  csv("Times, which are no colons", "10:00:00\n10:05:00\n10:10:00\n", { columns: ["Column 1"] }),
  csv("Sentences, which are no spaces", "the quick fox\na lazy dog\nsome other words\n", {
    columns: ["the quick fox"],
  }),
  csv("Addresses, which are no dots", "name\na.b@x.io\nc.d@y.io\n", { columns: ["name"] }),
  csv("Two pipes", "id||name\n1||Ann\n2||Bob\n", { columns: ["id", "name"], rows: people, delimiter: "||" }),
  csv(
    "Two pipes, empty values and quotes",
    'id||name||note\n1||Ann||"a||b"\n2||||x|y\n3||Cid||\n4||Dee||d\n5||Eve||e\n',
    {
      columns: ["id", "name", "note"],
      rows: [
        ["1", "Ann", "a||b"],
        ["2", "", "x|y"],
        ["3", "Cid", ""],
      ],
      delimiter: "||",
    },
  ),
  csv("Two pipes in UTF-16", Buffer.from("\ufeffid||name\n1||Ann\n2||Bob\n", "utf16le"), {
    columns: ["id", "name"],
    rows: people,
  }),
  csv("Two colons without names", "1::1193::5::978300760\n1::661::3::978302109\n2::914::4::978301968\n", {
    rows: [["1", "1193", "5", "978300760"]],
    total: 3,
    delimiter: "::",
    header: false,
  }),
  csv("A tilde, a pipe and a tilde", "id~|~name\n1~|~Ann\n2~|~Bob\n", {
    columns: ["id", "name"],
    rows: people,
    delimiter: "~|~",
  }),
  csv("Two semicolons", "id;;name;;city\n1;;Ann;;Rome\n2;;Bob;;Oslo\n", { columns: ["id", "name", "city"] }),
  csv("An empty column between commas", "id,,name\n1,,Ann\n2,,Bob\n", {
    columns: ["id", "Column 2", "name"],
    delimiter: ",",
  }),
  csv("Empty columns between pipes", "id|a||b|c\n1|2||3|4\n5|6||7|8\n", {
    columns: ["id", "a", "Column 3", "b", "c"],
    delimiter: "|",
  }),
  csv("Names with two colons between commas", "id,type\n1,std::string\n2,std::vector\n", {
    columns: ["id", "type"],
    delimiter: ",",
  }),
  csv("Columns aligned by spaces", "NAME        READY   AGE\nweb-7d9f    1/1     3d\ndb-0        0/1     12d\n", {
    columns: ["NAME        READY   AGE"],
    rows: [["web-7d9f    1/1     3d"], ["db-0        0/1     12d"]],
    total: 2,
  }),
  csv("Semicolons and spaces, around equals signs", "a; b=1; x\nb; c=2; y\nc; d=3; z\n", { delimiter: ";" }),
  csv("Semicolons in quotes, without names", '1,Ann,"a;b;c;d"\n2,Bob,"e;f;g;h"\n3,Cid,"i;j;k;l"\n', {
    delimiter: ",",
    rows: [["1", "Ann", "a;b;c;d"]],
  }),
  csv(
    "Hash signs between addresses with commas",
    "town 1#street#number, 1#01\ntown 2#street#number, 2#02\ntown 3#street#number,3#03\ntown 4#street#number, 4#04\ntown 5#street#number, 5#05\ntown 6#street#number, 6#06\ntown 7#street#number, 7#07\ntown 8#street#number, 8#08\ntown 9#street#number, 9#09\ntown 10#street#number, 10#010\ntown 11#street#number, 11#011\ntown 12#street#number, 12#012\n",
    {
      delimiter: "#",
      rows: [["town 1", "street", "number, 1", "01"]],
    },
  ),
];
