import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import * as v from "valibot";
import { packageName, packageTargets } from "../../scripts/packaging/packageTargets.ts";

const root = path.resolve(import.meta.dirname, "../..");
const readme = await readFile(path.join(root, "README.md"), "utf8");

const manifestSchema = v.looseObject({
  version: v.string(),
  scripts: v.record(v.string(), v.string()),
  contributes: v.looseObject({
    configuration: v.looseObject({ properties: v.record(v.string(), v.looseObject({ default: v.unknown() })) }),
  }),
});
const manifest = v.parse(manifestSchema, JSON.parse(await readFile(path.join(root, "package.json"), "utf8")));

describe("The README", () => {
  it("lists every setting with its default, and no other", () => {
    const rows = [...readme.matchAll(/^\| `(taskExports\.[\w.]+)` +\| (.+?) +\|/gm)];
    const listed = Object.fromEntries(rows.map(([, name = "", shown = ""]) => [name, shown]));
    const settings = Object.entries(manifest.contributes.configuration.properties).map(([name, setting]) => [
      name,
      setting.default === "" ? "empty" : `\`${String(setting.default)}\``,
    ]);
    assert.deepEqual(listed, Object.fromEntries(settings));
  });

  it("shows each picture of media/readme, and no other", async () => {
    const shown = [...readme.matchAll(/!\[[^\]]+\]\(media\/readme\/([\w.-]+)\)/g)].map(([, name = ""]) => name);
    assert.deepEqual(shown.toSorted(), (await readdir(path.join(root, "media/readme"))).toSorted());
    assert.equal(readme.match(/!\[/g)?.length, shown.length);
  });

  it("names each package of the current version, and no other", () => {
    const named = [...readme.matchAll(/`(task-exports-[\w.-]*)\.vsix`/g)].map(([, name]) => name);
    const packages = packageTargets.map((target) => packageName(target, manifest.version));
    assert.deepEqual([...new Set(named)].toSorted(), packages.toSorted());
  });

  it("shows only commands that package.json has, `npm start` and `npm test` among them", () => {
    const commands = [...readme.matchAll(/\bnpm (?:run )?([\w:]+)/g)].map(([, name = ""]) => name);
    const known = Object.keys(manifest.scripts);
    assert.deepEqual(
      commands.filter((name) => !known.includes(name)),
      [],
    );
    for (const name of ["start", "test"]) assert.match(readme, new RegExp(`^npm ${name}$`, "m"));
  });

  it("explains how to install before how to develop", () => {
    const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    assert.deepEqual([headings[0], headings.at(-1)], ["Install", "Development"]);
  });
});
