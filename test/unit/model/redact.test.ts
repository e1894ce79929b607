import assert from "node:assert/strict";
import { describe as group, it } from "node:test";

import fc from "fast-check";

import { ExportError } from "../../../src/model/exportError.ts";
import { createRedactor, describe, redactSecrets } from "../../../src/model/redact.ts";

const uuid = "550e8400-e29b-41d4-a716-446655440000";
const planted = "Zq7PLANTED9x";
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx${planted}.s1gnat-ure_`;

/** Texts that carry a secret in a form by which it can be known; `planted` must not survive. */
const carriers = [
  `https://store.example/c/${planted}/a.csv?sv=1&sig=abc`,
  `https://store.example/c/a.csv?sv=1&sig=${planted}&se=2`,
  `https://user:${planted}@proxy.example:8080/`,
  `http://user:pa/${planted}@proxy.example`,
  `http://${planted}:pa#ss@proxy.example`,
  `https:\\/\\/store.example\\/a.csv?se=1\\u0026sig=${planted}`,
  `next=https%3A%2F%2Fstore.example%2Fa%3Fsig%3D${planted}`,
  `next=https%253A%252F%252Fstore.example%252Fa%253Fsig%253D${planted}`,
  `file:///a.csv?${planted}`,
  `/c/a.csv?sv=1&sig=${planted}`,
  `/c/a.csv?sv=1&amp;sig=${planted}`,
  `X-Amz-Signature=${planted}`,
  `X-Amz-Credential=${planted}%2F20260101`,
  `x-amz-security-token: ${planted}`,
  `X-Goog-Signature=${planted}`,
  `Signature=${planted}&Policy=${planted}&Key-Pair-Id=${planted}`,
  `a%26sig%3D${planted}%26b`,
  `a%2526sig%253D${planted}`,
  `Authorization: Bearer ${uuid}:${planted}`,
  `Authorization: Digest username="u", response="${planted}"`,
  `authorization=${planted}`,
  `{"Authorization":"Bearer ${planted}"}`,
  `["authorization", "x ${planted}"]`,
  `\\"Authorization\\":\\"Bearer ${planted}\\"`,
  `Cookie: a=b; session=${planted}`,
  `Set-Cookie: session=${planted}; Path=/`,
  `X-Spaaza-Session-Key: ${planted}`,
  `'x-spaaza-session-user-id': '${planted}'`,
  `[ 'X-Spaaza-Session-Chain-Id', '${planted}' ]`,
  `Bearer ${planted}`,
  `bearer%20${planted}`,
  `Basic ${Buffer.from(`id:${planted}`).toString("base64")}`,
  `${uuid}:${planted}`,
  `${uuid}%3A${planted}`,
  jwt,
  `{"token":"${planted}"}`,
  `{"tokenSecret" : "a\\"b${planted}"}`,
  `{\\"secret\\":\\"a\\\\\\"${planted}\\"}`,
  `{"key":"${planted}","n":1}`,
  `{"password":"${planted}"}`,
  `{"access_token":"${planted}"}`,
  `{"sessionKey":"${planted}"}`,
  `{"my_api-key":"${planted}"}`,
  `{"tokens":["a","${planted}"]}`,
  `%22token%22%3A%22${planted}%22`,
  `{ secret: '${planted}' }`,
  `Map(1) { 'apiKey' => '${planted}' }`,
  `client_secret=${planted};x`,
  `password: ${planted}`,
];

const ordinary = [
  "Transactions_Export-12345.csv",
  "Task 12345 is not finished yet.",
  uuid,
  `Task ${uuid}: completed`,
  "2026-02-03T10:20:30.123Z",
  "12:30:45 100% 1,234 KiB/s",
  "C:\\Users\\me\\exports\\a (2).csv",
  "/home/me/exports/a.csv",
  "file:///home/me/a.csv",
  "https://services-prod.spaaza.com",
  "https://[::1]:8080/",
  "name=value&index=3",
  "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  'key: customer_id, columns ["key","date"]',
  "The access token has ended. Replace the credentials.",
  "Basic authentication, bearer token",
  '{"id":7,"token":null,"url":null}',
  "näme 漢字 👩‍👩‍👧 a=b; c:d",
] as const;

