import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { areSimilar, mixesAlphabets } from "../../../src/services/similarNames.ts";

describe("names of services", () => {
  it("are similar if only case, spaces, invisible characters or the form of letters differ", () => {
    for (const name of [
      "SPAAZA live",
      "SpaazaLive",
      "Spaaza\u200bLive",
      "Ｓpaaza Live",
      "Spaaza\u2800Live",
      "S\u034fpaaza Live",
    ]) {
      assert.ok(areSimilar("Spaaza Live", name), name);
    }
  });

  it("are similar if letters of other alphabets look the same", () => {
    for (const [one, other] of [
      ["Spaaza", "Spааzа"],
      ["Spaaza", "Ѕраazа"],
      ["TextReveal", "TextReveaI"],
      ["TextReveal", "TextRevea1"],
      ["TextReveal", "ΤextReveal"],
      ["Hotmap", "НОТМАР"],
      ["Hotmap", "ΗΟΤΜΑΡ"],
    ] as const) {
      assert.ok(areSimilar(one, other), other);
    }
  });

  it("are not similar if a letter differs visibly", () => {
    for (const name of ["Spaaza Test", "Spaza", "Späaza", "Plaza", "Спааза"]) {
      assert.ok(!areSimilar("Spaaza", name), name);
    }
  });

  it("are similar if a word looks the same in capitals of another alphabet", () => {
    for (const [one, other] of [
      ["IBM", "\u0406\u0412\u041c"],
      ["IBM", "\u0399\u0392\u039c"],
      ["Chop", "\u03f2\u04bb\u043e\u0440"],
      ["CHOP", "\u03f9\u041d\u041e\u0420"],
      ["import", "\u0406mport"],
      ["lot", "\u0406ot"],
    ] as const) {
      assert.ok(areSimilar(one, other), other);
      assert.ok(areSimilar(other, one), other);
    }
  });

  it("mix alphabets if a word has letters of two that look alike", () => {
    for (const name of ["Spааzа", "Export Spααza", "S\u200bpаaza", "Spɑaza", "Tехt", "Օffice"]) {
      assert.ok(mixesAlphabets(name), name);
    }
    for (const name of [
      "Spaaza Live 2",
      "Яндекс Export",
      "Ελλάδα Export",
      "日本 Export",
      "Exportサービス",
      "Zürich",
      "Đà Nẵng",
    ]) {
      assert.ok(!mixesAlphabets(name), name);
    }
  });
});

/** Each small Latin letter with what looks like it, besides the capitals of the same. */
const pairs =
  "a:аα b:в c:сϲ d:ԁ e:еε h:нһη i:іι j:јϳ k:кκ l:ӏ1I| m:мμ n:ν o:оοσ0 p:рρ q:ԛ s:ѕ t:тτ v:ѵ w:ԝω x:хχ y:уυγ z:ζ";

describe("a letter that looks like another one", () => {
  for (const [letter = "", others = ""] of pairs.split(" ").map((pair) => pair.split(":"))) {
    it(`is the Latin ${letter}: ${others}`, () => {
      for (const other of others) {
        for (const form of other === "I" ? [other] : [other, other.toUpperCase()]) {
          assert.ok(areSimilar(`Shop ${letter}`, `shop ${form}`), form);
          assert.ok(areSimilar(form, letter.toUpperCase()), form);
          assert.ok(!areSimilar(`x${form}`, letter === "y" ? "xz" : "xy"), form);
        }
      }
    });
  }

  it("is not a small i, because only the capital looks like a small l", () => {
    assert.ok(!areSimilar("lemon", "iemon"));
    assert.ok(areSimilar("lemon", "Iemon"));
    assert.ok(areSimilar("İ", "i̇"));
  });
});

describe("a word with letters of several alphabets that look alike", () => {
  for (const [alphabet, letter] of [
    ["phonetic Latin", "ɑ"],
    ["Cyrillic", "а"],
    ["Greek", "α"],
    ["Armenian", "օ"],
    ["Cherokee", "Ꭺ"],
    ["Coptic", "ⲟ"],
    ["Georgian", "ო"],
    ["Lisu", "ꓮ"],
    ["Hebrew", "ו"],
  ] as const) {
    it(`has a ${alphabet} letter besides a Latin one`, () => {
      for (const latin of ["a", "Z", "é", "ế"]) {
        assert.equal(mixesAlphabets(`${latin}${letter}`), true);
        assert.equal(mixesAlphabets(`${letter}1${latin}`), true);
        assert.equal(mixesAlphabets(`${latin} ${letter}`), false);
        assert.equal(mixesAlphabets(`${latin}-${letter}`), false);
      }
      assert.equal(mixesAlphabets(`${letter}${letter}1`), false);
    });
  }
});
