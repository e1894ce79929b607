import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { afterPreamble } from "../../../src/model/pagePreamble.ts";

describe("what comes before the first tag of a page", () => {
  it("is white space, byte order marks, comments and instructions, in any order", () => {
    const preambles = [
      " \n<!-- a --> <!--b-->\t",
      "\ufeff<!---->\ufeff ",
      "\xef\xbb\xbf\n",
      "<?a b?><!--?><-->",
      "<?a>",
    ];
    for (const preamble of preambles) assert.equal(afterPreamble(`${preamble}<html> `).rest, "<html> ");
  });

  it("is not text, an XML declaration or something similar", () => {
    for (const text of ["a <!-- b -->", '<?xml version="1.0"?>', "<? a ?>", "<!-a->", "<!DOCTYPE html>"])
      assert.deepEqual(afterPreamble(text), { rest: text, hasMarkup: false });
  });

  it("is skipped to its end and no further", () => {
    for (const [text, rest] of [
      ["<!-->a-->", "a-->"],
      ["<!--->a-->", "a-->"],
      ["<!-- a -->b-->", "b-->"],
      ["<?a>b?>c", "c"],
      ["<?a ?>b>c", "b>c"],
      ["<?a?><?b>c", "c"],
      ["<?A?>b", "b"],
      ["<?xmla ?>b", "b"],
      ["\0\ufeff\xef\xbb\xbf a", "a"],
    ] as const) {
      assert.equal(afterPreamble(text).rest, rest, text);
    }
    assert.deepEqual(afterPreamble("<?XML version?>"), { rest: "<?XML version?>", hasMarkup: false });
  });

  it("may not have ended yet", () => {
    assert.deepEqual(afterPreamble(" <!-- <html>"), { rest: "", hasMarkup: true, unclosed: "comment" });
    assert.deepEqual(afterPreamble("<!-- a --><!-- b"), { rest: "", hasMarkup: true, unclosed: "comment" });
    assert.deepEqual(afterPreamble("<?a b"), { rest: "", hasMarkup: false, unclosed: "instruction" });
    assert.deepEqual(afterPreamble("<!-- a --><?b"), { rest: "", hasMarkup: true, unclosed: "instruction" });
    assert.deepEqual(afterPreamble("<?a?><?b"), { rest: "", hasMarkup: true, unclosed: "instruction" });
    assert.deepEqual(afterPreamble("<!--"), { rest: "", hasMarkup: true, unclosed: "comment" });
    assert.deepEqual(afterPreamble("<!-"), { rest: "<!-", hasMarkup: false });
    assert.deepEqual(afterPreamble("<!-- a --> "), { rest: "", hasMarkup: true });
    assert.deepEqual(afterPreamble(" "), { rest: "", hasMarkup: false });
  });
});
