import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { asSentence, isMarkup, sentencesIn, sentSecrets, shownText } from "../../../src/services/serviceWords.ts";

const inJson = (value: unknown): string[] => sentencesIn({ kind: "json", value });
const inText = (text: string): string[] => sentencesIn({ kind: "text", text });

describe("the sentences in a refusal", () => {
  it("are those of the known fields, the most useful first", () => {
    const value = { name: "n", title: "t", errors: ["e1", { detail: "e2" }], error: "e", message: " m ", other: "o" };
    assert.deepEqual(inJson(value), ["m", "e", "e1", "e2", "t", "n"]);
    assert.deepEqual(inJson({ description: "a", error_description: "b", detail: "c" }), ["a", "b", "c"]);
  });

  it("are the body itself when it is text, but not a page", () => {
    assert.deepEqual([inText(" No. "), inText(" "), inText("<p>No.</p>")], [["No."], [], []]);
    assert.deepEqual([inJson("No."), inJson(" "), inJson(7), inJson(null)], [["No."], [], [], []]);
  });

  it("are not looked for in deeply nested data", () => {
    const nested = (depth: number): unknown => (depth === 0 ? "deep" : { error: nested(depth - 1) });
    assert.deepEqual([inJson(nested(4)), inJson(nested(5))], [["deep"], []]);
  });

  it("are looked for only at the beginning of a long list", () => {
    let looks = 0;
    const entry = Object.defineProperty({}, "message", {
      get: () => {
        looks += 1;
        return undefined;
      },
    });
    assert.deepEqual(inJson(Array(100_000).fill(entry)), []);
    assert.ok(looks <= 1000, `${looks} entries were looked at`);
  });

  it("are shown on one line, without secrets that were sent and without addresses", () => {
    assert.equal(shownText(" a\tplanted\nb \u2028 planted c ", ["planted"]), "a … b … c");
    assert.equal(shownText("see s3://bucket/key and x", []), "see … and x");
  });

  it("are shown without a part of a secret, however it is written", () => {
    const secret = "k9Xw2LmQ7vBt4RzYp1NsD8hJ";
    for (const part of [
      secret.slice(0, 12),
      `${secret.slice(0, 9)}\n${secret.slice(9)}`,
      secret.slice(4, 16).toUpperCase(),
    ]) {
      assert.equal(shownText(`Token ${part} expired`, [secret]), "Token *** expired");
    }
  });

  it("are shown shortened when they are long", () => {
    assert.equal(shownText("a".repeat(500), []), "a".repeat(500));
    assert.equal(shownText("a".repeat(501), []), `${"a".repeat(499)}…`);
  });

  it("never leave a part of a secret that contains another", () => {
    const secrets = sentSecrets({ kind: "apiKey", key: "planted", secret: "planted-long" }, "planted-longest", "short");
    assert.deepEqual(secrets, ["planted-longest", "planted-long", "planted"]);
  });

  it("are distinguished from markup", () => {
    assert.deepEqual([isMarkup(" \n<html>"), isMarkup("a <b>"), isMarkup("")], [true, false, false]);
  });
});

describe("a service's words as a sentence", () => {
  for (const [text, sentence] of [
    ["No", "No."],
    ["No.", "No."],
    ["No. \n", "No."],
    ["No;:,. .", "No."],
    ["Really?", "Really?"],
    ["No!", "No!"],
    ["Wait…", "Wait…"],
    ["いいえ。", "いいえ。"],
    ["He said “no!”", "He said “no!”"],
    ["(really?)", "(really?)"],
    ["why? yes", "why? yes."],
    ["...", ""],
    ["", ""],
  ] as const) {
    it(`ends once: ${JSON.stringify(text)}`, () => assert.equal(asSentence(text), sentence));
  }
});

describe("the limits of what is read of a refusal", () => {
  it("are twenty sentences", () => {
    const messages = Array.from({ length: 21 }, (_, at) => `m${at}`);
    assert.deepEqual(inJson(messages), messages.slice(0, 20));
    assert.deepEqual(inJson({ message: "m", errors: messages }).length, 20);
  });

  it("are a thousand values", () => {
    const values = (count: number): unknown[] => [...Array<number>(count).fill(0), "last"];
    assert.deepEqual(inJson(values(998)), ["last"]);
    assert.deepEqual(inJson(values(999)), []);
  });

  it("are 65,536 characters of a sentence, of which the last word is left out if it is longer", () => {
    const spaces = " ".repeat(65_526);
    assert.equal(shownText(`a${spaces}123456789`, []), "a 123456789");
    assert.equal(shownText(`a${spaces}1234567890`, []), "a …");
    assert.equal(shownText(`a${spaces}123456789 more words`, []), "a …");
    assert.equal(inJson("a".repeat(70_000))[0]?.length, 65_537);
  });

  it("are secrets of six characters, because shorter ones may be parts of words", () => {
    assert.deepEqual(sentSecrets({ kind: "apiKey", key: "12345", secret: "123456" }, "abcde"), ["123456"]);
    assert.deepEqual(sentSecrets({ kind: "admin", userId: "user-id", sessionKey: "session", chainId: "chain-id" }), [
      "session",
    ]);
  });
});
