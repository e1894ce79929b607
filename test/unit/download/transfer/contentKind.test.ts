import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";

import { contentKind } from "../../../../src/download/transfer/contentKind.ts";

const bom = Buffer.from([0xef, 0xbb, 0xbf]);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

describe("what arrived", () => {
  for (const text of [
    "<!DOCTYPE html><html></html>",
    "\r\n\t <!doctype HTML>",
    "<html>",
    '<HTML lang="en">\n<head>',
    "<html xmlns='x'\n>",
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>',
    "<Error><Code>ExpiredToken</Code>",
    "<!-- portal --><!-- a > b -->\n<html>",
  ]) {
    it(`is a page for ${JSON.stringify(text)}, whatever its type, mark and encoding`, () => {
      for (const type of [undefined, "text/csv", "application/octet-stream", "text/html; charset=utf-8"]) {
        assert.equal(contentKind(Buffer.from(text), type), "page");
        assert.equal(contentKind(Buffer.concat([bom, Buffer.from(text)]), type), "page");
        assert.equal(contentKind(utf16(text), type), "page");
        assert.equal(contentKind(utf16(text).swap16(), type), "page");
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

  it("is recognized by its beginning, also in a view into a larger buffer", () => {
    const around = Buffer.from(`garbage<html>${"x".repeat(100_000)}`);
    assert.equal(contentKind(around.subarray(7), undefined), "page");
    assert.equal(contentKind(Buffer.from(`${" ".repeat(50_000)}<html>`), undefined), "data");
  });
});
