import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { type Bundle, missingIn, readBundle, toBundle, translations } from "../../scripts/l10n/bundles.ts";
import { bundleOf, translatedCalls } from "../../scripts/l10n/sourceMessages.ts";

const root = path.resolve(import.meta.dirname, "../..");
const calls = await translatedCalls();
const english = bundleOf(calls);
const languages = (await translations()).map(languageOf);
const manifestText = await readFile(path.join(root, "package.json"), "utf8");

async function manifestBundle(name: string): Promise<Bundle> {
  return toBundle(name, JSON.parse(await readFile(path.join(root, name), "utf8")));
}

/** Names, codes, units and keys, which no language translates. */
const sameEverywhere = ["Alt", "JSON", "JSON Lines", "Task Exports", "{0} ({1})", "{0}/s"];

/** English words that a language shares. Every other sentence that stays English was forgotten. */
const sharedWords: Readonly<Record<string, readonly string[]>> = {
  de: ["Details", "Downloads", "Filter: {0}", "Format", "Name", "Status", "Test", "Text", "{0} h", "{0} min", "{0} s"],
  nl: [
    ...["1 download {0}", "{0} downloads {1}", "Account", "Account {0}, {1}", "Account: {0} ({1})", "Downloads"],
    ...["Ctrl", "Shift", "Tab", "Details", "Filter: {0}", "Histogram", "Later…", "Record", "Status", "Test", "is"],
    ...["{0} min", "{0} s", "{0}, backslash", "“{0}”"],
  ],
  fr: ["Condition", "Ctrl", "Dates", "Format", "Production", "Quantiles", "Test", "date"],
};

/** What a sentence has filled in, `{0}` as well as `${name}`, its icons, and where its links lead. */
function fixedParts(sentence: string): string[] {
  return [...sentence.matchAll(/\$?\{\w+\}|\]\([^)]*\)+|\$\([\w~-]+\)/g)].map(([part]) => part).toSorted();
}

function sentencesWithOtherParts(original: Bundle, translated: Bundle): string[] {
  return Object.entries(original)
    .filter(([key, text]) => fixedParts(text).join() !== fixedParts(translated[key] ?? "").join())
    .map(([key]) => key);
}

/** "de" of "bundle.l10n.de.json" and of "package.nls.de.json". */
function languageOf(name: string): string {
  return name.split(".").at(-2) ?? "";
}

function leftInEnglish(original: Bundle, translated: Bundle, language: string): string[] {
  const allowed = new Set([...sameEverywhere, ...(sharedWords[language] ?? [])]);
  const same = Object.entries(original).filter(([key, text]) => translated[key] === text);
  return same.map(([, text]) => text).filter((text) => !allowed.has(text));
}

/** The order of a file's keys: a translation that has another one is hard to compare. */
function assertSameKeys(translated: Bundle, original: Bundle): void {
  assert.deepEqual(Object.keys(translated), Object.keys(original));
}

/** What must be true of a translation whose keys are those of the original. */
function assertTranslated(translated: Bundle, original: Bundle, language: string): void {
  assert.deepEqual(sentencesWithOtherParts(original, translated), [], "Other placeholders, icons or links");
  const empty = Object.entries(translated).filter(([, text]) => text.trim() === "");
  assert.deepEqual(empty, []);
  assert.deepEqual(leftInEnglish(original, translated, language), [], "Not translated");
}

describe("The sources' sentences", () => {
  it("are all in the English bundle, and no others", async () => {
    assert.deepEqual(await readBundle("bundle.l10n.json"), english, "Write it anew: node scripts/l10n.ts");
    assert.ok(calls.length > 200);
  });

  it("fill in as many values as they name", () => {
    const wrong = calls.filter(({ message, values }) => {
      const named = new Set(fixedParts(message));
      return (
        named.size !== values || Array.from({ length: values }, (_, n) => `{${n}}`).some((part) => !named.has(part))
      );
    });
    assert.deepEqual(wrong, []);
  });
});

describe("Each translated bundle", async () => {
  for (const name of await translations()) {
    it(`${name} has exactly the sentences of the sources`, async () => {
      const translated = await readBundle(name);
      assert.deepEqual(missingIn(translated, english), [], "Sentences to translate");
      assert.deepEqual(missingIn(english, translated), [], "Nobody says this any more: node scripts/l10n.ts");
    });

    it(`${name} fills in the same values and is translated everywhere`, async () => {
      const translated = await readBundle(name);
      assertSameKeys(translated, english);
      assertTranslated(translated, english, languageOf(name));
    });
  }

  it("has a manifest's texts in the same language beside it, so that no half-translated language is shown", async () => {
    assert.ok(languages.includes("de") && languages.includes("fr"));
    const manifests = (await readdir(root)).filter((name) => /^package\.nls\.[\w-]+\.json$/.test(name));
    assert.deepEqual(manifests.map(languageOf).toSorted(), languages.toSorted());
  });
});

describe("The manifest's texts", () => {
  it("are each used by package.json, and none is missing", async () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key = ""]) => key));
    assert.deepEqual([...used].toSorted(), Object.keys(await manifestBundle("package.nls.json")).toSorted());
  });

  for (const language of languages) {
    it(`are all translated (${language}), with the same placeholders and links`, async () => {
      const original = await manifestBundle("package.nls.json");
      const translated = await manifestBundle(`package.nls.${language}.json`);
      assertSameKeys(translated, original);
      assertTranslated(translated, original, language);
    });
  }
});
