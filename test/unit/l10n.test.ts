import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { type Bundle, missingIn, readBundle, toBundle, translations } from "../../scripts/l10n/bundles.ts";
import { bundleOf, translatedCalls } from "../../scripts/l10n/sourceMessages.ts";

const root = path.resolve(import.meta.dirname, "../..");
const calls = await translatedCalls();
const english = bundleOf(calls);
const manifestText = await readFile(path.join(root, "package.json"), "utf8");

async function manifestBundle(name: string): Promise<Bundle> {
  return toBundle(name, JSON.parse(await readFile(path.join(root, name), "utf8")));
}

/** What a sentence has filled in, `{0}` as well as `${name}`, and where its links lead. */
function fixedParts(sentence: string): string[] {
  return [...sentence.matchAll(/\$?\{\w+\}|\]\([^)]*\)+/g)].map(([part]) => part).toSorted();
}

function sentencesWithOtherParts(original: Bundle, translated: Bundle): string[] {
  return Object.entries(original)
    .filter(([key, text]) => fixedParts(text).join() !== fixedParts(translated[key] ?? "").join())
    .map(([key]) => key);
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

    it(`${name} fills in the same values and is nowhere empty`, async () => {
      const translated = await readBundle(name);
      assert.deepEqual(sentencesWithOtherParts(english, translated), []);
      assert.deepEqual(
        Object.values(translated).filter((text) => text.trim() === ""),
        [],
      );
    });
  }

  it("has a manifest's texts in the same language beside it, so that no half-translated language is shown", async () => {
    const languages = (await translations()).map((name) => name.split(".").at(-2) ?? "");
    assert.ok(languages.includes("de"));
    for (const language of languages) await manifestBundle(`package.nls.${language}.json`);
  });
});

describe("The manifest's texts", () => {
  it("are each used by package.json, and none is missing", async () => {
    const used = new Set([...manifestText.matchAll(/"%([\w.]+)%"/g)].map(([, key = ""]) => key));
    assert.deepEqual([...used].toSorted(), Object.keys(await manifestBundle("package.nls.json")).toSorted());
  });

  it("are all translated, with the same placeholders and links", async () => {
    const original = await manifestBundle("package.nls.json");
    const german = await manifestBundle("package.nls.de.json");
    assert.deepEqual(Object.keys(german).toSorted(), Object.keys(original).toSorted());
    assert.deepEqual(sentencesWithOtherParts(original, german), []);
  });
});
