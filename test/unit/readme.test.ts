import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import * as v from "valibot";

const root = path.resolve(import.meta.dirname, "../..");
const readme = await readFile(path.join(root, "README.md"), "utf8");

const manifestSchema = v.looseObject({
  contributes: v.looseObject({
    configuration: v.looseObject({ properties: v.record(v.string(), v.looseObject({ default: v.unknown() })) }),
  }),
});

/** The first two cells of every table row that begins with a name in code. */
const rows = [...readme.matchAll(/^\| `([\w.]+)` +\| (.+?) +\|/gm)].map(([, name = "", next = ""]) => ({ name, next }));

describe("The README", () => {
  it("tells every setting with its default, and no other", async () => {
    const manifest = v.parse(manifestSchema, JSON.parse(await readFile(path.join(root, "package.json"), "utf8")));
    const settings = Object.entries(manifest.contributes.configuration.properties);
    const told = rows.filter(({ name }) => name.startsWith("taskExports.")).map(({ name, next }) => [name, next]);
    const shown = settings.map(([name, setting]) => [
      name,
      setting.default === "" ? "empty" : `\`${String(setting.default)}\``,
    ]);
    assert.deepEqual(Object.fromEntries(told), Object.fromEntries(shown));
  });

  it("tells what every code of a failure means, and of no other", async () => {
    const source = await readFile(path.join(root, "src/model/exportError.ts"), "utf8");
    const union = /export type ErrorCode =([^;]*);/.exec(source)?.[1] ?? "";
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code = ""]) => code);
    const told = rows.map(({ name }) => name).filter((name) => !name.includes("."));
    // What the person ended is never shown, so it has no row.
    assert.deepEqual(told.toSorted(), codes.filter((code) => code !== "cancelled").toSorted());
  });
});
