import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";

import { contentKind, judgeContent } from "../../../../src/download/transfer/contentKind.ts";
import { examinedBytes } from "../../../../src/model/pageOpening.ts";
import { processorMs } from "../../model/processorTime.ts";

const bom = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

describe("the content that arrives", () => {
  for (const text of [
    "<!DOCTYPE html><html></html>",
    "\r\n\t <!doctype HTML>",
    "<html>",
    '<HTML lang="en">\n<head>',
    "<html xmlns='x'\n>",
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>',
    "<Error><Code>ExpiredToken</Code>",
    "<!-- portal --><!-- a > b -->\n<html>",
    "<!--><html>",
    "<!-- a comment that never ends <html>",
    "<!-- nothing but a comment -->",
    "<!DOCTYPE>",
    "<!doctypehtml>",
    '<?xml-stylesheet href="a"?><?php echo "a>b" ?>\n<html>',
    "<?php><html>",
  ]) {
    it(`is a page for ${JSON.stringify(text)}, whatever its type, byte order mark and encoding`, () => {
      for (const type of [undefined, "text/csv", "application/octet-stream", "text/html; charset=utf-8"]) {
        assert.equal(contentKind(Buffer.from(text), type), "page");
        assert.equal(contentKind(Buffer.concat([bom, Buffer.from(text)]), type), "page");
        assert.equal(contentKind(utf16(text), type), "page");
        assert.equal(contentKind(utf16(text).swap16(), type), "page");
        assert.equal(contentKind(utf16(text).subarray(2), type), "page");
      }
    });
  }

  for (const text of [
    "<head><title>Sign in</title>",
    "<p>Please sign in",
    "<script src=x>",
    "<meta http-equiv='refresh'>",
    "<result status='error'/>",
  ]) {
    it(`is a page for ${JSON.stringify(text)} if the type is markup, and data otherwise`, () => {
      for (const type of ["text/html", "Text/HTML; charset=x", "application/xml", "application/xhtml+xml"]) {
        assert.equal(contentKind(Buffer.from(text), type), "page");
      }
      for (const type of [undefined, "text/csv", "application/json", "binary/octet-stream", "text/htmlx"]) {
        assert.equal(contentKind(Buffer.from(text), type), "data");
      }
    });
  }

  for (const text of [
    "id,name\n1,x\n",
    "<name>,<value>\n1,2\n",
    "<html>,<body>\n1,2\n",
    "<html>\tcount\n",
    "<5,>6\n",
    "<",
    '"<html>",1\n',
    "<htmlish>,1",
    '[{"html":"<html>"}]',
    '{"a":1}',
    "",
    "   ",
    "name;<html>",
    "\r\n\r\n\nid,name\n1,x\n",
    "<!-,name\n1,x\n",
    "<!-- note -->,name\n1,x\n",
    "<!-- exported today -->\nid,name\n1,x\n",
    "<?,name\n1,x\n",
    "<?a?>,<?b?>\n1,x\n",
  ]) {
    it(`is data for ${JSON.stringify(text)}, even under the type of a page`, () => {
      for (const type of [undefined, "text/csv", "text/html"]) {
        assert.equal(contentKind(Buffer.from(text), type), "data");
      }
      assert.equal(contentKind(utf16(text), undefined), "data");
    });
  }

  it("is gzip or zip by its signature alone", () => {
    assert.equal(contentKind(gzipSync("id\n"), "text/csv"), "gzip");
    assert.equal(contentKind(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), undefined), "zip");
    assert.equal(contentKind(Buffer.from([0x50, 0x4b, 5, 6, 0, 0]), undefined), "zip");
    assert.equal(contentKind(Buffer.from("PK,name\n"), "application/zip"), "data");
    assert.equal(contentKind(deflateRawSync("id\n"), "application/gzip"), "data");
    assert.equal(contentKind(Buffer.from([0x1f, 0x8b]), "application/gzip"), "data");
  });

  it("is recognized by its beginning, even in a view of a larger buffer", () => {
    const around = Buffer.from(`garbage<html>${"x".repeat(100_000)}`);
    assert.equal(contentKind(around.subarray(7), undefined), "page");
  });

  for (const [what, preamble] of [
    ["white space", " \r\n\t".repeat(8_000)],
    ["byte order marks", "\ufeff".repeat(8_000)],
    ["a comment", `<!-- ${"x".repeat(32_000)} -->`],
    ["comments", "<!---->".repeat(4_500)],
    ["instructions", "<?a?>".repeat(6_000)],
    ["instructions without a question mark", "<?a>".repeat(8_000)],
    ["all of these", "\ufeff\n<!-- a -->\n<?b c?>".repeat(1_000)],
  ] as const) {
    it(`is recognized after ${what} of up to 64 KiB`, () => {
      assert.equal(contentKind(Buffer.from(`${preamble}<html>`), "text/csv"), "page");
      assert.equal(contentKind(utf16(`${preamble}<html>`), "text/csv"), "page");
      assert.equal(contentKind(Buffer.from(`${preamble}id,name\n1,x`), "text/csv"), "data");
    });

    it(`is not recognized from ${what} alone until 64 KiB have arrived`, () => {
      assert.equal(judgeContent(Buffer.from(preamble), "text/csv").isOpen, true);
      assert.equal(judgeContent(Buffer.from(preamble.padEnd(examinedBytes)), "text/csv").isOpen, false);
    });
  }

  for (const [what, text, type] of [
    ["a tag is cut off", `${" ".repeat(510)}<h`, "text/csv"],
    ["attributes are long", `<div class="${"x".repeat(5_000)}`, "text/html"],
    ["an instruction is long", `<?b ${"x".repeat(5_000)}`, "text/csv"],
    ["white space follows an error", `<Error>${" ".repeat(5_000)}`, "text/csv"],
  ] as const) {
    it(`is not recognized yet while ${what}`, () => assert.equal(judgeContent(Buffer.from(text), type).isOpen, true));
  }

  it("is recognized by the first rows", () => {
    for (const text of [`id,name\n${"1,x\n".repeat(100)}`, `<b>,<i>\n${"1,x\n".repeat(100)}`, "<html><body>"])
      assert.equal(judgeContent(Buffer.from(text), "text/csv").isOpen, false);
  });

  it("is recognized in a time that grows only in proportion to its length", () => {
    for (const piece of ["<!--", "<!---->", "<?a", "<?a>", "<?a?>", "<!-- ?>", "<a ", "<a b", " <", "\0", "<html "]) {
      const text = Buffer.from(piece.repeat(examinedBytes)).subarray(0, examinedBytes);
      const tookMs = processorMs(() => judgeContent(text, "text/html"));
      const shortMs = processorMs(() => judgeContent(text.subarray(0, examinedBytes / 8), "text/html"));
      // Eight times the text: about 8 when linear, 64 when quadratic.
      assert.ok(tookMs < 30 * Math.max(shortMs, 1), `${piece} took ${tookMs} ms, and an eighth ${shortMs} ms`);
    }
  });
});