const separators = [" ", "\n", ", ", " (", "\t"] as const;
const noise = fc.oneof(fc.constantFrom(...ordinary, ...carriers), fc.string(), fc.string({ unit: "binary" }));
/** Long enough not to be part of the noise by chance. */
const secret = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_~.+/=:-]{8,40}$/),
  fc.string({ minLength: 8, maxLength: 24 }),
  fc.string({ unit: "grapheme", minLength: 8, maxLength: 16 }),
);

group("text with secrets that have a shape", () => {
  for (const carrier of carriers) {
    it(`loses it: ${carrier.slice(0, 60)}`, () =>
      assert.ok(!redactSecrets(carrier).includes(planted), redactSecrets(carrier)));
  }

  it("loses them wherever they stand", () => {
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

  it("does not change a second time", () => {
    const text = fc.array(fc.oneof(noise, fc.constantFrom(...separators, '"', "'", "\\", "=", ":", "{", "[")));
    fc.assert(
      fc.property(text, (pieces) => {
        const once = redactSecrets(pieces.join(""));
        assert.equal(redactSecrets(once), once);
      }),
      { numRuns: 3_000 },
    );
  });

  it("loses a name and password that look like host and port", () => {
    for (const address of ["user:8899/x@proxy.example", "user:p@ss/word@proxy.example", "user:1#2@proxy.example"]) {
      assert.equal(redactSecrets(`http://${address}`), "http://…/…");
    }
  });

  it("keeps what people need to read", () => {
    for (const text of ordinary) assert.equal(redactSecrets(text), text);
    const joined = fc.array(fc.constantFrom(...ordinary)).map((pieces) => pieces.join(" "));
    fc.assert(fc.property(joined, (text) => assert.equal(redactSecrets(text), text)));
    assert.equal(redactSecrets("GET https://a.example:8443/b/c?d#e failed"), "GET https://a.example:8443/… failed");
    assert.equal(redactSecrets('{"token":"x","id":7}'), '{"token":"***","id":7}');
    assert.equal(redactSecrets("Cookie: a=b\nnext line"), "Cookie: ***\nnext line");
  });

  it("takes time in proportion to its length, also for text made to be slow", () => {
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

group("a remembered secret", () => {
  const spellings: Readonly<Record<string, (secret: string) => string>> = {
    "as it is": (text) => text,
    "in JSON": (text) => JSON.stringify(text),
    "in JSON that escapes slashes": (text) => JSON.stringify(text).replaceAll("/", "\\/"),
    "in a link": (text) => encodeURIComponent(text),
    "in a link, in small letters": (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
    "in a link, strictly": (text) =>
      encodeURIComponent(text).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    "in JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)),
    "in JSON of ASCII alone": (text) =>
      JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    "in a link twice": (text) => encodeURIComponent(encodeURIComponent(text)),
    "in a form": (text) => new URLSearchParams({ a: text }).toString(),
    "in hex": (text) => Buffer.from(text).toString("hex"),
    "in base64": (text) => Buffer.from(text).toString("base64"),
    "in base64 of a pair": (text) => Buffer.from(`some id:${text}`).toString("base64"),
    "in base64 of a longer text": (text) => Buffer.from(`id:${text}:more`).toString("base64"),
    "in base64url": (text) => Buffer.from(`ab${text}`).toString("base64url"),
    "in base64 in a link": (text) => encodeURIComponent(Buffer.from(text).toString("base64")),
  };

  for (const [how, spell] of Object.entries(spellings)) {
    it(`never survives ${how}, in any text`, () =>
      fc.assert(
        fc.property(noise, secret, noise, (before, value, after) => {
          fc.pre(!/\p{Surrogate}/u.test(value) && /[A-Za-z0-9]/.test(value) && !(before + after).includes(value));
          const redactor = createRedactor();
          redactor.remember(value);
          const spelled = spell(value);
          const result = redactor.redact(before + spelled + after);
          assert.ok(!result.includes(value), result);
          assert.ok(!result.includes(spelled), result);
        }),
        { numRuns: 150 },
      ));
  }

  it("is hidden whole when it contains another", () => {
    const redactor = createRedactor();
    redactor.remember("abcdef");
    redactor.remember("abcdefghij");
    assert.equal(redactor.redact("x abcdefghij abcdef"), "x *** ***");
  });

  it("does not change text a second time", () =>
    fc.assert(
      fc.property(noise, secret, noise, (before, value, after) => {
        fc.pre(/[A-Za-z0-9]/.test(value));
        const redactor = createRedactor();
        redactor.remember(value);
        const once = redactor.redact(`${before} ${value} ${after}`);
        assert.equal(redactor.redact(once), once);
      }),
      { numRuns: 1_000 },
    ));

  it("is hidden in hex, whatever the case of the digits", () => {
    const redactor = createRedactor();
    redactor.remember("kölner-dom");
    const hex = Buffer.from("kölner-dom").toString("hex");
    assert.match(hex, /[a-f]/);
    assert.equal(redactor.redact(`x ${hex} ${hex.toUpperCase()}`), "x *** ***");
  });

  it("of less than four characters is not looked for", () => {
    const redactor = createRedactor();
    redactor.remember("12");
    assert.equal(redactor.redact("Task 12345"), "Task 12345");
  });
});

group("a described value", () => {
  it("has an error's message, code, details and causes, and none of its secrets", () => {
    const cause = new Error(`getaddrinfo https://h.example/${planted}`, { cause: { password: planted, port: 1 } });
    const error = new ExportError("offline", `No answer, token=${planted}`, { details: { host: "h.example" }, cause });
    const text = describe(error);
    assert.ok(!text.includes(planted), text);
    for (const part of [
      "No answer",
      "[offline]",
      '{"host":"h.example"}',
      "caused by: ",
      "https://h.example/…",
      '"port":1',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  });

  it("hides fields by their name, whatever they hold and however deep", () => {
    const value = {
      list: [{ sessionKey: planted, ok: 1 }],
      credentials: { kind: "custom", values: { login: planted } },
      headers: new Map([["authorization", planted]]),
      raw: ["Authorization", `Bearer ${planted}`],
      link: new URL(`https://h.example/a?b=${planted}`),
      json: JSON.stringify({ token: planted }),
      set: new Set([`sig=${planted}`]),
      at: new Date(0),
    };
    const text = describe(value);
    assert.ok(!text.includes(planted), text);
    assert.ok(text.includes('"ok":1') && text.includes("1970-01-01T00:00:00.000Z"), text);
  });

  it("knows what its redactor remembers, also at the place where long text is cut", () => {
    const redactor = createRedactor();
    redactor.remember(planted);
    const text = redactor.describe({ long: "x".repeat(9_995) + planted, bytes: Buffer.from(planted) });
    assert.ok(!text.includes(planted.slice(0, 4)), text.slice(-100));
  });

  it("survives values that refuse to be read", () => {
    const circular: Record<string, unknown> = { name: "a" };
    circular["self"] = circular;
    assert.equal(describe(circular), '{"name":"a","self":"[circular]"}');
    const throwing = {
      get field(): string {
        throw new Error("no");
      },
    };
    assert.equal(describe(throwing), "[unreadable]");
    assert.equal(describe(undefined), "[undefined]");
    assert.equal(describe([1n, null, () => 1]), '["1",null,"[function]"]');
    const error = new Error("outer");
    error.cause = error;
    assert.match(describe(error), /caused by: \[circular\]/);
    assert.match(describe(new AggregateError([new Error("first"), new Error("second")])), /first[^]*second/);
  });

  it("never holds a planted secret, whatever the value", () => {
    const holder = fc.constantFrom(...carriers);
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        holder,
        fc.anything(),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie("node"), { maxKeys: 3 }),
        fc.record({ token: fc.constant(planted) }),
        tie("node").map((cause) => new Error(carriers[0], { cause })),
      ),
    })).node;
    fc.assert(
      fc.property(value, (node) => {
        const text = describe(node);
        assert.ok(!text.includes(planted), text);
      }),
      { numRuns: 1_000 },
    );
  });
});
