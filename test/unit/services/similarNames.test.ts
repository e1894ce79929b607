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
