import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bareValue, bodyValue, headerValue, pastedBearer, pastedHeader } from "../../../src/services/credentialText.ts";

describe("a bearer value in pasted text", () => {
  const texts: [text: string, value: string | undefined][] = [
    ["Authorization: Bearer abc", "abc"],
    ["authorization=abc", "abc"],
    ['"Authorization" : "Bearer abc",', "abc"],
    ["curl -H 'Authorization: Bearer abc' https://x", "abc"],
    ["authorization: 'abc'", "abc"],
    ["Bearer abc", "abc"],
    ['  "bearer abc"', "abc"],
    ["Bearer  abc\\", "abc"],
    ["a bearer abc", undefined],
    ["myauthorization: abc", undefined],
    ["authorization abc", undefined],
    ["abc", undefined],
  ];
  for (const [text, value] of texts) {
    it(`is ${value ?? "not there"} in ${JSON.stringify(text)}`, () => assert.equal(pastedBearer(text), value));
  }
});

describe("a header in pasted text", () => {
  const texts: [text: string, value: string | undefined][] = [
    ["X-Key: abc", "abc"],
    ["a: b\nx-key=abc\nc: d", "abc"],
    [`{"x-key": "abc"}`, "abc"],
    ["curl -H 'X-Key:abc' -H 'b: c'", "abc"],
    ["X-Key abc", undefined],
    ["my-xx-key: abc", undefined],
  ];
  for (const [text, value] of texts) {
    it(`is ${value ?? "not there"} in ${JSON.stringify(text)}`, () => assert.equal(pastedHeader(text, "x-key"), value));
  }
});

describe("a typed value", () => {
  it("loses white space and one pair of quotes", () => {
    assert.equal(bareValue(' " a b " '), "a b");
    assert.equal(bareValue("'a\nb'"), "a\nb");
    assert.equal(bareValue(`''a''`), "'a'");
    assert.equal(bareValue(`"a'`), `"a'`);
    assert.equal(bareValue(`x "a"`), `x "a"`);
    assert.equal(bareValue(`"a" x`), `"a" x`);
  });

  it("for a header has only visible characters of ASCII", () => {
    assert.equal(headerValue(" !a~ ", "Token"), "!a~");
    for (const text of ["a b", "a\u0000", "ü", "a\u00a0b", "a\nb", "üa", "aü"]) {
      assert.throws(() => headerValue(text, "Token"), { code: "invalidRequest", message: /^Token contains/ });
    }
  });

  it("for a body has no control characters", () => {
    assert.equal(bodyValue(" a ü ", "Secret"), "a ü");
    for (const text of ["a\u0000b", "a\nb", "a\u0085b"]) {
      assert.throws(() => bodyValue(text, "Secret"), { code: "invalidRequest", message: /^Secret contains/ });
    }
  });

  it("is needed", () => {
    for (const check of [headerValue, bodyValue]) {
      for (const text of [undefined, "", " \n"]) {
        assert.throws(() => check(text, "Token"), { code: "invalidRequest", message: /^Token is missing/ });
      }
    }
  });
});
