import assert from "node:assert/strict";
import { describe as group, it } from "node:test";
import fc from "fast-check";
import { createRedactor, redactSecrets } from "../../../src/model/redact.ts";
import { carriers, noise, ordinary, planted, separators } from "./secretSamples.ts";

group("text with something that looks like a secret", () => {
  for (const carrier of carriers) {
    it(`is shown without it: ${carrier.slice(0, 60)}`, () =>
      assert.ok(!redactSecrets(carrier).includes(planted), redactSecrets(carrier)));
  }

  it("is shown without it, whatever text is around", () => {
    const between = fc.constantFrom(...separators);
    fc.assert(
      fc.property(
        noise,
        between,
        fc.constantFrom(...carriers),
        between,
        noise,
        (before, left, carrier, right, after) => {
          const result = redactSecrets(before + left + carrier + right + after);
          assert.ok(!result.includes(planted), result);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("stays the same if it is cleaned again", () => {
    const text = fc.array(fc.oneof(noise, fc.constantFrom(...separators, '"', "'", "\\", "=", ":", "{", "[")));
    fc.assert(
      fc.property(text, (pieces) => {
        const once = redactSecrets(pieces.join(""));
        assert.equal(redactSecrets(once), once);
      }),
      { numRuns: 3_000 },
    );
  });

  it("is shown without a user name and password that look like host and port", () => {
    for (const address of ["user:8899/x@proxy.example", "user:p@ss/word@proxy.example", "user:1#2@proxy.example"]) {
      assert.equal(redactSecrets(`http://${address}`), "http://…/…");
    }
  });

  it("is shown without an address inside another address, including its host", () => {
    assert.equal(redactSecrets("see https%3A%2F%2Fname.example now"), "see https%3A%2F%2F… now");
  });

  it("is shown with the fields that follow a header in JSON", () => {
    assert.equal(redactSecrets('{"authorization":null,"id":7}'), '{"authorization":null,"id":7}');
    assert.equal(redactSecrets('{"cookie":["a=b","c=d"],"id":7}'), '{"cookie":***,"id":7}');
  });

  it("is shown with IDs, dates, names of files and sentences", () => {
    for (const text of ordinary) assert.equal(redactSecrets(text), text);
    const joined = fc.array(fc.constantFrom(...ordinary)).map((pieces) => pieces.join(" "));
    fc.assert(fc.property(joined, (text) => assert.equal(redactSecrets(text), text)));
    assert.equal(redactSecrets("GET https://a.example:8443/b/c?d#e failed"), "GET https://a.example:8443/… failed");
    assert.equal(redactSecrets('{"token":"x","id":7}'), '{"token":"***","id":7}');
    assert.equal(redactSecrets("Cookie: a=b\nnext line"), "Cookie: ***\nnext line");
  });

  it("is cleaned in a time that grows with its length, even if it was made to take long", () => {
    const patterns = [
      "a",
      "%25",
      "%",
      "eyJ",
      "eyJa.",
      "token",
      "token ",
      "token:",
      "https://",
      "://",
      "\\",
      '\\"',
      '"token":"\\"',
      "bearer ",
      "bearer",
      "basic ",
      "key=",
      "@",
      "https://a@",
      " ",
      "=",
      "'",
      ":",
      "%3a",
      "-",
      "0123456789abcdef-",
      "authorization ",
      "authorization:\n",
      "sig%253D",
      "\\u0026",
      "[",
      "{",
      '"secret":[',
      "%26",
      ".",
      "x-spaaza-session-",
    ];
    const redactor = createRedactor();
    for (const value of ["aaaaaaaaaaaaaaab", "    x", '\\\\a\\b"/%25%%%x', planted]) redactor.remember(value);
    const measured = (text: string): number => {
      const start = performance.now();
      redactor.redact(text);
      return performance.now() - start;
    };
    for (const pattern of patterns) {
      const large = pattern.repeat(Math.ceil(1_000_000 / pattern.length));
      const small = large.slice(0, large.length / 8);
      // Eight times the text: about 8 when linear, 64 when quadratic. Other work on the machine may spoil one reading.
      const ratios: number[] = [];
      do ratios.push(measured(large) / Math.max(measured(small), measured(small), 1));
      while (Math.min(...ratios) >= 30 && ratios.length < 5);
      assert.ok(Math.min(...ratios) < 30, `${JSON.stringify(pattern)} took ${ratios.join(", ")} times as long`);
    }
  });
});
