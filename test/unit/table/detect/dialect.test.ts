import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { columnsOf, detectDialect } from "../../../../src/table/detect/dialect.ts";
import { longestBefore, type ReadAs } from "../../../../src/table/tableTypes.ts";

interface Sample {
  readonly text: string;
  readonly whole?: boolean;
  readonly name?: string;
  readonly readAs?: ReadAs;
}

function dialect({ text, whole = true, name = "a.csv", readAs = {} }: Sample) {
  return detectDialect(text, whole, name, readAs);
}

function delimiter(text: string, sample: Omit<Sample, "text"> = {}): string {
  return dialect({ text, ...sample }).delimiter;
}

/** The lines before the table. */
function before(text: string, readAs: ReadAs = {}) {
  return dialect({ text, readAs }).before;
}

describe("the delimiter of a text", () => {
  for (const [expected, text] of [
    [",", ""],
    [",", "a\nb\n"],
    [",", "a,b\nc,d\n"],
    [";", "a;b\nc;d\n"],
    ["\t", "a\tb\nc\td\n"],
    ["|", "a|b\nc|d\n"],
    [";", "a;1,5\nb;2,5\n"],
    [";", "a;b,c\nd;e\n"],
    [";", 'a;"b,c"\nd;"e,f"\n'],
    ["\u0001", "a\u0001b\nc\u0001d\n"],
    ["\u0001", "a,x\u0001b\nc,y\u0001d\n"],
    ["^", "a^b\nc^d\n"],
    [",", "a^b,c^d\ne^f,g^h\n"],
    [",", "a^b\n"],
    [":", "name:age\nanna:1\nbob:2\n"],
    [",", "name:town\nanna:x\nbob:y\n"],
    [",", "name:1\nanna:1\nbob:2\n"],
    [" ", "name age size\nanna 1 2\nbob 2 3\n"],
    [",", "name age\nanna 1\nbob 2\n"],
    [",", "name age size\nanna x y\nbob y z\n"],
    ["||", "a||b\nc||d\n"],
    ["::", "a::b::c\nd::e::f\n"],
    [",", "a::b\nd::e\n"],
  ] as const) {
    it(`is ${JSON.stringify(expected)} in ${JSON.stringify(text)}`, () => assert.equal(delimiter(text), expected));
  }

  it("is the one that was chosen, whatever fits better", () => {
    assert.equal(delimiter("a,b\nc,d\n", { readAs: { delimiter: ";" } }), ";");
    assert.equal(delimiter("sep=|\na,b\nc,d\n", { readAs: { delimiter: ";" } }), ";");
  });

  it("is the one that the first line names, if it divides the text", () => {
    assert.equal(delimiter("sep=;\na;b,c\nd;e,f\n"), ";");
    assert.equal(delimiter("SEP=;\na;b,c\nd;e,f\n"), ";");
    assert.equal(delimiter('"sep=;"\na;b,c\nd;e,f\n'), ";");
    assert.equal(delimiter("sep=|\na;b\nd;e\n"), ";");
    assert.equal(delimiter("sep=x\naxb,c\ndxe,f\n"), "x");
    assert.equal(delimiter("sep=x\naxb,c\ndxe,f\n", { readAs: { linesBefore: 1 } }), "x");
    assert.equal(delimiter("sep=x\naxb,c\ndxe,f\n", { readAs: { linesBefore: 0 } }), ",");
  });

  it("is a tab in a file named .tsv or .tab if there is one in the first row, or nothing else fits", () => {
    for (const name of ["a.tsv", "a.TSV", "a.tab", "a.tas"]) {
      assert.equal(delimiter("a\tb,c\nd,e\nf,g\n", { name }), "\t", name);
    }
    assert.equal(delimiter("a\tb,c\nd,e\nf,g\n", { name: "a.tsv.txt" }), ",");
    assert.equal(delimiter("a,b\nc,d\n", { name: "a.tsv" }), ",");
    assert.equal(delimiter("a\nb\n", { name: "a.tsv" }), "\t");
  });

  it("is that of the widest first row if the rows are not even", () => {
    assert.equal(delimiter("a;b;c,d\ne\nf\ng\n"), ";");
    assert.equal(delimiter("a;b,c\ne\nf\ng\n"), ",", "the comma is more usual");
  });

  it("ignores the last row unless the text is whole", () => {
    assert.equal(delimiter("a;b\nc;d\ne,f,g;h", { whole: false }), ";");
  });
});

