import assert from "node:assert/strict";
import { describe as group, it } from "node:test";
import fc from "fast-check";
import { createRedactor, redactSecrets } from "../../../src/model/redact.ts";
import { isSecretName } from "../../../src/model/secretShapes.ts";
import { processorMs } from "./processorTime.ts";
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
    for (const pattern of patterns) {
      const large = pattern.repeat(Math.ceil(200_000 / pattern.length));
      const small = large.slice(0, large.length / 8);
      // Eight times the text: about 8 when linear, 64 when quadratic.
      const smallMs = Math.max(
        1,
        processorMs(() => redactor.redact(small)),
      );
      const ratio = processorMs(() => redactor.redact(large), 1) / smallMs;
      assert.ok(ratio < 30, `${JSON.stringify(pattern)} took ${ratio} times as long`);
    }
  });
});

/** A text, and the same as it is shown. */
const shown: Readonly<Record<string, readonly (readonly [text: string, shown: string])[]>> = {
  "the path and query of a web address, but not its host": [
    ["https://h.test/a/b", "https://h.test/…"],
    ["HTTPS://h.test/x", "HTTPS://h.test/…"],
    ["wss://h.test/x", "wss://h.test/…"],
    ["ftps://h.test/x", "ftps://h.test/…"],
    ["socks5h://h.test/x", "socks5h://h.test/…"],
    ["https://h.test?a", "https://h.test/…"],
    ["https://[::1]:80/x", "https://[::1]:80/…"],
    ["https://h.test:8080/x,", "https://h.test:8080/…"],
    ["https://h.test/'x' y", "https://h.test/…' y"],
    ["https://h{x}/y", "https://…/…"],
  ],
  "the user of a web address, even if its password has a slash": [
    ["https://u:p@h.test/x", "https://h.test/…"],
    ["https://a@b@h.test/x", "https://h.test/…"],
    ["https://h:1/a@b", "https://…/…"],
    ["https://h.test/a@b", "https://h.test/…"],
  ],
  "only the query of other addresses": [
    ["file:///home/a?b#c", "file:///home/a"],
    ["file:///a#b?c", "file:///a"],
    ["vscode://x.y/z?q=1\n2", "vscode://x.y/z\n2"],
    ["xhttps-a://h.test/x", "xhttps-a://h.test/x"],
  ],
  "nothing of an address that is only a host": [
    ["https://h.test", "https://h.test"],
    ["https://h.test/ x", "https://h.test/ x"],
    ["https:\\/\\/h.test\\/", "https:\\/\\/h.test\\/"],
    ["https://h.test, x", "https://h.test, x"],
  ],
  "the value after the name of a secret": [
    ["token: abc def", "token: *** def"],
    ["my_token=>abc", "my_token=>***"],
    ["Token==a", "Token=***"],
    ["a token=x token=y", "a token=*** token=***"],
    ["%26token%3Da%26b", "%26token%3D***"],
    ["\\u0026token=a", "\\u0026token=***"],
    ["\\ntoken=a", "\\ntoken=***"],
    ["sig=a&b=c", "sig=***&b=c"],
    ["token=a,b}c", "token=***"],
  ],
  "a value in quotes to its end": [
    ['token="a b" c', 'token="***" c'],
    ["token='a' b", "token='***' b"],
    ["token=`a` b", "token=`***` b"],
    ["token='a b", "token='***"],
    [String.raw`"token":"a\"b" c`, '"token":"***" c'],
    [String.raw`"token":"a\\" c`, '"token":"***" c'],
    [String.raw`\"token\":\"a\\\"b\",\"c\":1`, String.raw`\"token\":\"***\",\"c\":1`],
  ],
  "a value in JSON without what follows": [
    ['"token":a}b', '"token":***}b'],
    ['"token":a,b', '"token":***,b'],
    ["tokens=[a,b] c", "tokens=*** c"],
    ['"tokens":["a\nb', '"tokens":***\nb'],
  ],
  "the whole line of a header": [
    ["Authorization: a b\r\nc", "Authorization: ***\r\nc"],
    ["proxy-authorization: a b", "proxy-authorization: ***"],
    ["set-cookie: a; b", "set-cookie: ***"],
    ["x-spaaza-session-user: a b", "x-spaaza-session-user: ***"],
    ['["cookie", "a"]', '["cookie", "***"]'],
  ],
  "nothing after a name if that is a word or a list, or if there is no value": [
    ["key: a", "key: a"],
    ["key => a", "key => a"],
    ["atoken", "atoken"],
    ["token-x=1", "token-x=1"],
    ["token =\n a", "token =\n a"],
    ["token={a}", "token={a}"],
    ["token=& c", "token=& c"],
    ['"token":"" c', '"token":"" c'],
    ["authorization, b", "authorization, b"],
    ['["cookie", a]', '["cookie", a]'],
    ['["token","a"]', '["token","a"]'],
    ["token=null token=true token=false token=undefined", "token=null token=true token=false token=undefined"],
  ],
  "a short name only with an equal sign or in quotes": [
    ["key=a", "key=***"],
    ["KEY%3da", "KEY%3d***"],
    ['key: "a"', 'key: "***"'],
    ["se=1 sig=2 policy=3", "se=*** sig=*** policy=***"],
    ["key-pair-id=a", "key-pair-id=***"],
  ],
  "a bearer token, but not a sentence about one": [
    ["Bearer abc", "Bearer ***"],
    ["bearer=abc;d", "bearer=***;d"],
    ["bearer%3aabc", "bearer%3a***"],
    ["bearer tokenx", "bearer ***"],
    ["bearer token-x", "bearer ***"],
    ["Bearer tokens are new", "Bearer tokens are new"],
    ["bearer authentication", "bearer authentication"],
  ],
  "a pair in base64, but not another word": [
    ["basic YTpi x", "basic *** x"],
    ["BASIC: YTpi", "BASIC: ***"],
    ["basic YWI6%3D", "basic ***"],
    ["basic YQ", "basic YQ"],
    ["basic authentication", "basic authentication"],
  ],
  "an ID with its secret, but not the ID alone": [
    ["550e8400-e29b-41d4-a716-446655440000:123456 x", "*** x"],
    ["550E8400-E29B-41D4-A716-446655440000%3A123456", "***"],
    ["550e8400-e29b-41d4-a716-446655440000:12345", "550e8400-e29b-41d4-a716-446655440000:12345"],
  ],
  "a JSON Web Token to its end": [
    ["x.eyJa.b c", "x.*** c"],
    ["aeyJb.c-d_e", "a***"],
    ["a.b eyJ.", "a.b ***"],
    ["x.eyJa", "x.eyJa"],
    ["a.b", "a.b"],
  ],
};

group("what is hidden is", () => {
  for (const [what, texts] of Object.entries(shown)) {
    it(what, () => {
      for (const [text, expected] of texts) assert.equal(redactSecrets(text), expected, text);
    });
  }
});

group("the name of a secret", () => {
  for (const name of [
    ..."token Token mytoken tokens secret password passwd passphrase pwd credential signature tokenId token_id".split(
      " ",
    ),
    ..."apiKey api-key access_key secretKey sessionkey private-key account_key sharedKey clientkey authkey".split(" "),
    ..."accessKeyId key sig se policy key-pair-id AWSAccessKeyId GoogleAccessId authorization Cookie".split(" "),
    ...["proxy-authorization", "set-cookie", "x-spaaza-session-a", `${"a".repeat(40)}token`],
  ]) {
    it(`is ${name}`, () => assert.equal(isSecretName(name), true));
  }

  for (const name of [
    "keys",
    "see",
    "password1",
    "monkey",
    "x-spaaza-session-",
    "the token",
    `${"a".repeat(41)}token`,
    "",
  ]) {
    it(`is not ${JSON.stringify(name)}`, () => assert.equal(isSecretName(name), false));
  }
});
