import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { examinedBytes, judgePage } from "../../../src/model/pageOpening.ts";

const pages = [
  "<!DOCTYPE html>",
  "<!doctypehtml>",
  "<!doctype\nhtml>",
  '<?xml version="1.0"?>',
  "<html>",
  '<HTML lang="en">',
  "<html\n>",
  "<html>\n<head>",
  "<Error> <Code>AccessDenied</Code></Error>",
];
const data = [
  "",
  "html>",
  "<doctype html>",
  "<html",
  "<html>,<body>",
  "<html> ;x",
  "<html>|",
  "<htmlx>",
  "<error>5",
  "a <html>",
  "<?xmlx",
];

describe("the beginning of a page", () => {
  for (const text of pages)
    it(`is ${JSON.stringify(text)}`, () => assert.deepEqual(judgePage(text, false), { isPage: true, isOpen: false }));
  for (const text of data)
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(judgePage(text, false).isPage, false));

  it("may come after white space, comments and instructions", () => {
    for (const preamble of [" \n<!-- a --> <!--b-->\t", "<!---->", "<?a b?>"]) {
      assert.equal(judgePage(`${preamble}<html>`, false).isPage, true);
      assert.equal(judgePage(`${preamble}id,name\n`, false).isPage, false);
    }
  });

  it("is a comment alone, until something else follows", () => {
    for (const text of [" <!-- <html>", "<!-- a --><!-- b", "<!-- a -->"])
      assert.deepEqual(judgePage(text, false), { isPage: true, isOpen: true });
  });

  it("may be known only with more text, until 64 characters say that it is none", () => {
    assert.deepEqual(judgePage("a".repeat(63), false), { isPage: false, isOpen: true });
    assert.deepEqual(judgePage("a".repeat(64), false), { isPage: false, isOpen: false });
    assert.deepEqual(judgePage(`<error>${" ".repeat(100)}`, false), { isPage: false, isOpen: true });
    assert.deepEqual(judgePage(`<ERROR>${" ".repeat(100)}x`, false), { isPage: false, isOpen: false });
    assert.deepEqual(judgePage(`x<error>${" ".repeat(100)}`, false), { isPage: false, isOpen: false });
  });

  it("is an instruction or an element that never ends, if the text was announced as markup", () => {
    for (const text of ["<?a b", `<div class="${"a".repeat(100)}`, `<DIV ${"a".repeat(100)}`]) {
      assert.deepEqual(judgePage(text, true), { isPage: true, isOpen: true }, text.slice(0, 10));
      assert.equal(judgePage(text, false).isPage, false);
    }
    for (const text of [`x<div class="${"a".repeat(100)}`, `<div${"a".repeat(100)}`, `<div a><b${"a".repeat(100)}`]) {
      assert.deepEqual(judgePage(text, true).isOpen, false, text.slice(0, 10));
    }
  });

  it("is only at the beginning of what comes after white space and comments", () => {
    for (const text of ["x<!doctype html>", "x<div>", "x<?xml version?>"])
      assert.equal(judgePage(text, true).isPage, false);
    assert.equal(judgePage("<DIV>", true).isPage, true);
    assert.equal(judgePage("<5>", true).isPage, false);
    assert.equal(judgePage("<a:b.c-d>", true).isPage, true);
    assert.equal(judgePage("<b>\t5", true).isPage, false);
    assert.equal(judgePage("<html>\t5", false).isPage, false);
  });

  it("is examined in the first 64 KiB", () => assert.equal(examinedBytes, 65_536));

  it("is any element of a text that was announced as markup", () => {
    for (const text of ["<div>", "<a href='b'>", "<br/>"]) {
      assert.equal(judgePage(text, true).isPage, true);
      assert.equal(judgePage(text, false).isPage, false);
    }
    assert.equal(judgePage("<b>,<i>\n", true).isPage, false);
  });
});
