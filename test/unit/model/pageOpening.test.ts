import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgePage } from "../../../src/model/pageOpening.ts";

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

  it("is any element of a text that was announced as markup", () => {
    for (const text of ["<div>", "<a href='b'>", "<br/>"]) {
      assert.equal(judgePage(text, true).isPage, true);
      assert.equal(judgePage(text, false).isPage, false);
    }
    assert.equal(judgePage("<b>,<i>\n", true).isPage, false);
  });
});
