import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createRedactor } from "../../../src/model/redact.ts";
import { SecretFragments } from "../../../src/model/secretFragments.ts";
import { processorMs } from "./processorTime.ts";
import { ordinary } from "./secretSamples.ts";

/** A text of some of these characters. */
function textOf(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...Array.from(characters)), { minLength, maxLength, size: "max" })
    .map((signs) => signs.join(""));
}

const base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const randomSecret = fc.oneof(
  textOf(base62, 24, 64),
  textOf("0123456789abcdef", 32, 64),
  textOf(`${base62}+/`, 24, 64).map((text) => `${text}==`),
  textOf("0123456789abcdef", 32, 32).map((hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")),
);

/** A password: letters and digits in turn, so that every part of eight signs looks random. */
const shortSecret = fc
  .array(fc.tuple(fc.constantFrom(...Array.from(base62.slice(0, 52))), fc.constantFrom(...Array.from("0123456789"))), {
    minLength: 5,
    maxLength: 7,
  })
  .map((pairs) => pairs.flat().join(""));

/** A part of a secret. */
const fragment = randomSecret.chain((secret) =>
  fc
    .tuple(fc.nat(secret.length - 18), fc.integer({ min: 18, max: 24 }))
    .map(([from, length]) => ({ secret, part: secret.slice(from, from + length) })),
);

/** Letters and digits only, in lower case: what is left of a text without everything that can be inserted. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Whether eight characters in a row of one text are in the other. */
function sharesEight(one: string, other: string): boolean {
  const signs = bare(one);
  const others = bare(other);
  for (let at = 0; at + 8 <= signs.length; at++) if (others.includes(signs.slice(at, at + 8))) return true;
  return false;
}

/** What a service can do to a part of a secret before it prints it. */
const changes: Readonly<Record<string, (part: string) => string>> = {
  "as it is": (part) => part,
  "with a line break in the middle": (part) => `${part.slice(0, 7)}\n${part.slice(7)}`,
  "in groups of four": (part) => part.replace(/.{4}/g, "$& "),
  "with invisible characters": (part) => part.replace(/.{3}/g, "$&\u200b"),
  "in capitals": (part) => part.toUpperCase(),
  "in JSON, with a line break": (part) => JSON.stringify(`${part.slice(0, 7)}\r\n${part.slice(7)}`),
  "in JSON in JSON, with a line break": (part) =>
    JSON.stringify(JSON.stringify(`${part.slice(0, 7)}\n${part.slice(7)}`)),
  "with each character percent-encoded": (part) => part.replace(/./g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
  "percent-encoded twice": (part) => part.replace(/./g, (sign) => `%25${sign.charCodeAt(0).toString(16)}`),
  "with each character escaped as in JSON": (part) =>
    part.replace(/./g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "with each character as an HTML entity": (part) => part.replace(/./g, (sign) => `&#${sign.charCodeAt(0)};`),
};

describe("a part of a secret that a service quotes", () => {
  for (const [how, change] of Object.entries(changes)) {
    it(`is hidden ${how}`, () =>
      fc.assert(
        fc.property(fragment, fc.constantFrom(...ordinary), ({ secret, part }, around) => {
          const redactor = createRedactor();
          redactor.remember(secret);
          const shown = redactor.redact(`${around}: ${change(part)} (${around})`);
          assert.ok(!sharesEight(part, shown.replaceAll(around, "")), shown);
        }),
        { numRuns: 200 },
      ));
  }

  for (const [how, change] of Object.entries(changes)) {
    it(`is hidden ${how} if the secret has fewer than 16 characters`, () =>
      fc.assert(
        fc.property(shortSecret, fc.nat(1), fc.constantFrom(...ordinary), (secret, from, around) => {
          const part = secret.slice(from, from + 8);
          const redactor = createRedactor();
          redactor.remember(secret);
          const shown = redactor.redact(`${around}: ${change(part)} (${around})`);
          assert.ok(!sharesEight(part, shown.replaceAll(around, "")), shown);
        }),
      ));
  }

  it("is hidden in hex and in base64", () =>
    fc.assert(
      fc.property(fragment, ({ secret, part }) => {
        const redactor = createRedactor();
        redactor.remember(secret);
        for (const spelled of [
          Buffer.from(part).toString("hex"),
          Buffer.from(part).toString("base64"),
          Buffer.from(part).toString("base64url"),
        ]) {
          const shown = redactor.redact(`It was ${spelled}.`);
          // The last characters of base64 depend on what follows.
          assert.ok(!sharesEight(spelled.slice(0, -4), shown), `${spelled}: ${shown}`);
        }
      }),
      { numRuns: 200 },
    ));

  it("is hidden if it has eight characters and looks like nothing else", () => {
    const redactor = createRedactor();
    redactor.remember("k9Xw2LmQ7vBt4RzYp1Ns");
    assert.equal(redactor.redact("Token 2LmQ7vBt… expired"), "Token ***… expired");
    assert.equal(redactor.redact("Token 2LmQ7v… expired"), "Token 2LmQ7v… expired");
  });

  it("of several secrets is hidden, whichever it is from", () => {
    const redactor = createRedactor();
    const secrets = Array.from({ length: 20 }, (_none, at) => `${at}aZ3xK9bQ7${at}mN5vR1tY8${at}`);
    for (const secret of secrets) redactor.remember(secret);
    for (const secret of secrets) {
      const shown = redactor.redact(`Wrong: ${secret.slice(3, 17)}`);
      assert.ok(!sharesEight(secret, shown), shown);
    }
  });
});

describe("text that only resembles a secret", () => {
  it("stays as it is: sentences, IDs, dates, names of files", () =>
    fc.assert(
      fc.property(randomSecret, fc.constantFrom(...ordinary), (secret, text) => {
        const redactor = createRedactor();
        const before = redactor.redact(text);
        redactor.remember(secret);
        assert.equal(redactor.redact(text), before);
      }),
    ));

  it("stays as it is if the secret is made of ordinary words and numbers", () => {
    const redactor = createRedactor();
    redactor.remember("customer-portal-export-service-2026-production");
    redactor.remember("Correct Horse Battery Staple");
    for (const text of [
      "The customer portal has an export service.",
      "production failed on 2026-11-26",
      "Export 2026-11-26 of the service",
      "the correct horse",
      "a battery for 12 customers",
    ]) {
      assert.equal(redactor.redact(text), text);
    }
  });

  it("stays as it is if the secret is short and made of a word and a number", () => {
    const redactor = createRedactor();
    for (const secret of ["Transactions9", "export-12345", "2026-11-26", "Summer2026!", "password99"])
      redactor.remember(secret);
    for (const text of ["Transactions", "export 12", "export-1234 on 2026-11-25", "Summer 2025", "password 98"]) {
      assert.equal(redactor.redact(text), text);
    }
  });

  it("is not changed by a second call", () =>
    fc.assert(
      fc.property(fragment, fc.string(), fc.string(), ({ secret, part }, before, after) => {
        const redactor = createRedactor();
        redactor.remember(secret);
        const once = redactor.redact(`${before}${part.slice(0, 9)} ${before} ${part}${after}`);
        assert.equal(redactor.redact(once), once);
      }),
      { numRuns: 500 },
    ));
});

describe("the search for parts of secrets", () => {
  const fragments = new SecretFragments();
  fragments.remember("k9Xw2LmQ7vBt4RzYp1NsD8hJ");

  for (const [what, unit] of Object.entries({
    letters: "abcdefgh ",
    backslashes: "\\",
    "encoded percent signs": "%25",
    "percent signs": "%",
    entities: "&#",
    "parts of the secret": "2LmQ7vB ",
  })) {
    it(`takes linear time for ${what}`, () => {
      const timeOf = (length: number): number => {
        const text = unit.repeat(length / unit.length);
        return processorMs(() => fragments.hide(text));
      };
      timeOf(100_000);
      // Quadratic work would take a hundred times as long.
      assert.ok(timeOf(1_000_000) < 30 * Math.max(timeOf(100_000), 1));
    });
  }

  it("remembers a bounded number of parts, however many secrets there are", () => {
    const many = new SecretFragments();
    const random = Array.from({ length: 40 }, (_none, secret) =>
      Array.from({ length: 48 }, (_other, at) => createHash("sha512").update(`${secret} ${at}`).digest("base64"))
        .join("")
        .slice(0, 4096),
    );
    for (const secret of random) many.remember(secret);
    assert.ok(many.size <= 200_000, `${many.size} parts`);
    assert.ok(many.size > 100_000, "the first ones are remembered");
  });
});

describe("how much of a secret is shown", () => {
  const shownOf = (secret: string, text: string): string => {
    const fragments = new SecretFragments();
    fragments.remember(secret);
    return fragments.hide(text);
  };
  const random = "k9Xw2LmQ7vBt4RzYp1Ns";
  const words = "ab cd ef gh ij kl mn op qr st uv";

  for (const [what, secret, hiddenText, shownText] of [
    ["seven signs that look random", random, "2LmQ7vBt", "2LmQ7vB"],
    ["eleven letters in a row", "abcdefghijklmnop", "abcdefghijkl", "abcdefghijk"],
    ["eleven digits in a row", "0123456789012345", "012345678901", "01234567890"],
    ["eleven letters and digits that are divided", "12 34 56 ab cd ef gh ij", "123456abcdef", "123456abcde"],
    ["nineteen letters that are divided", words, "abcdefghijklmnopqrst", "abcdefghijklmnopqrs"],
    ["eleven signs of a hexadecimal number that is divided", "ab-cd-ef-ab-cd-ef-ad-cf", "abcdefabcdef", "abcdefabcde"],
  ] as const) {
    it(`is at most ${what}`, () => {
      assert.equal(shownOf(secret, `(${hiddenText})`), "(***)");
      assert.equal(shownOf(secret, `(${shownText})`), `(${shownText})`);
    });
  }

  it("is more if it has fewer than 16 letters and digits, unless a part looks random", () => {
    assert.equal(shownOf("abcdefghijklmno", "abcdefghijklmno"), "abcdefghijklmno");
    assert.equal(shownOf("abcdefghijklmnop", "abcdefghijklmno"), "***");
    assert.equal(shownOf("abCDefGH", "abCDefGH"), "***");
    assert.equal(shownOf("a1bcdefg2", "a1bcdefg"), "***", "from a letter to a digit and back is random");
  });

  it("doesn't look random if words in it only begin with capital letters", () => {
    assert.equal(shownOf("ABcdEFghij", "ABcdEFgh"), "ABcdEFgh");
    assert.equal(shownOf("AbcdEfghIj", "AbcdEfgh"), "AbcdEfgh");
    assert.equal(shownOf("ZzzzZzzz00", "ZzzzZzzz"), "ZzzzZzzz", "z and Z are letters as well");
    assert.equal(shownOf("zZzZzZzZ", "zZzZzZzZ"), "***");
    assert.equal(shownOf("9a9b9c9d", "9a9b9c9d"), "***", "0 and 9 are digits as well");
  });

  it("is everything that isn't of the secret, around each part of it", () => {
    assert.equal(shownOf(random, "a 2LmQ7vBt b Xw2LmQ7v c"), "a *** b *** c");
    assert.equal(shownOf(random, "x2LmQ7vBt4y"), "x***y");
    assert.equal(shownOf(random, "2LmQ-7vBt"), "***");
    assert.equal(shownOf(random, "2LmQ*7vBt"), "2LmQ*7vBt", "what was hidden before isn't joined with what follows");
    assert.equal(shownOf(random, ""), "");
    assert.equal(new SecretFragments().hide("2LmQ7vBt"), "2LmQ7vBt");
  });

  it("is counted anew where another part of the secret follows", () => {
    assert.equal(shownOf("abcdefghijklmnopqrstuvwxyz", "abcdefghij klmnopqrst"), "***");
    assert.equal(shownOf("abcdefghijklmnopqrstuvwxyz", "abcdefghi mnopqrstu"), "abcdefghi mnopqrstu");
  });

  it("is everything of a secret of more than 4,096 characters", () => {
    const long = random.repeat(300);
    assert.equal(shownOf(long.slice(0, 4096), "2LmQ7vBt"), "***");
    assert.equal(shownOf(long.slice(0, 4097), "2LmQ7vBt"), "2LmQ7vBt");
  });

  for (const [how, text] of [
    ["a percent sign", "%32LmQ7vB%74"],
    ["several percent signs", "%2532LmQ7vB%252574"],
    ["four hexadecimal digits", String.raw`\u0032LmQ7vB\u0074`],
    ["two hexadecimal digits", String.raw`\x32LmQ7vB\x74`],
    ["several backslashes", String.raw`\\\u0032LmQ7vB\\x74`],
    ["a decimal entity", "&#50;LmQ7vB&#116;"],
    ["a hexadecimal entity", "&#x32;LmQ7vB&#X74;"],
    ["a line break", String.raw`2LmQ\n7v\rB\tt`],
    ["the name of a sign", "2LmQ&amp;7vB&QUOT;t"],
  ] as const) {
    it(`is not more if it is escaped with ${how}`, () => assert.equal(shownOf(random, `<${text}>`), "<***>"));
  }

  it("is what isn't an escape, although it looks like one", () => {
    assert.equal(shownOf(random, "2LmQ%zz7vBt"), "2LmQ%zz7vBt");
    assert.equal(shownOf(random, String.raw`2LmQ\7vBt`), "***");
    assert.equal(shownOf(random, "2LmQ& 7vBt"), "***");
  });
});
