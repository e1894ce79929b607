import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExportError } from "../../../../src/model/exportError.ts";
import { problemOf } from "../../../../src/vscode/query/queryProblem.ts";

const document = 'SELECT 1;\nSELECT amout, "unit prise" FROM export';
const start = document.indexOf("SELECT amout");
const statement = { start, end: document.length, text: document.slice(start) };
const badQuery = (position: number | undefined, candidates: string[] = []): ExportError =>
  new ExportError("badQuery", "There is no such column.", {
    details: position === undefined ? { candidates } : { position, candidates },
  });
const marked = (error: ExportError, before?: number): string => {
  const problem = problemOf(error, statement, before);
  return document.slice(problem.start, problem.end);
};

describe("what is wrong with a statement", () => {
  it("is the word at the position that the engine names", () => {
    assert.equal(marked(badQuery(7)), "amout");
    assert.equal(marked(badQuery(statement.text.indexOf('"'))), '"unit prise"');
    assert.equal(marked(badQuery(statement.text.indexOf(","))), ",");
  });

  it("is the part of a name that the engine's message names", () => {
    const sql = "SELECT export.amout, exprt.id FROM export";
    const whole = { start: 0, end: sql.length, text: sql };
    const wrongPart = (message: string, position: number): string => {
      const { start: from, end } = problemOf(new ExportError("badQuery", message, { details: { position } }), whole);
      return sql.slice(from, end);
    };
    assert.equal(wrongPart('Values list "export" does not have a column named "amout"', 7), "amout");
    assert.equal(wrongPart('Referenced table "exprt" not found!', sql.indexOf("exprt")), "exprt");
    assert.equal(wrongPart("Something is wrong", 7), "export");
  });

  it("is the same word if something was put before the statement", () => {
    assert.equal(marked(badQuery(8 + 7), 8), "amout");
  });

  it("is the last word if the statement ends too early", () => {
    assert.equal(marked(badQuery(statement.text.length)), "export");
    assert.equal(marked(badQuery(10_000)), "export");
  });

  it("is the whole statement if there is no position, or if it was refused", () => {
    assert.equal(marked(badQuery(undefined)), statement.text);
    assert.equal(
      marked(new ExportError("queryRefused", "It would write.", { details: { position: 3 } })),
      statement.text,
    );
  });

  it("says what was probably meant, and how to write it", () => {
    const { message, replacements } = problemOf(badQuery(7, ["amount", "unit price", "order", '"a""b"']), statement);
    assert.equal(message, 'There is no such column. Did you mean: amount, unit price, order, "a""b"?');
    assert.deepEqual(replacements, ["amount", '"unit price"', '"order"', '"a""b"']);
  });

  it("doesn't repeat what the engine's message says already", () => {
    const error = new ExportError("badQuery", "Did you mean amount?", {
      details: { position: 7, candidates: ["amount"] },
    });
    assert.equal(problemOf(error, statement).message, "Did you mean amount?");
  });
});
