import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { detectContent, type Detected, type DetectedTable } from "../../../../src/table/detect/detectContent.ts";
import type { ReadAs, Reading, TableProblem } from "../../../../src/table/tableTypes.ts";
import { encoded } from "../cells/slowRows.ts";

interface Case {
  readonly name?: string;
  readonly whole?: boolean;
  readonly readAs?: ReadAs;
}

function detect(content: string | Uint8Array, { name = "export.csv", whole = true, readAs = {} }: Case = {}): Detected {
  const head = typeof content === "string" ? Buffer.from(content) : content;
  return detectContent(head, { fileName: name, whole, readAs });
}

function tableOf(content: string | Uint8Array, options?: Case): DetectedTable {
  const detected = detect(content, options);
  assert.ok("reading" in detected, JSON.stringify(detected));
  return detected;
}

const reading = (content: string | Uint8Array, options?: Case): Reading => tableOf(content, options).reading;

function problem(content: string | Uint8Array, options?: Case): TableProblem["kind"] | undefined {
  const detected = detect(content, options);
  return "problem" in detected ? detected.problem.kind : undefined;
}

describe("The encoding of a file", () => {
  const text = "name;city\nZoë;Malmö\n";
  for (const [what, bytes, encoding, bomBytes] of [
    ["plain ASCII", "a,b\n1,2\n", "utf-8", 0],
    ["UTF-8", text, "utf-8", 0],
    ["UTF-8 with mark", `\ufeff${text}`, "utf-8", 3],
    ["UTF-16LE with mark", encoded(`\ufeff${text}`, "utf-16le"), "utf-16le", 2],
    ["UTF-16BE with mark", encoded(`\ufeff${text}`, "utf-16be"), "utf-16be", 2],
    ["UTF-16LE without", encoded(text, "utf-16le"), "utf-16le", 0],
    ["UTF-16BE without", encoded(text, "utf-16be"), "utf-16be", 0],
    ["UTF-16LE in Chinese, without", encoded("名,城市\n王,北京\n李,上海\n", "utf-16le"), "utf-16le", 0],
    ["Latin-1", Buffer.from(text, "latin1"), "windows-1252", 0],
    ["Windows quotes and euro", encoded("a,b\n“x”,5 €\n", "windows-1252"), "windows-1252", 0],
    [
      "good UTF-8 with one damaged character",
      Buffer.concat([Buffer.from("é,ü\nß,ø\n"), Buffer.from([0xff, 10])]),
      "utf-8",
      0,
    ],
    ["a genuine U+FFFD in good UTF-8", "a,\ufffd\n", "utf-8", 0],
  ] as const) {
    it(`is ${encoding} for ${what}`, () => {
      const found = tableOf(bytes);
      assert.deepEqual([found.reading.encoding, found.bomBytes, found.begin], [encoding, bomBytes, bomBytes]);
    });
  }

  it("is also found if the beginning that is looked at ends within a character", () => {
    const head = Buffer.from("a,b\n1,ø").subarray(0, -1);
    assert.equal(reading(head, { whole: false }).encoding, "utf-8");
    assert.equal(reading(head).encoding, "windows-1252");
  });

  it("can be chosen by the user, and only the byte order mark of that encoding is removed", () => {
    const bytes = Buffer.from(`\ufeff${text}`);
    assert.deepEqual(tableOf(bytes, { readAs: { encoding: "utf-8" } }).bomBytes, 3);
    const chosen = tableOf(bytes, { readAs: { encoding: "windows-1252" } });
    assert.deepEqual([chosen.reading.encoding, chosen.bomBytes], ["windows-1252", 0]);
  });
});

