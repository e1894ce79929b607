import assert from "node:assert/strict";
import { describe as group, it } from "node:test";
import fc from "fast-check";
import { ExportError } from "../../../src/model/exportError.ts";
import { createRedactor, describe } from "../../../src/model/redact.ts";
import { processorMs } from "./processorTime.ts";
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
    for (const token of [tokens[0], tokens[50], tokens[99]]) {
      assert.equal(redactor.redact(`a ${String(token)} b`), "a *** b");
    }
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
    it(`takes no long time for ${what}`, () => {
      const redactor = createRedactor();
      for (let each = 0; each < 20; each += 1) redactor.remember(`${planted}${each}`);
      const value = valueOf();
      let text = "";
      const tookMs = processorMs(() => (text = redactor.describe(value)), 1);
      assert.ok(tookMs < 2000, `${tookMs} ms`);
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

group("a described error", () => {
  it("begins with its name and message if it has no stack", () => {
    const error = new TypeError("no such thing");
    Reflect.deleteProperty(error, "stack");
    assert.equal(describe(error), "TypeError: no such thing");
    const other = Object.defineProperty(new Error("with a stack"), "stack", { value: "the stack" });
    assert.equal(describe(other), "the stack");
  });

  it("contains its code, if that is a text, and its details", () => {
    const bare = (properties: object): Error => Object.assign(new Error("m"), { stack: "s" }, properties);
    assert.equal(describe(bare({ code: "ENOENT" })), "s [ENOENT]");
    assert.equal(describe(bare({ code: 7 })), "s");
    assert.equal(describe(bare({ details: { host: "h", token: "t" } })), 's {"host":"h","token":"***"}');
    assert.equal(describe(bare({ cause: { a: 1 } })), 's\ncaused by: {"a":1}');
    const several = Object.assign(new AggregateError(["one", "two"]), { stack: "s", cause: "three" });
    assert.equal(describe(several), "s\ncaused by: one\ncaused by: two\ncaused by: three");
  });
});

group("the limits of a description", () => {
  const nested = (depth: number): unknown => (depth === 0 ? "end" : [nested(depth - 1)]);

  it("are six values inside each other", () => {
    assert.equal(describe(nested(6)), '[[[[[["end"]]]]]]');
    assert.equal(describe(nested(7)), '[[[[[["[…]"]]]]]]');
  });

  it("are a hundred entries of a list, an object, a map or a set", () => {
    const numbers = Array.from({ length: 101 }, (_, at) => at);
    const pairs = numbers.map((at) => [`k${at}`, 1] as const);
    for (const [value, first, last, beyond] of [
      [numbers, "[0,", "99]", "100"],
      [new Set(numbers), "[0,", "99]", "100"],
      [new Map(pairs), '{"k0"', '"k99":1}', "k100"],
      [Object.fromEntries(pairs), '{"k0"', '"k99":1}', "k100"],
    ] as const) {
      const text = describe(value);
      assert.ok(text.startsWith(first) && text.endsWith(last) && !text.includes(beyond), text);
    }
  });

  it("are 10,000 characters of a text in an object, and 100,000 of everything together", () => {
    assert.equal(describe(["a ".repeat(5000)]).length, 10_004);
    assert.equal(describe(["a ".repeat(5001)]).length, 10_004);
    const texts = Array.from({ length: 20 }, () => "a ".repeat(5000));
    // Each text counts ten characters more than it has.
    assert.equal(describe(texts).split("…").length - 1, 10);
    assert.equal(describe(Array.from({ length: 100 }, () => true)).includes("…"), false);
  });

  it("are 200,000 characters of a text, of which the last 50,000 are left out if it is longer", () => {
    assert.equal(describe("a ".repeat(100_000)).length, 200_000);
    assert.equal(describe("a ".repeat(100_001)), `${"a ".repeat(75_000)}…`);
    assert.equal(describe(`token=${"a".repeat(200_000)}`), "…");
  });

  it("don't hide what a value is", () => {
    assert.equal(
      describe([Symbol("a"), Number.NaN, new Date(Number.NaN), new Uint16Array(3)]),
      '["[symbol]",null,"[no date]","[6 bytes]"]',
    );
    const same = { a: 1 };
    assert.equal(describe([same, same]), '[{"a":1},{"a":1}]', "only a value inside itself is circular");
  });
});

group("a remembered secret that is very long or very short", () => {
  const long = (length: number): string => "!漢".repeat(length).slice(0, length);

  it("of up to 65,536 characters is also hidden in hex, and a longer one as it is and in JSON", () => {
    for (const [length, isHidden] of [
      [65_536, true],
      [65_537, false],
    ] as const) {
      const redactor = createRedactor();
      redactor.remember(long(length));
      assert.equal(redactor.redact(`<${long(length)}>`), "<***>");
      const link = encodeURIComponent(encodeURIComponent(long(length)));
      assert.equal(redactor.redact(`<${link}>`) === "<***>", isHidden, String(length));
      const hex = Buffer.from(long(length)).toString("hex");
      assert.equal(redactor.redact(`<${hex}>`) === "<***>", isHidden, String(length));
      assert.equal(redactor.redact(`<${hex.toUpperCase()}>`) === "<***>", isHidden, String(length));
    }
  });

  it("of more than 8,192 characters is hidden as the usual encoders write it", () => {
    const secret = `a/é +"`.repeat(1400);
    const json = JSON.stringify(secret).slice(1, -1);
    const link = encodeURIComponent(secret);
    const redactor = createRedactor();
    redactor.remember(secret);
    for (const [how, text] of [
      ["as it is", secret],
      ["JSON", json],
      ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
      ["JSON that escapes slashes", json.replaceAll("/", String.raw`\/`)],
      ["a link", link],
      ["a link in small letters", link.replaceAll(/%../g, (code) => code.toLowerCase())],
      ["a link twice", encodeURIComponent(link)],
      ["a form", new URLSearchParams({ a: secret }).toString().slice("a=".length)],
    ] as const) {
      assert.equal(redactor.redact(`<${text}>`) === "<***>", true, how);
    }
  });

  it("is hidden from four characters on", () => {
    const redactor = createRedactor();
    redactor.remember("a-c");
    assert.equal(redactor.redact("xa-cx"), "xa-cx");
    redactor.remember("a-cd");
    assert.equal(redactor.redact("xa-cdx"), "x***x");
  });

  it("is hidden with each escape that encoders write for it", () => {
    for (const [secret, text] of [
      ["a\nb\rc\td", String.raw`a\nb\rc\td`],
      ["a\bb\fc", String.raw`a\bb\\fc`],
      ['a/b"c', String.raw`a\/b\\"c`],
      ["ab cd", "ab+cd"],
      ["ab cd", "ab%2520cd"],
      ["ab\\cd", String.raw`ab\\\\cd`],
      ["ab\\cd", "ab%5Ccd"],
      ["ab\\cd", "ab%255ccd"],
      ["é-ab", String.raw`\u00E9-ab`],
      ["é-ab", "%C3%a9%2Dab"],
      ["😀-ab", String.raw`\ud83d\uDE00-ab`],
    ] as const) {
      const redactor = createRedactor();
      redactor.remember(secret);
      assert.equal(redactor.redact(`<${text}>`), "<***>", text);
    }
  });
});
