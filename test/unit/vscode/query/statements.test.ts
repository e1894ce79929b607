import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isInCommentOrText, statementAt, statementsIn } from "../../../../src/vscode/query/statements.ts";

const texts = (sql: string): string[] => statementsIn(sql).map(({ text }) => text);
/** The text with a bar at the cursor. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf("|");
  return statementAt(marked.replace("|", ""), offset)?.text;
}

describe("statements of a document", () => {
  it("are separated by semicolons, and comments before them don't belong to them", () => {
    assert.deepEqual(texts("-- a;\nSELECT 1;\n/* b; /* c */ ; */ SELECT 2 -- d;\n;\n;; SELECT 3"), [
      "SELECT 1",
      "SELECT 2",
      "SELECT 3",
    ]);
  });

  it("keep semicolons in texts, names and texts between dollar signs", () => {
    const sql = `SELECT 'a;''b;', "c;""d;", $$e;$$, $x$f;$$;$x$, E'g\\';', é$h$ FROM i`;
    assert.deepEqual(texts(`${sql};SELECT 2`), [sql, "SELECT 2"]);
  });

  it("go to the end of the text if a quote or a comment isn't finished", () => {
    assert.deepEqual(texts("SELECT 'a; b"), ["SELECT 'a; b"]);
    assert.deepEqual(texts("SELECT 1 /* ; SELECT 2"), ["SELECT 1"]);
  });

  it("know where they are in the text", () => {
    const sql = "-- x\n  SELECT 1 ; SELECT 2";
    for (const { start, end, text } of statementsIn(sql)) assert.equal(sql.slice(start, end), text);
  });

  it("are found at the cursor: in it, right after it, or before the next one", () => {
    assert.equal(at("SEL|ECT 1; SELECT 2"), "SELECT 1");
    assert.equal(at("SELECT 1;|\nSELECT 2"), "SELECT 1");
    assert.equal(at("SELECT 1; |-- note\nSELECT 2"), "SELECT 1");
    assert.equal(at("SELECT 1;\n|\nSELECT 2"), "SELECT 2");
    assert.equal(at("|-- head\nSELECT 1; SELECT 2"), "SELECT 1");
    assert.equal(at("SELECT 1; SELECT 2;\n\n|"), "SELECT 2");
    assert.equal(at("-- nothing|"), undefined);
  });

  it("suggest nothing in comments and texts, but in quoted names", () => {
    const isInside = (marked: string): boolean => isInCommentOrText(marked.replace("|", ""), marked.indexOf("|"));
    for (const inside of ["-- a|", "/* a| */", "SELECT 'a|'", "SELECT 'a|"]) assert.ok(isInside(inside), inside);
    for (const outside of ["SELECT a|", 'SELECT "a|"', "-- a\n|SELECT", "SELECT 'a'|", "/* a */|"])
      assert.ok(!isInside(outside), outside);
  });

  it("are found in a long text without delay", () => {
    const long = `SELECT '${"x'';".repeat(300_000)}'; SELECT 2`;
    assert.equal(statementsIn(long).length, 2);
  });
});