describe("The delimiter of a text", () => {
  for (const [what, text, delimiter] of [
    ["commas", "a,b\n1,2\n", ","],
    ["semicolons with decimal commas", "name;price\nx;1,50\ny;2,75\nz;0,99\n", ";"],
    ["semicolons with decimal commas in every column", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";"],
    ["tabs with commas in sentences", "id\ttext\n1\tOne, two, three\n2\tFour, five\n", "\t"],
    ["pipes", "id|name|note\n1|a|x,y\n2|b|\n", "|"],
    ["delimiters within quotes", 'a;b\n"1,2,3";"x\ny,z"\n"4,5,6";"w"\n', ";"],
    ["commas, and a pipe in each value", "id,route\n1,A|B\n2,C|D\n3,E|F\n", ","],
    ["ragged rows", "a,b,c\n1,2\n1,2,3,4\n5\n", ","],
    ["rows of JSON", 'key,val\n1,"{""a"": 1; 2}"\n', ","],
    ["one column", "name\nAnna\nBert\n", ","],
    ["one column of sentences with semicolons", "note\nfirst; second\nthird\n", ","],
    ["semicolons with decimal commas in many rows", `name;price\n${"x;1,50\n".repeat(150)}`, ";"],
    ["commas, and pipes as even as they are", "from|to,kind,price\nA|B,x,1\nC|D,y,2\n", ","],
    ["ragged rows of semicolons", "a;b;c\n1;2\n1;2;3;4\n5\n", ";"],
    ["blank lines", "x,y,z;n\r\n\r\n\r\n\r\n1;2\r\n3;4\r\n", ";"],
    ["one row", "a|b|c", "|"],
    ["CR alone", "a;b\r1;2\r3;4\r", ";"],
  ] as const) {
    it(`is ${JSON.stringify(delimiter)} for ${what}`, () => {
      const found = reading(text, { name: "export.txt" });
      assert.deepEqual([found.kind, found.delimiter, found.quote], ["delimited", delimiter, '"']);
    });
  }

  it("is a tab in .tsv files that have a tab or no other delimiter", () => {
    assert.equal(reading("a\tb,c\n1,2\t3,4\n", { name: "x.tsv" }).delimiter, "\t");
    assert.equal(reading("name\nAnna\n", { name: "x.tsv" }).delimiter, "\t");
    assert.equal(reading("a,b\n1,2\n", { name: "x.tsv" }).delimiter, ",");
  });

  it("can be chosen by the user or given by Excel's sep= line, which is not a row", () => {
    assert.equal(reading("a,b\n1,2\n", { readAs: { delimiter: ";" } }).delimiter, ";");
    const named = tableOf("\ufeffsep=|\r\na,b|c\r\n");
    assert.deepEqual([named.reading.delimiter, named.begin], ["|", 10]);
    assert.equal(reading("Sep=|\na,b|c\n").delimiter, "|");
    const wide = tableOf(encoded("\ufeffsep=;\na,b;c\n", "utf-16le"));
    assert.deepEqual([wide.reading.delimiter, wide.begin], [";", 14]);
  });

  it("is not given by a line that has sep= somewhere else than at its beginning", () => {
    const text = "see osep=|\na,b|c\n1,2|3\n";
    assert.equal(reading(text, { readAs: { linesBefore: 1 } }).delimiter, ",");
    assert.equal(reading(text.slice(5), { readAs: { linesBefore: 1 } }).delimiter, "|");
  });

  it("comes without quotes if only then all rows have the same number of cells", () => {
    const text = 'id\ttitle\n1\t"Open\n2\tCity\n3\t"Air" time\n';
    assert.equal(reading(text, { name: "x.tsv" }).quote, "");
    assert.equal(reading(text, { name: "x.tsv", readAs: { quote: '"' } }).quote, '"');
    assert.equal(reading('a,b\n1,"x\ny"\n2,"z"w\n').quote, '"');
    assert.equal(reading('a\tb\n1\t"x', { whole: false }).quote, '"');
    assert.equal(reading(`a,b\r${"1,2\r".repeat(20)}3,x\ny\nz\nw\nv`).quote, '"', "line breaks without quotes");
  });

  it("is found together with the line ending", () => {
    assert.equal(tableOf("a\rb\rc").newline, 13);
    assert.equal(tableOf("a\r\nb\r\n").newline, 10);
    assert.equal(tableOf("a,b\r").newline, 10);
    assert.equal(tableOf("a").newline, 10);
  });

  it("is found if the beginning that is looked at ends within a row or a quoted value", () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `${row};1,5;"a\n${row}"`).join("\n");
    assert.deepEqual(
      [0, 1, 5, 7].map(
        (less) => reading(Buffer.from(`id;x;t\n${rows}`).subarray(0, 5_000 - less), { whole: false }).delimiter,
      ),
      [";", ";", ";", ";"],
    );
    assert.equal(reading(`id;x;t\n${rows}`, { whole: false }).quote, '"');
  });
});

