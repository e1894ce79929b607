import { RegExpParser } from "@eslint-community/regexpp";
import fc from "fast-check";
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isExportError } from "./isExportError.ts";
import { requiredLiterals } from "../../../../src/table/find/requiredLiteral.ts";
import { allSearches, compileSearch } from "../../../../src/table/find/search.ts";
import { csvReading } from "../csvReading.ts";
import type { FindPattern, Reading } from "../../../../src/table/tableTypes.ts";

function pattern(text: string, choices: Partial<FindPattern> = {}): FindPattern {
  return { text, regex: true, caseSensitive: true, wholeWord: false, ...choices };
}

function needleOf(text: string, choices: Partial<FindPattern> = {}, reading: Reading = csvReading): string | undefined {
  const plans = allSearches(pattern(text, choices), reading).map(({ plan }) => plan);
  const plan = plans.find(({ kind }) => kind === "candidates");
  return plan?.kind === "candidates" ? Buffer.from(plan.needle.bytes).toString() : undefined;
}

function planOf(text: string, choices: Partial<FindPattern> = {}, reading: Reading = csvReading): string {
  return compileSearch(pattern(text, choices), reading).plan.kind;
}

describe("The texts that every match of an expression must contain", () => {
  it("are in every text that the expression matches", () => {
    const sources = fc.constantFrom(
      "ab+c", "(?:abc|xabcy)d", "a{3}b{2,}", "(ab){2}c?d", "x(?:y|z)w+", "^ab$", "[a]b[cd]ef", "(?:a|a)b",
      "(?:(?:foo)+-){2}", "\\x41\\u0042[C]", "(?:20|2024)-1", "q*w{0,2}er", "([xy]a+)b", "(?:foobar|barfoo)", "(?:x?abc|y?abcd|z?cd)",
    ); // prettier-ignore
    const cases = sources.chain((source) => fc.tuple(fc.constant(source), fc.stringMatching(new RegExp(source, "u"))));
    fc.assert(
      fc.property(cases, ([source, text]) => {
        const tree = new RegExpParser().parsePattern(source, 0, source.length, { unicode: true });
        for (const piece of requiredLiterals(tree)) {
          const [match = ""] = new RegExp(source, "u").exec(text) ?? [];
          assert.ok(match.includes(piece), `${source} matches ${match} without ${piece}`);
        }
      }),
    );
  });

  it("are as long as they can be", () => {
    assert.equal(needleOf("ab+cd"), "bcd");
    assert.equal(needleOf("(?:foo|xfoo)barn"), "barn");
    assert.equal(needleOf("(?:foobar|xfoobary)?bar|rebar"), "bar");
    assert.equal(needleOf("x(?:abc){3}y"), "xabcabcabcy");
    assert.equal(needleOf("a(?=q)b\\bcd"), "abcd");
    assert.equal(needleOf("[e]rror\\d+"), "error");
    assert.equal(needleOf("foo|bar"), undefined);
    assert.equal(needleOf("(?:foo)?x*"), undefined);
  });

  it("leave out characters that the file may write in another way", () => {
    assert.equal(needleOf('ab,cde"f'), "cde");
    assert.equal(needleOf("sk1xy\u00e9zuv2", { caseSensitive: false }), "sk1xy");
    const json: Reading = { ...csvReading, kind: "jsonLines" };
    assert.equal(needleOf("ab/cde\u00e9f,g", {}, json), "cde");
    assert.equal(needleOf("sk1x", { caseSensitive: false }, { ...csvReading, encoding: "utf-16le" }), "1x");
  });
});

