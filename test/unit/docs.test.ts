import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import ts from "typescript";
import * as v from "valibot";
import { errorCodes } from "../../src/model/exportError.ts";

const root = path.resolve(import.meta.dirname, "../..");
const read = (name: string): Promise<string> => readFile(path.join(root, name), "utf8");

/** The cells of every table row whose first cells match, without the code marks. */
function rowsOf(page: string, start: RegExp): string[][] {
  const lines = page.split("\n").filter((line) => start.test(line));
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

const settingSchema = v.looseObject({
  type: v.union([v.string(), v.array(v.string())]),
  pattern: v.optional(v.string()),
  scope: v.string(),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  enum: v.optional(v.array(v.string())),
});
const manifestSchema = v.looseObject({
  capabilities: v.looseObject({
    untrustedWorkspaces: v.looseObject({ restrictedConfigurations: v.array(v.string()) }),
  }),
  contributes: v.looseObject({
    commands: v.array(v.looseObject({ command: v.string(), title: v.string() })),
    configuration: v.looseObject({ properties: v.record(v.string(), settingSchema) }),
    keybindings: v.array(
      v.looseObject({ command: v.string(), key: v.optional(v.string()), mac: v.optional(v.string()) }),
    ),
  }),
});
const { contributes, capabilities } = v.parse(manifestSchema, JSON.parse(await read("package.json")));
const texts = v.parse(v.record(v.string(), v.string()), JSON.parse(await read("package.nls.json")));
const titleOf = (command: string): string => {
  const key = contributes.commands.find((entry) => entry.command === command)?.title ?? "";
  return texts[key.slice(1, -1)] ?? "";
};

describe("docs/errors.md", () => {
  it("explains every error code, and no other", async () => {
    const explained = rowsOf(await read("docs/errors.md"), /^\| `\w+` +\|/).map(([code = ""]) => code);
    assert.deepEqual(explained.toSorted(), errorCodes.toSorted());
  });

  it("names every field of an error's details", async () => {
    const page = await read("docs/errors.md");
    const unnamed = (await membersOf("src/model/exportError.ts", "ErrorDetails")).filter(
      (name) => !page.includes(`\`${name}\``) && !page.includes(`\`details.${name}\``),
    );
    assert.deepEqual(unnamed, []);
  });
});

describe("docs/security.md", () => {
  it("says who can set each setting, and to what, as the manifest does", async () => {
    const section = (await read("docs/security.md")).split("\n## ").find((part) => part.startsWith("Settings"));
    const rows = rowsOf(section ?? "", /^\| `[\w.]+` +\|/).map(([name, who, values]) => [name, who, values]);
    const restricted = new Set(capabilities.untrustedWorkspaces.restrictedConfigurations);
    const promised = Object.entries(contributes.configuration.properties).map(([id, setting]) => {
      const byWorkspace = restricted.has(id) ? "You, or a trusted workspace" : "You, or a workspace";
      const who = setting.scope === "machine" ? "You" : byWorkspace;
      return [id.replace("taskExports.", ""), who, valuesOf(setting)];
    });
    assert.deepEqual(rows, promised);
  });

  it("lets no workspace set what starts requests, deletes data or decides whom to trust", () => {
    for (const name of ["autoRefreshSeconds", "resumeByItself", "keepInterruptedDays", "network.caFile"]) {
      assert.equal(contributes.configuration.properties[`taskExports.${name}`]?.scope, "machine", name);
    }
    const open = Object.entries(contributes.configuration.properties).filter(([, { scope }]) => scope !== "machine");
    const known = ["machine-overridable", "window"];
    for (const [id, { scope }] of open) assert.ok(known.includes(scope), `${id} has a scope that this test knows`);
  });

  it("names tests that exist in its threat model", async () => {
    const section =
      (await read("docs/security.md")).split("\n## ").find((part) => part.startsWith("Threat model")) ?? "";
    const named = [...section.matchAll(/`((?:unit|integration|ui)\/[\w/*]+)`/g)].map(([, name = ""]) => name);
    assert.ok(named.length > 10);
    const missing = named.filter((name) => globSync(`test/${name}{,.test.ts}`, { cwd: root }).length === 0);
    assert.deepEqual(missing, []);
  });

  it("has bounds for each number", () => {
    for (const [id, { type, minimum, maximum }] of Object.entries(contributes.configuration.properties)) {
      if (type === "string" || type === "boolean") continue;
      assert.ok(minimum !== undefined && maximum !== undefined && minimum < maximum, id);
    }
  });
});

function valuesOf(setting: v.InferOutput<typeof settingSchema>): string {
  const { type, pattern, minimum = 0, maximum = 0, enum: choices } = setting;
  if (choices !== undefined) return choices.join(", ");
  if (type === "boolean") return "true, false";
  if (type === "string") return "Text";
  const numbers = `${minimum.toLocaleString("en")} to ${maximum.toLocaleString("en")}`;
  return pattern === undefined ? numbers : `${pattern.replaceAll(/[$^]/g, "")}, ${numbers}`;
}

describe("docs/commands.md", () => {
  it("lists every command with its title, and no other", async () => {
    const listed = rowsOf(await read("docs/commands.md"), /^\| [^|]+ \| `taskExports\.[\w.]+` +\|/);
    const commands = contributes.commands.map(({ command }) => [titleOf(command), command]);
    const pairs = new Set(listed.map(([title = "", id = ""]) => JSON.stringify([title, id])));
    assert.deepEqual([...pairs].toSorted(), commands.map((pair) => JSON.stringify(pair)).toSorted());
  });

  it("lists every keyboard shortcut", async () => {
    const [, shortcuts = ""] = (await read("docs/commands.md")).split("## Keyboard shortcuts");
    const listed = rowsOf(shortcuts, /^\| [^|]+ \| `taskExports\.[\w.]+` +\|/);
    const expected = [...new Set(contributes.keybindings.map(({ command }) => command))].map((command) => {
      const own = contributes.keybindings.filter((entry) => entry.command === command);
      const keys = own.flatMap(({ key }) => key ?? []);
      return [titleOf(command), command, keys.join(", "), own.flatMap(({ key, mac }) => mac ?? key ?? []).join(", ")];
    });
    assert.deepEqual(listed, expected);
  });
});

describe("docs/accessibility.md", () => {
  it("says of every command how it is used with the keyboard, and of no other", async () => {
    const listed = rowsOf(await read("docs/accessibility.md"), /^\| [^|]+ \| `taskExports\.[\w.]+` +\|/);
    const commands = contributes.commands.map(({ command }) => [titleOf(command), command]);
    assert.deepEqual(
      listed.map(([title, id]) => [title, id]),
      commands,
    );
    for (const [title = "", , , use = ""] of listed) assert.notEqual(use, "", title);
  });

  it("names tests that exist", async () => {
    const named = (await read("docs/accessibility.md")).match(/(?<=`)test\/[\w/.]+(?=`)/g) ?? [];
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((name) => !existsSync(path.join(root, name))),
      [],
    );
  });
});

