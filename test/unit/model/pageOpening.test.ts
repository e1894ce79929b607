import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { opensAsPage, withoutPreamble } from "../../../src/model/pageOpening.ts";

const pages = [
  "<!DOCTYPE html>",
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
  for (const text of pages) it(`is ${JSON.stringify(text)}`, () => assert.equal(opensAsPage(text), true));
  for (const text of data) it(`is not ${JSON.stringify(text)}`, () => assert.equal(opensAsPage(text), false));

  it("may come after white space and comments", () => {
    assert.equal(withoutPreamble(" \n<!-- a --> <!--b-->\t<html> "), "<html> ");
    assert.equal(withoutPreamble("<!---->x"), "x");
    assert.equal(withoutPreamble("a <!-- b -->"), "a <!-- b -->");
  });

  it("is not found after a comment that never ends", () => {
    assert.equal(withoutPreamble(" <!--> <html>"), "<!--> <html>");
    assert.equal(withoutPreamble("<!-- a --><!-- b"), "<!-- b");
  });
});