describe("The header row", () => {
  for (const [header, what, text] of [
    [true, "names over numbers", "id,name\n1,a\n2,b\n"],
    [true, "a single row of names", "id,name\n"],
    [true, "a single name", "id\n"],
    [true, "names over text", "first,last\nJohn,Doe\n"],
    [true, "an index without a name", ",a,b\n0,1,2\n1,3,4\n"],
    [true, "years over numbers", "country,2019,2020\nFR,1,2\nDE,3,4\n"],
    [true, "files put together", "id,name\n1,a\nid,name\n2,b\n"],
    [true, "names over values missing", "id,name\n,\n,\n"],
    [
      true,
      "names, two keys and years over numbers",
      "Country Name,Country Code,2019,2020\nAruba,ABW,10,20\nAlbania,ALB,5,6\n",
    ],
    [true, "one year over other numbers", "country,2019\nAruba,10\nAlbania,5\n"],
    [true, "a numeric name among others", "POLY,90,area\nA,12,3.5\nB,13,4.5\n"],
    [true, "the numbers that pandas gives to columns", ",0,1,2\n0,1.5,2.5,3.5\n1,4.5,5.5,6.5\n"],
    [true, "counted columns over other numbers", "0,1,2\n1.5,2.5,0.5\n4.5,0.5,6.5\n"],
    [true, "months over numbers", "shop,2024-01,2024-02\nRome,1,2\nOslo,3,4\n"],
    [true, "dates over numbers", "shop,2024-01-01,2024-01-02\nRome,1,2\nOslo,3,4\n"],
    [
      true,
      "files put together, the second one wider",
      "id,name,city\n1,Ann,Rome\n2,Bob,Oslo\nid,name,city,phone\n3,Cid,Bonn,555\n4,Dee,Kiel,556\n",
    ],
    [true, "files put together, the second one narrower", "id,name,city\n1,Ann,Rome\nid,name\n3,Cid\n4,Dee\n"],
    [false, "a single row with a number", "1,2,3\n"],
    [false, "a first row that lacks a number", "1,n/a,5\n2,3.4,6\n3,4.1,7\n"],
    [false, "a first row that lacks a number and says so between spaces", "1, n/a \n2,3.4\n3,4.1\n"],
    [false, "years over years", "Aruba,2019\nAlbania,2020\n"],
    [false, "decimal commas and dates over others", "01.02.2024 10:00;1,5;2,5\n01.02.2024 11:00;1,6;2,4\n"],
    [false, "numbers over numbers", "1,a\n2,b\n3,c\n"],
    [false, "dates over dates", "x,2024-01-01\ny,2024-01-02\n"],
    [false, "values that come again", "open,FR\nopen,DE\nclosed,FR\n"],
  ] as const) {
    it(`is ${header ? "there" : "missing"} for ${what}`, () => {
      assert.equal(reading(text).header, header);
      assert.equal(reading(text, { readAs: { header: !header } }).header, !header);
    });
  }
});

describe("A file that is no table", () => {
  const bytes = (length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, place) => (place * 7919 + (place >> 3)) % 256);
  for (const [kind, what, content] of [
    ["empty", "nothing", ""],
    ["empty", "white space", " \r\n\t\n"],
    ["empty", "a mark alone", "\ufeff"],
    ["empty", "UTF-16 of white space", encoded("\ufeff \n", "utf-16be")],
    ["gzip", "gzip", gzipSync("a,b\n1,2\n")],
    ["zip", "zip", Buffer.from("504b030414000000", "hex")],
    ["binary", "bytes of every value", bytes(4_096)],
    ["binary", "Zstandard", zstdCompressSync("a,b\n1,2\n")],
    ["binary", "PDF", "%PDF-1.7\n1 0 obj\n"],
    ["binary", "UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0, 0x2c, 0, 0, 0])],
    ["page", "HTML", "<!DOCTYPE html><html></html>"],
    ["page", "HTML behind a comment", '\ufeff\n<!-- portal -->\n<html lang="en">'],
    ["page", "a store's refusal", '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>'],
    ["page", "HTML in UTF-16", encoded("\ufeff<html><body>", "utf-16le")],
  ] as const) {
    it(`is ${kind} for ${what}`, () => {
      assert.equal(problem(content), kind);
      assert.equal(problem(content, { name: "x.json", whole: false }), kind);
    });
  }

  for (const [what, content] of [
    ["one lost NUL in an export", `a,b\n${"x,y\n".repeat(500)}\u0000,z\n`],
    ["a column called <html>", "<html>,<body>\n1,2\n"],
    ["escape sequences", "a,b\n\u001b[31m1,2\u001b[0m\n"],
  ] as const) {
    it(`is not a file with ${what}`, () => assert.equal(problem(content), undefined));
  }
});

describe("Other than JSON", () => {
  for (const [what, content, name] of [
    ["a list in brackets", "[1,2],3\n[4,5],6\n", "x.csv"],
    ["objects side by side", '{"a":1},{"b":2}\n{"a":3},{"b":4}\n', "x.csv"],
    ["settings in sections", "[section]\nkey=value\n", "x.txt"],
    ["a template", "{name},{city}\nA,B\n", "x.csv"],
    ["delimited text named JSON", "id,name\n1,a\n", "x.json"],
  ] as const) {
    it(`is ${what}`, () => assert.equal(reading(content, { name }).kind, "delimited"));
  }

  it("can be chosen by the user to be read as delimited text, unless its name says JSON", () => {
    const readAs = { delimiter: "," };
    assert.equal(reading('[{"a":1},\n{"a":2}]', { readAs }).kind, "delimited");
    assert.equal(reading('[{"a":1},\n{"a":2}]', { readAs, name: "x.json" }).kind, "jsonArray");
  });
});