describe("The plan of a search", () => {
  it("searches the bytes if they can't be part of something else", () => {
    assert.equal(planOf("foo \u20ac", { regex: false }), "literal");
    assert.equal(planOf("skip", { regex: false, caseSensitive: false }), "literal");
    assert.equal(planOf("\u65e5\u672c", { regex: false, caseSensitive: false }), "literal");
    assert.equal(planOf("\u00e9t\u00e9", { regex: false, caseSensitive: false }), "candidates");
    assert.equal(planOf("foo,bar", { regex: false }), "candidates");
    assert.equal(planOf("foo", { regex: false, wholeWord: true }), "candidates");
    assert.equal(planOf("foo", { regex: false }, { ...csvReading, kind: "jsonLines" }), "candidates");
    assert.equal(planOf(",", { regex: false }), "everyRow");
  });

  it("looks for a needle first if it is longer than two bytes, and then tries all other ways", () => {
    const kinds = (text: string): string =>
      allSearches(pattern(text), csvReading)
        .map(({ plan }) => {
          const isBoth = plan.kind === "candidates" && plan.whenMany !== undefined;
          return isBoth ? "candidates or rawRegex" : plan.kind;
        })
        .join(", ");
    const rest = "everyRow, everyRow";
    assert.equal(kinds(String.raw`foo\d`), `candidates or rawRegex, candidates, rawRegex, ${rest}`);
    assert.equal(kinds(String.raw`fo\d`), `rawRegex, candidates or rawRegex, candidates, ${rest}`);
    assert.equal(kinds("fo."), `candidates, ${rest}`);
  });

  it("applies the expression to the bytes if no match can leave its cell", () => {
    assert.equal(planOf(String.raw`20\d\d-0[1-3]`), "rawRegex");
    assert.equal(planOf(String.raw`\b(?:foo|bar)\w`), "rawRegex");
    for (const leaves of ["[^x]", ".a|b", "^a|b", "a|b$", "a|[ -~]", "é|b", String.raw`\s`, "(?=a)|b", '"|b']) {
      assert.equal(planOf(leaves), "everyRow", leaves);
    }
    assert.equal(planOf(String.raw`\d-\d`, {}, { ...csvReading, quote: "-" }), "everyRow");
  });

  it("does not apply the expression to the bytes if a word could continue across the border of a cell", () => {
    const [word, anyCase] = [String.raw`\b(?:foo|bar)\d`, { caseSensitive: false }];
    assert.equal(planOf(word, {}, { ...csvReading, delimiter: "_" }), "everyRow", "an underscore between cells");
    assert.equal(planOf(word, {}, { ...csvReading, quote: "q" }), "everyRow", "a letter around cells");
    assert.equal(
      planOf(word, anyCase, { ...csvReading, encoding: "utf-16le" }),
      "everyRow",
      "ſ and K are letters here",
    );
    assert.equal(planOf(word, {}, { ...csvReading, encoding: "utf-16le" }), "rawRegex");
    const inWord = String.raw`\B(?:foo|bar)\d`;
    assert.equal(planOf(inWord, anyCase, { ...csvReading, encoding: "utf-16le" }), "everyRow");
  });
});

describe("A pattern", () => {
  it("that is an invalid regular expression is rejected with the reason in plain words", () => {
    for (const wholeWord of [false, true]) {
      assert.throws(
        () => compileSearch(pattern("a)(b", { wholeWord }), csvReading),
        isExportError("invalidRequest", "This is not a valid regular expression: Unmatched ')'"),
      );
    }
    assert.throws(() => compileSearch(pattern("(?<a>x)(?<a>"), csvReading), isExportError("invalidRequest"));
  });

  it("without text is rejected", () => {
    for (const regex of [false, true]) {
      assert.throws(() => compileSearch(pattern("", { regex }), csvReading), isExportError("invalidRequest"));
    }
  });

  it("that is valid only without the Unicode flag is used without it, also for whole words", () => {
    assert.equal(compileSearch(pattern(String.raw`a\-b`), csvReading).count("a-b a-bc a-b"), 3);
    const words = compileSearch(pattern(String.raw`a\-b`, { wholeWord: true }), csvReading);
    assert.equal(words.count("a-b a-bc éa-b (a-b) a-bé a-b_ a-b日"), 2);
  });

  it("ignores case without matching ſ and the Kelvin sign for s and k", () =>
    assert.equal(
      compileSearch(pattern("ks", { regex: false, caseSensitive: false }), csvReading).count("KS \u212a\u017f kS"),
      2,
    ));

  it("matches whole words between characters that are not letters, digits or underscores", () => {
    const search = compileSearch(pattern("foo", { regex: false, wholeWord: true }), csvReading);
    assert.equal(search.count("foo,foo_ éfoo foo1 (foo) foo-foo xfoo foo日 😀foo"), 5);
  });

  it("ignores empty matches and matches of half a character", () => {
    assert.equal(compileSearch(pattern("x*"), csvReading).count("😀xxax"), 2);
    assert.equal(compileSearch(pattern("\ud83d", { regex: false }), csvReading).count("😀"), 0);
  });
});

describe("A text that is too long to search for", () => {
  it("is rejected in a short sentence that doesn't repeat it", () => {
    for (const regex of [true, false]) {
      assert.throws(
        () => compileSearch(pattern("ab".repeat(50_000), { regex }), csvReading),
        (error) => isExportError("invalidRequest")(error) && error instanceof Error && error.message.length < 200,
      );
    }
  });
});
