import { csv, type ExportCase } from "./exportCase.ts";

const parts = Array.from({ length: 20 }, (_, row) => `"${row + 3}","part ${row}","mid"\n`).join("");
const sentences = Array.from({ length: 80 }, (_, row) => `"${row}","${"abc ".repeat(300)}\n${row}"\n`).join("");

/** How values are quoted. */
export const quotes: readonly ExportCase[] = [
  csv(
    "One stray quote in an all-quoted file",
    `"id","name","size"\n"1","bolt","small"\n"2","3" pipe","large"\n${parts}`,
    {
      columns: ["id", "name", "size"],
      quote: '"',
      rows: [["1", "bolt", "small"]],
      total: 22,
      unreadableRows: 1,
    },
  ),
  csv("A nickname in quotes", `id,name\n1,"Bob" Smith\n2,Ann\n3,Cid\n`, { quote: '"', total: 3, unreadableRows: 1 }),
  csv("A value that the sample cuts within quotes", `"id","text"\n${sentences}`, {
    columns: ["id", "text"],
    quote: '"',
    total: 80,
  }),
  csv("Inches in a file that never quotes", 'id\tsize\n1\t"a\n2\tb\n3\t"c" d\n', {
    quote: "",
    total: 3,
    delimiter: "\t",
  }),
  csv("Backslashes before quotes", 'id,text,n\n1,"say \\"hi, you\\" now",5\n2,"plain",6\n3,"a \\\\ \\"b\\"",7\n', {
    columns: ["id", "text", "n"],
    rows: [
      ["1", 'say "hi, you" now', "5"],
      ["2", "plain", "6"],
      ["3", 'a \\ "b"', "7"],
    ],
    total: 3,
  }),
  csv("Backslashes that are part of values", 'id,path\n1,"C:\\dir\\"\n2,"D:\\"\n', {
    rows: [
      ["1", "C:\\dir\\"],
      ["2", "D:\\"],
    ],
  }),
  csv("Single quotes", "id,name,city\n1,'Smith, Ann','Rome'\n2,'Ray, Bob','Oslo'\n3,'D''oe','Bonn'\n", {
    columns: ["id", "name", "city"],
    quote: "'",
    rows: [
      ["1", "Smith, Ann", "Rome"],
      ["2", "Ray, Bob", "Oslo"],
      ["3", "D'oe", "Bonn"],
    ],
  }),
  csv("Apostrophes", "id,word\n1,'tis\n2,'twas\n3,rock 'n' roll\n", { quote: '"', rows: [["1", "'tis"]] }),
  csv(
    "Spaces before quotes",
    'email, name, country\na@x.io, Ann, "Rome, Italy"\nb@x.io, Bob, "Oslo, Norway"\nc@x.io, Cid, Spain\n',
    {
      rows: [["a@x.io", " Ann", "Rome, Italy"]],
      total: 3,
    },
  ),
  csv("A line break in quotes, and backslashes", 'id,text\n1,"a\\"\nb, c"\n2,d\n', {
    rows: [
      ["1", 'a"\nb, c'],
      ["2", "d"],
    ],
    total: 2,
  }),
];
