import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { BrowserContext } from "playwright-core";
import * as v from "valibot";

/** The language in which a workbench shows the extension. VS Code's own texts stay English: its language packs are extensions. */
export interface DisplayLanguage {
  /** As VS Code names it, such as `de`. */
  readonly id: string;
  /** Translates each English text, for a language that isn't shipped. Default: the extension's own translation. */
  readonly translate?: (english: string) => string;
}

/** The translation of a text of the extension's; any other text as it is. */
export type Words = (english: string) => string;

const textsShape = v.record(v.string(), v.string());

/** A page of VS Code's server takes its language from this variable, which its own script sets first. */
export function pinLanguage(context: BrowserContext, id: string): Promise<unknown> {
  return context.addInitScript(
    `Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => ${JSON.stringify(id)}, set() {} })`,
  );
}

/** Writes the translations of a language that isn't shipped into an installed copy, and reads those of any. */
export async function installLanguage(extension: string, { id, translate }: DisplayLanguage): Promise<Words> {
  const words = new Map<string, string>();
  for (const [english, translated] of [
    [path.join("l10n", "bundle.l10n.json"), path.join("l10n", `bundle.l10n.${id}.json`)],
    ["package.nls.json", `package.nls.${id}.json`],
  ] as const) {
    const texts = await readTexts(path.join(extension, english));
    const target = path.join(extension, translated);
    if (translate !== undefined) await writeTexts(target, texts, translate);
    const inLanguage = await readTexts(target);
    for (const [key, text] of Object.entries(texts)) words.set(text, inLanguage[key] ?? text);
  }
  return (text) => words.get(text) ?? text;
}

async function readTexts(file: string): Promise<Record<string, string>> {
  return v.parse(textsShape, JSON.parse(await readFile(file, "utf8")));
}

async function writeTexts(file: string, texts: Record<string, string>, translate: Words): Promise<void> {
  const translated = Object.entries(texts).map(([key, text]) => [key, translate(text)] as const);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(Object.fromEntries(translated)));
}
