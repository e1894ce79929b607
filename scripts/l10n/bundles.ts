import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../../project/checkout.ts";

/** Sentences by key; in a bundle of the sources' sentences the key is the English one. */
export type Bundle = Readonly<Record<string, string>>;

const folder = path.join(root, "l10n");

/** The names of the translated bundles. */
export async function translations(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^bundle\.l10n\.[\w-]+\.json$/.test(name)).toSorted();
}

export async function readBundle(name: string): Promise<Bundle> {
  return toBundle(name, JSON.parse(await readFile(path.join(folder, name), "utf8")));
}

/** @throws for anything but an object of texts */
export function toBundle(name: string, content: unknown): Bundle {
  if (typeof content !== "object" || content === null) throw new Error(`${name} is no JSON object.`);
  return Object.fromEntries(
    Object.entries(content).map(([key, text]: [string, unknown]) => {
      if (typeof text !== "string") throw new Error(`${name}: what stands for ${JSON.stringify(key)} is no text.`);
      return [key, text];
    }),
  );
}

/** Writes a bundle sorted by its keys, so that a change shows as just that. */
export async function writeBundle(name: string, bundle: Bundle): Promise<void> {
  const sorted = Object.fromEntries(Object.keys(bundle).toSorted().map((key) => [key, bundle[key]]));
  await writeFile(path.join(folder, name), `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** The keys of `wanted` that `bundle` does not have. */
export function missingIn(bundle: Bundle, wanted: Bundle): string[] {
  return Object.keys(wanted).filter((key) => !Object.hasOwn(bundle, key));
}

export function without(bundle: Bundle, keys: readonly string[]): Bundle {
  return Object.fromEntries(Object.entries(bundle).filter(([key]) => !keys.includes(key)));
}