describe("docs/api.md", () => {
  it("describes every member of the API", async () => {
    const page = await read("docs/api.md");
    const members = await membersOf("src/model/contract.ts", "TaskExportsApi");
    assert.ok(members.length > 5);
    assert.deepEqual(
      members.filter((name) => !new RegExp(`\`${name}\\b`).test(page)),
      [],
    );
  });

  it("names every type of the API", async () => {
    const page = await read("docs/api.md");
    const source = await read("src/model/contract.ts");
    const types = [...source.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
    assert.deepEqual(
      types.filter((name) => !page.includes(name)),
      [],
    );
  });
});

describe("The documentation", () => {
  const pages = globSync(["*.md", "docs/**/*.md", "sandbox/**/*.md"], { cwd: root });

  for (const page of pages) {
    it(`links from ${page} only to files and headings that exist`, async () => {
      const text = (await read(page)).replaceAll(/`[^`\n]*`/g, "");
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
      const broken: string[] = [];
      for (const target of links.filter((link) => !/^[a-z]+:/.test(link))) {
        const [file = "", heading] = target.split("#");
        const linked = file === "" ? page : path.join(path.dirname(page), file);
        if (!existsSync(path.join(root, linked))) broken.push(target);
        else if (heading !== undefined && !headingsOf(await read(linked)).includes(heading)) broken.push(target);
      }
      assert.deepEqual(broken, []);
    });

    it(`has no line over 160 characters in ${page}, except in tables`, async () => {
      const lines = (await read(page)).split("\n");
      assert.deepEqual(
        lines.filter((line) => line.length > 160 && !line.startsWith("|")),
        [],
      );
    });
  }
});

/** The anchors that GitHub and VS Code give to headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The names of the members of an interface. */
async function membersOf(file: string, name: string): Promise<string[]> {
  const source = ts.createSourceFile(file, await read(file), ts.ScriptTarget.ES2023, true);
  const declaration = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (declaration === undefined || !ts.isInterfaceDeclaration(declaration)) return [];
  return declaration.members.map((member) => member.name?.getText(source) ?? "");
}
