/**
 * Writes the English bundle from the sources and takes out of the translations what is no longer said:
 * `node scripts/l10n.ts`. Sentences that a translation lacks are listed, and the program then ends with 1.
 */
import process from "node:process";
import { missingIn, readBundle, translations, writeBundle, without } from "./l10n/bundles.ts";
import { bundleOf, translatedCalls } from "./l10n/sourceMessages.ts";

const english = bundleOf(await translatedCalls());
await writeBundle("bundle.l10n.json", english);
console.log(`${Object.keys(english).length} sentences`);
for (const name of await translations()) {
  const translated = await readBundle(name);
  await writeBundle(name, without(translated, missingIn(english, translated)));
  const missing = missingIn(translated, english);
  if (missing.length === 0) continue;
  console.error(`${name} lacks:\n${missing.map((message) => `  ${JSON.stringify(message)}: "",`).join("\n")}`);
  process.exitCode = 1;
}
