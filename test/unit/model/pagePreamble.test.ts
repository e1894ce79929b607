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

  it("may not have ended yet", () => {
    assert.deepEqual(afterPreamble(" <!-- <html>"), { rest: "", hasMarkup: true, unclosed: "comment" });
    assert.deepEqual(afterPreamble("<!-- a --><!-- b"), { rest: "", hasMarkup: true, unclosed: "comment" });
    assert.deepEqual(afterPreamble("<?a b"), { rest: "", hasMarkup: false, unclosed: "instruction" });
    assert.deepEqual(afterPreamble("<!-- a --> "), { rest: "", hasMarkup: true });
    assert.deepEqual(afterPreamble(" "), { rest: "", hasMarkup: false });
  });
});
