import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gridPage, notePage } from "../../../../src/vscode/tableEditor/page.ts";

const hostile = `"><script>alert(1)</script>'&`;
const usual = {
  nonce: "bm9uY2U=",
  cspSource: "https://*.cdn.example",
  scriptUri: "https://cdn.example/table.js",
  styleUri: "https://cdn.example/table.css",
  language: "de",
  title: "export.csv",
  sentences: {},
};

describe("The grid's page", () => {
  it("lets only scripts with its nonce and its own style run, and loads nothing else", () => {
    const page = gridPage(usual);
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    assert.equal(
      policy.replaceAll("&#39;", "'"),
      "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-bm9uY2U='; style-src https://*.cdn.example",
    );
    assert.match(page, /<script nonce="bm9uY2U=" src="https:\/\/cdn\.example\/table\.js"><\/script>/);
    assert.match(page, /<html lang="de">/);
    assert.match(page, /<div id="table-root"><\/div>/);
    assert.doesNotMatch(page, /unsafe|style="/);
  });

  it("takes names and sentences as text, whatever they say", () => {
    const page = gridPage({ ...usual, title: hostile, sentences: { hi: `</script>${hostile}<!--` } });
    assert.equal(page.split("<script").length, 3, "the sentences and the grid");
    assert.equal(page.split("</script>").length, 3);
    assert.doesNotMatch(page, /<!--/);
    const [, sentences = ""] = /id="l10n">([^<]*)<\/script>/.exec(page) ?? [];
    assert.deepEqual(JSON.parse(sentences), { hi: `</script>${hostile}<!--` });
  });
});

describe("A page with a note", () =>
  it("runs no script and offers its one command", () => {
    const command = { id: "taskExports.table.openAsText", label: "Open as Text" };
    const page = notePage({ language: "en", title: hostile, sentence: hostile, command });
    assert.match(page, /content="default-src 'none'; base-uri 'none'; form-action 'none'"/);
    assert.match(page, /<a href="command:taskExports.table.openAsText">Open as Text<\/a>/);
    assert.doesNotMatch(page, /<script/);
  }));
