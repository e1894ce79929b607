import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  plainLine,
  plainMessage,
  plainPrompt,
  plainRow,
  plainTooltip,
} from "../../../../src/vscode/surfaces/plainText.ts";

/** As VS Code finds links in messages (`linkedText.ts`) and icons in rows (`iconLabels.ts`). */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
const icons = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;

/** As VS Code's Markdown finds web addresses and mail addresses in plain text (GFM autolinks of marked). */
const autolinks = /(?:https?|ftp):\/\/[^\s<]|www\.[^\s<]|[A-Za-z0-9._+-]+@[a-zA-Z0-9-_]+/gi;

/** As CommonMark finds addresses of any scheme in angle brackets, also after escapes, and characters that are named. */
const bracketed = /<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>/g;
const entities = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi;

const pieces = [
  "<",
  ">",
  "&",
  "lt;",
  "x:",
  "www.",
  "@",
  "://",
  "http",
  "mailto:",
  "[",
  "](",
  "]",
  "(",
  ")",
  "$(",
  "\\",
  "command:x",
  "https://a.b",
  "\n",
  "\u202e",
  "\u200b",
  "a",
  " ",
];
const anyText = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())).map((parts) => parts.join(""));

describe("text from outside", () => {
  it("is one line, in the order in which it is written", () => {
    assert.equal(plainLine("one\r\ntwo\u2028three\u0000\u001b[31mred"), "one two three [31mred");
    assert.equal(plainLine("invoice\u202efdp.exe"), "invoicefdp.exe");
    assert.equal(plainLine("pay\u200bpal \u{e0041}"), "paypal ");
    assert.equal(plainLine("p\u034fa\u3164y\ufe0fp\u180ea\u{e0155}l"), "paypal");
    assert.equal(plainLine("👩‍👩‍👧 नमस्ते می‌خواهم"), "👩‍👩‍👧 नमस्ते می‌خواهم");
  });

  it("is cut, so that it can't fill a window", () => {
    assert.equal(plainLine("a".repeat(100_000)).length, 1000);
    assert.match(plainLine("a".repeat(100_000)), /a…$/);
  });

  it("has no link in a message", () => {
    const text = "[Verify now](command:workbench.action.terminal.new) [see](https://evil.example)";
    assert.deepEqual(plainMessage(text).match(links), null);
    assert.deepEqual(plainMessage("[a]\u200b(command:x)").match(links), null);
    fc.assert(fc.property(anyText, (any) => plainMessage(any).match(links) === null));
  });

  it("has no icon in a row, and is read as it was written", () => {
    const read = (row: string): string =>
      row.replaceAll(
        icons,
        (_all, escaped?: string, name?: string) => `${escaped === undefined ? "ICON:" : "$("}${name ?? ""})`,
      );
    assert.equal(read(plainRow("$(verified) Spaaza $(sync~spin) $(")), "$(verified) Spaaza $(sync~spin) $(");
    fc.assert(fc.property(anyText, (any) => !read(plainRow(any)).includes("ICON:")));
  });

  it("has no link and no icon in a prompt", () => {
    const text = "Token $(verified) $(sync~spin) [a](command:x)";
    assert.doesNotMatch(plainPrompt(text), icons);
    assert.deepEqual(plainPrompt(text).match(links), null);
    fc.assert(fc.property(anyText, (any) => plainPrompt(any).match(icons) === null));
    fc.assert(fc.property(anyText, (any) => plainPrompt(any).match(links) === null));
  });

  it("has no address in a tooltip that becomes a link, and looks as it was written", () => {
    const text = "see https://evil.example/login, HTTP://x, ftp://y, WWW.evil.example, a@b.c or mailto:a.b+c@d.example";
    const shown = plainTooltip(text);
    assert.deepEqual(shown.match(autolinks), null);
    assert.equal(shown.replaceAll("\u2060", ""), text);
    fc.assert(fc.property(anyText, (any) => plainTooltip(any).match(autolinks) === null));
  });

  it("has no address in angle brackets and no named character in a tooltip, and looks as it was written", () => {
    const text = "<command:a.b> <vscode:extension/a.b> <mailto:a> <http:a> <file:/a> &lt;b&gt; &rlm; &#8238; &#x202e;";
    const shown = plainTooltip(text);
    for (const syntax of [bracketed, entities]) {
      assert.deepEqual(shown.match(syntax), null);
      fc.assert(fc.property(anyText, (any) => plainTooltip(any).match(syntax) === null));
    }
    assert.equal(shown.replaceAll("\u2060", ""), text);
  });

  it("stays the same if it is made plain again", () => {
    for (const plain of [plainLine, plainMessage, plainPrompt, plainRow, plainTooltip]) {
      fc.assert(fc.property(anyText, (any) => plain(plain(any)) === plain(any) || any.length > 900));
    }
  });
});
