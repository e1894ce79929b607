import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** Fails with the elements of a page that axe finds hard to use. */
export async function assertAccessible(frame: Frame): Promise<void> {
  const isLoaded = await frame.evaluate<boolean>("'axe' in window");
  if (!isLoaded)
    await frame.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await frame.evaluate<AxeResult>("axe.run()");
  assert.deepEqual(
    violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
    [],
  );
}