describe("how many columns a text has", () => {
  for (const [columns, text] of [
    [1, ""],
    [1, "a\nb\n"],
    [2, "a,b\nc,d\n"],
    [3, "a;b;c\nd;e;f\n"],
    [2, "a;b\rc;d\r"],
    [1, "a,b,c\nd\ne\nf,g\n"],
  ] as const) {
    it(`is ${columns} for ${JSON.stringify(text)}`, () => assert.equal(columnsOf(text, true), columns));
  }

  it("isn't decided by a last row that is cut off", () => {
    assert.equal(columnsOf("a,b\nc,d\ne", false), 2);
    assert.equal(columnsOf("a,b\nc", true), 1);
    assert.equal(columnsOf("a,b\nc", false), 2);
  });
});

describe("the lines before a table", () => {
  it("are none if it begins on the first line", () => assert.equal(before("a,b\nc,d\n"), undefined));

  it("are those that aren't divided like the others", () => {
    assert.deepEqual(before("Sales\n\na,b\nc,d\ne,f\ng,h\n"), { count: 2, text: "Sales\n\n" });
  });

  it("contain a line that names the delimiter, however a program saved it", () => {
    for (const line of ["sep=;\n", '"sep=;"\n', "sep=;,,,\n", "sep=;  \n", 'sep=;";"\n', "sep=;;;\r\n", "sep=\n"]) {
      assert.deepEqual(before(`${line}a;b\nc;d\n`), { count: 1, text: line }, JSON.stringify(line));
    }
    assert.deepEqual(before("sep=;\ra;b\rc;d\r"), { count: 1, text: "sep=;\r" });
    assert.equal(before("sep=;x\nc;d\n"), undefined);
  });

  it("are as many as were chosen", () => {
    const text = "a,b\nc,d\ne,f\n";
    assert.equal(before(text, { linesBefore: 0 }), undefined);
    assert.deepEqual(before(text, { linesBefore: 1 }), { count: 1, text: "a,b\n" });
    assert.deepEqual(before(text, { linesBefore: 2 }), { count: 2, text: "a,b\nc,d\n" });
    assert.deepEqual(before(text, { linesBefore: 9 }), { count: 3, text });
    assert.equal(before("Sales\n\na,b\nc,d\ne,f\n", { linesBefore: 0 }), undefined, "titles become rows");
  });

  it("are counted if the first one ends differently", () => {
    assert.deepEqual(before("Sales\n\ra;b\rc;d\re;f\r", { linesBefore: 2 })?.count, 2);
    assert.deepEqual(before("Sales\ra;b\nc;d\ne;f\n", { linesBefore: 1 }), { count: 1, text: "Sales\r" });
    assert.deepEqual(before("Sales\ra;b\nc;d\ne;f\n", { linesBefore: 2 }), { count: 2, text: "Sales\ra;b\n" });
  });

  it("are kept up to a length", () => {
    const title = "x".repeat(longestBefore + 1);
    const expected = { count: 1, text: title.slice(0, longestBefore) };
    assert.deepEqual(before(`${title}\na,b\nc,d\n`, { linesBefore: 1 }), expected);
  });
});

describe("the header of a text", () => {
  it("is a first row of names above values", () => {
    assert.equal(dialect({ text: "id,name\n1,x\n2,y\n" }).header, true);
    assert.equal(dialect({ text: "1,x\n2,y\n" }).header, false);
    assert.equal(dialect({ text: "\nid,name\n1,x\n2,y\n" }).header, true, "blank lines don't count");
  });

  it("is what was chosen", () => {
    assert.equal(dialect({ text: "id,name\n1,x\n", readAs: { header: false } }).header, false);
    assert.equal(dialect({ text: "1,x\n2,y\n", readAs: { header: true } }).header, true);
  });
});
