import assert from "node:assert/strict";
import { describe as group, it } from "node:test";
import fc from "fast-check";
import { ExportError } from "../../../src/model/exportError.ts";
import { createRedactor, describe } from "../../../src/model/redact.ts";
import { carriers, noise, planted, secret } from "./secretSamples.ts";

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

  it("is hidden as a whole if it contains another secret", () => {
    const redactor = createRedactor();
    redactor.remember("abcdef");
    redactor.remember("abcdefghij");
    assert.equal(redactor.redact("x abcdefghij abcdef"), "x *** ***");
  });

  it("leaves text that was cleaned before as it is", () =>
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

  const units = { words: "aB_9", signs: "!-", slashes: '/\\"', "wide characters": "漢", "half characters": "\ud800-" };
  for (const [kind, unit] of Object.entries(units)) {
    it(`of ${kind} is hidden whatever its length, and others with it`, () => {
      for (const length of [1000, 4096, 4100, 20_000, 1_000_000]) {
        const long = unit.repeat(Math.ceil(length / unit.length));
        const redactor = createRedactor();
        redactor.remember("other-secret");
        redactor.remember(long);
        assert.equal(redactor.redact("GET other-secret 200"), "GET *** 200");
        for (const spelled of spellingsOf(long)) {
          const shown = redactor.redact(`GET <${spelled}> 200`);
          assert.ok(shown.length < 50, `${length} ${shown.slice(0, 100)}`);
        }
      }
    });
  }

  /** A value of any length is hidden as it is and in JSON, and one that fits on a page also in other spellings. */
  function spellingsOf(long: string): string[] {
    const all = [long, JSON.stringify(long)];
    if (long.length > 65_536 || !long.isWellFormed()) return all;
    const more = ["in JSON in JSON", "in a link", "in a form", "in a link twice", "in hex", "in base64"];
    return [...all, ...more.map((how) => spellings[how]?.(long) ?? "")];
  }

  it("is found among a hundred long secrets", () => {
    const redactor = createRedactor();
    const tokens = Array.from({ length: 100 }, (_, index) => `${"x.-".repeat(1300)}${index}`);
    for (const token of tokens) redactor.remember(token);
    for (const token of tokens) assert.equal(redactor.redact(`a ${token} b`), "a *** b");
  });

  it("of less than four characters is not looked for", () => {
    const redactor = createRedactor();
    redactor.remember("12");
    assert.equal(redactor.redact("Task 12345"), "Task 12345");
  });
});

group("a described value", () => {
  it("contains an error's message, code, details and causes, and none of its secrets", () => {
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

  it("contains no part of a remembered secret at the place where a long text is cut off", () => {
    const redactor = createRedactor();
    redactor.remember(planted);
    const text = redactor.describe({ long: "x".repeat(9_995) + planted, bytes: Buffer.from(planted) });
    assert.ok(!text.includes(planted.slice(0, 4)), text.slice(-100));
  });

  const many = (entry: unknown): unknown[] => Array.from({ length: 100 }, () => entry);
  const endless: Readonly<Record<string, () => unknown>> = {
    "a list of 100,000 texts": () => Array.from({ length: 100_000 }, () => "some text"),
    "lists of lists of lists": () => many(many(many({ a: "some text" }))),
    "a map of 100,000 entries": () => new Map(Array.from({ length: 100_000 }, (_, at) => [`key ${at}`, at])),
    "an error of 100,000 errors": () => new AggregateError(new Array(100_000).fill(new Error("one"))),
    "a set that never ends": () =>
      Object.assign(new Set(), {
        *[Symbol.iterator]() {
          for (;;) yield "some text";
        },
      }),
    "a text of 20 MB": () => new Error("some text ".repeat(2_000_000)),
  };
  for (const [what, valueOf] of Object.entries(endless)) {
    it(`takes no long time for ${what}`, { timeout: 5000 }, () => {
      const redactor = createRedactor();
      for (let each = 0; each < 20; each += 1) redactor.remember(`${planted}${each}`);
      const value = valueOf();
      const before = performance.now();
      const text = redactor.describe(value);
      assert.ok(performance.now() - before < 2000, `${performance.now() - before} ms`);
      assert.ok(text.length < 500_000, `${text.length} characters`);
    });
  }

  it("contains no part of a secret where a text is too long to be read to its end", () => {
    const redactor = createRedactor();
    redactor.remember(planted);
    for (let cut = 0; cut < planted.length; cut += 1) {
      const text = redactor.describe({ long: planted.repeat(10_000).slice(cut) });
      assert.ok(!text.includes(planted.slice(0, 4)), text.slice(-100));
    }
  });

  it("can be made of values whose fields throw errors, and of values that contain themselves", () => {
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

  it("keeps short numbers of an export, and hides them elsewhere", () => {
    const redactor = createRedactor();
    redactor.remember("0000");
    redactor.remember("12345678");
    assert.equal(redactor.redactData("200003,12345678"), "200003,***");
    assert.equal(redactor.redact("200003,12345678"), "2***3,***");
  });

  it("never contains a secret, whatever the value", () => {
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
