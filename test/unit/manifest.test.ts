import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import ts from "typescript";
import * as v from "valibot";
import { contextKeys, editorIds, viewIds } from "../../src/vscode/ids.ts";
import { defined } from "../../src/model/defined.ts";

const openAsTable = "taskExports.openAsTable";
const root = path.resolve(import.meta.dirname, "../..");

const setting = v.looseObject({
  type: v.string(),
  default: v.unknown(),
  minimum: v.optional(v.number()),
  maximum: v.optional(v.number()),
  enum: v.optional(v.array(v.string())),
  enumDescriptions: v.optional(v.array(v.string())),
  scope: v.string(),
  description: v.string(),
});
const menuItem = v.looseObject({ command: v.string(), when: v.optional(v.string()) });
const step = v.looseObject({
  description: v.string(),
  /** A picture as `svg` takes the theme's colours; as `image` it does not. */
  media: v.looseObject({ svg: v.optional(v.string()), image: v.optional(v.string()) }),
  completionEvents: v.array(v.string()),
});
const manifestSchema = v.looseObject({
  name: v.string(),
  publisher: v.string(),
  main: v.string(),
  icon: v.string(),
  license: v.string(),
  engines: v.looseObject({ vscode: v.string() }),
  extensionKind: v.array(v.string()),
  capabilities: v.looseObject({
    untrustedWorkspaces: v.looseObject({ supported: v.string(), restrictedConfigurations: v.array(v.string()) }),
    virtualWorkspaces: v.looseObject({ supported: v.string() }),
  }),
  contributes: v.looseObject({
    commands: v.array(
      v.looseObject({
        command: v.string(),
        title: v.string(),
        category: v.string(),
        enablement: v.optional(v.string()),
      }),
    ),
    customEditors: v.array(
      v.looseObject({
        viewType: v.string(),
        displayName: v.string(),
        priority: v.string(),
        selector: v.array(v.looseObject({ filenamePattern: v.string() })),
      }),
    ),
    keybindings: v.array(v.looseObject({ command: v.string(), when: v.string() })),
    configuration: v.looseObject({ properties: v.record(v.string(), setting) }),
    menus: v.record(v.string(), v.array(menuItem)),
    views: v.record(v.string(), v.array(v.looseObject({ id: v.string(), icon: v.string() }))),
    viewsContainers: v.record(v.string(), v.array(v.looseObject({ id: v.string(), icon: v.string() }))),
    viewsWelcome: v.array(v.looseObject({ view: v.string(), contents: v.string(), when: v.string() })),
    walkthroughs: v.array(v.looseObject({ id: v.string(), steps: v.array(step) })),
  }),
});

const manifest = v.parse(manifestSchema, JSON.parse(await readFile(path.join(root, "package.json"), "utf8")));
const texts = v.parse(
  v.record(v.string(), v.string()),
  JSON.parse(await readFile(path.join(root, "package.nls.json"), "utf8")),
);
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);
const settings = contributes.configuration.properties;

/** The contract's commands and titles, without those that are left out until they work. */
const promisedCommands: Readonly<Record<string, string>> = {
  downloadTaskExport: "Download Task Export",
  copyDownloadUrl: "Copy Download URL",
  addAccount: "Add Account…",
  replaceCredentials: "Replace Credentials…",
  verifyAccount: "Verify Account",
  renameAccount: "Rename Account…",
  removeAccount: "Remove Account",
  cancelDownload: "Cancel Download",
  pauseDownload: "Pause Download",
  resumeDownload: "Resume Download",
  refresh: "Refresh Tasks",
  loadMore: "Load More Tasks",
  filterTasks: "Filter Tasks…",
  openExport: "Open Export",
  openExportBeside: "Open Export to the Side",
  saveExportAs: "Save Export As…",
  revealExport: "Reveal Export",
  deleteExport: "Delete Downloaded Export",
  showLog: "Show Log",
};

/** The contract's settings; those with a value have it as their default. */
const promisedSettings: Readonly<Record<string, number | undefined>> = {
  downloadFolder: undefined,
  fileNameTemplate: undefined,
  fileExists: undefined,
  openWith: undefined,
  openBeside: undefined,
  autoRefreshSeconds: undefined,
  notifyWhenDone: undefined,
  maxParallelDownloads: undefined,
  "network.connectTimeoutSeconds": 15,
  "network.stallTimeoutSeconds": 30,
  "network.retryBudgetSeconds": 120,
  "network.slowestKibPerSecond": 8,
  "network.caFile": undefined,
};

async function sourceOf(file: string): Promise<ts.SourceFile> {
  return ts.createSourceFile(file, await readFile(path.join(root, file), "utf8"), ts.ScriptTarget.ES2023, true);
}

/** The commands that the code has: `CommandMap` is a type, and leaving one of them out does not compile. */
async function commandsInCode(): Promise<string[]> {
  const source = await sourceOf("src/vscode/ids.ts");
  const map = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "CommandMap");
  assert.ok(map !== undefined && ts.isInterfaceDeclaration(map));
  return map.members.map(({ name }) => nameOf(name));
}

/** What the code accepts as a setting, in the manifest's words. The file imports `vscode`, so it is read, not run. */
async function settingsInCode(): Promise<Record<string, object>> {
  const source = await sourceOf("src/vscode/settings.ts");
  const declarations = source.statements
    .filter((node) => ts.isVariableStatement(node))
    .flatMap((node) => [...node.declarationList.declarations]);
  const rules = declarations.find(({ name }) => ts.isIdentifier(name) && name.text === "settingRules")?.initializer;
  assert.ok(rules !== undefined && ts.isObjectLiteralExpression(rules));
  return Object.fromEntries(
    rules.properties.map((rule) => {
      assert.ok(ts.isPropertyAssignment(rule) && ts.isCallExpression(rule.initializer));
      const { expression, arguments: values } = rule.initializer;
      return [`taskExports.${nameOf(rule.name)}`, inManifestWords(expression.getText(), values.map(valueOf))];
    }),
  );
}

function inManifestWords(rule: string, values: unknown[]): object {
  switch (rule) {
    case "text":
      return { type: "string", default: values[0] };
    case "flag":
      return { type: "boolean", default: values[0] };
    case "number":
      return { type: "number", default: values[0], minimum: values[1], maximum: values[2] };
    case "oneOf":
      return { type: "string", enum: values[0], default: values[1] };
    default:
      return assert.fail(`settings.ts has a rule that this test does not know: ${rule}`);
  }
}

function nameOf(name: ts.PropertyName | undefined): string {
  assert.ok(name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)));
  return name.text;
}

function valueOf(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
    return node.kind === ts.SyntaxKind.TrueKeyword;
  return assert.fail(`settings.ts has a value that this test cannot read: ${node.getText()}`);
}

/** A text of the manifest as a person reads it. */
function shown(text: string): string {
  return text.replace(/^%(.*)%$/, (_, key: string) => texts[key] ?? assert.fail(`package.nls.json lacks ${key}`));
}

function ownNamesIn(text: string): string[] {
  return text.match(/taskExports\.[\w.]*\w/g) ?? [];
}

describe("The manifest", () => {
  it("has the identity that others rely on", () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, "task-exports.task-exports");
    assert.equal(manifest.main, "./dist/extension.js");
    assert.equal(manifest.engines.vscode, "^1.105.0");
    assert.equal(manifest.license, "MIT");
    assert.deepEqual(manifest.extensionKind, ["workspace", "ui"]);
  });

  it("contributes exactly the commands that the code has", async () => {
    assert.deepEqual(contributed.toSorted(), (await commandsInCode()).toSorted());
  });

  it("contributes the contract's commands under their titles, all in one category", () => {
    const titles = Object.fromEntries(contributes.commands.map(({ command, title }) => [command, shown(title)]));
    for (const [name, title] of Object.entries(promisedCommands)) assert.equal(titles[`taskExports.${name}`], title);
    assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(["Task Exports"]));
  });

  it("contributes exactly the settings that the code reads, with its defaults, bounds and choices", async () => {
    const declared = Object.entries(settings).map(
      ([name, { type, default: fallback, minimum, maximum, enum: choices }]) => {
        const bounds = { ...defined({ minimum }), ...defined({ maximum }) };
        const known = { type: type === "integer" ? "number" : type, default: fallback, ...bounds };
        return [name, choices === undefined ? known : { ...known, enum: choices }] as const;
      },
    );
    assert.deepEqual(Object.fromEntries(declared), await settingsInCode());
  });

  it("contributes the contract's settings with its defaults", () => {
    for (const [name, fallback] of Object.entries(promisedSettings)) {
      const found = settings[`taskExports.${name}`];
      assert.ok(found, `taskExports.${name}`);
      if (fallback !== undefined) assert.equal(found.default, fallback);
      // Timeouts below a second are useful on a fast line and in tests.
      if (name.endsWith("Seconds")) assert.equal(found.type, "number");
    }
  });

  it("describes each choice of a setting", () => {
    for (const { enum: choices, enumDescriptions } of Object.values(settings)) {
      assert.equal(enumDescriptions?.length, choices?.length);
    }
  });

  it("begins every id with taskExports", () => {
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    const walkthroughs = contributes.walkthroughs.map(({ id }) => id);
    for (const id of [...contributed, ...Object.keys(settings), ...views, ...walkthroughs])
      assert.match(id, /^taskExports\.\w/);
    assert.deepEqual(views, Object.values(viewIds));
  });

  it("uses in menus, conditions and links only commands, views and context keys that are there", () => {
    const known = new Set([
      ...contributed,
      ...Object.values(viewIds),
      ...Object.values(editorIds),
      ...Object.values(contextKeys),
      `${viewIds.tasks}.focus`,
    ]);
    const steps = contributes.walkthroughs.flatMap(({ id, steps: all }) => {
      known.add(id);
      return all;
    });
    const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    const used = [
      ...contributes.commands.flatMap(({ enablement = "" }) => ownNamesIn(enablement)),
      ...items.flatMap(({ command, when = "" }) => [command, ...ownNamesIn(when)]),
      ...contributes.viewsWelcome.flatMap(({ view, when, contents }) => [
        view,
        ...ownNamesIn(when),
        ...ownNamesIn(decodeURIComponent(shown(contents))),
      ]),
      ...steps.flatMap(({ description, completionEvents }) =>
        ownNamesIn([shown(description), ...completionEvents].join(" ")),
      ),
    ];
    assert.deepEqual(
      used.filter((name) => !known.has(name)),
      [],
    );
    assert.ok(used.length > contributed.length);
  });

  it("offers the table for the kinds of file that hold one, and takes no file from another editor", () => {
    const [table, ...others] = contributes.customEditors;
    assert.deepEqual(others, []);
    assert.equal(table?.viewType, editorIds.table);
    assert.equal(table.priority, "option");
    assert.deepEqual(
      table.selector.map(({ filenamePattern }) => filenamePattern),
      ["*.csv", "*.tsv", "*.json", "*.jsonl", "*.ndjson"],
    );
    assert.notEqual(shown(table.displayName), "");
  });

  it("offers a table's commands and keys only while a table is the active editor", () => {
    const isTables = ({ command }: { command: string }): boolean => command.startsWith(`${editorIds.table}.`);
    const condition = `activeCustomEditorId == '${editorIds.table}'`;
    const commands = contributes.commands.filter(isTables);
    const palette = new Map((contributes.menus["commandPalette"] ?? []).map(({ command, when }) => [command, when]));
    assert.ok(commands.length > 0);
    for (const { command, enablement } of commands) {
      assert.equal(enablement, condition, command);
      assert.equal(palette.get(command), condition, command);
    }
    const elsewhere = ["editor/title"].flatMap((menu) => contributes.menus[menu] ?? []);
    const bound = [...contributes.keybindings, ...elsewhere].filter(({ command }) => command !== openAsTable);
    assert.ok(bound.length > 0 && bound.every(isTables));
    for (const { command, when } of bound) assert.equal(when, condition, command);
  });

  it("offers Open as Table for every kind of file that opens as one, where VS Code offers to open files", () => {
    const suffixes = contributes.customEditors.flatMap(({ selector }) =>
      selector.map(({ filenamePattern }) => filenamePattern.slice(1)),
    );
    for (const menu of ["editor/title", "editor/title/context", "explorer/context"]) {
      const entry = contributes.menus[menu]?.find(({ command }) => command === openAsTable);
      const pattern = /resourceExtname =~ \/(.*)\/i/.exec(entry?.when ?? "")?.[1];
      assert.ok(pattern !== undefined, menu);
      for (const suffix of suffixes) assert.match(suffix.toUpperCase(), new RegExp(pattern, "i"), menu);
      assert.doesNotMatch(".exe", new RegExp(pattern, "i"));
    }
  });

  it("offers commands in the palette only while they can do something", () => {
    const palette = new Map((contributes.menus["commandPalette"] ?? []).map(({ command, when }) => [command, when]));
    const always = ["downloadTaskExport", "addAccount", "showLog", "clearInterrupted"].map((id) => `taskExports.${id}`);
    const unconditional = contributes.commands
      .map(({ command }) => command)
      .filter((id) => palette.get(id) === undefined);
    assert.deepEqual(unconditional.sort(), always.sort());
    const known = new Set<string>([
      ...Object.values(contextKeys),
      "activeCustomEditorId",
      "resourceExtname",
      editorIds.table,
    ]);
    for (const [command, when = ""] of palette) {
      for (const [key] of when.matchAll(/\b(taskExports\.\w+|resource\w+|active\w+)\b/g))
        assert.ok(known.has(key), `${command}: ${key}`);
    }
  });

  it("shows icons and pictures that exist", () => {
    const icons = [...Object.values(contributes.views), ...Object.values(contributes.viewsContainers)]
      .flat()
      .map(({ icon }) => icon);
    const pictures = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map(({ media }) => media.svg ?? media.image ?? "(a picture)"),
    );
    const missing = [manifest.icon, ...icons, ...pictures].filter((file) => !existsSync(path.join(root, file)));
    assert.deepEqual(missing, []);
  });

  it("lets VS Code derive when to activate, and starts nothing by itself", () =>
    assert.equal("activationEvents" in manifest, false));

  it("keeps an untrusted workspace from choosing where exports go and whom to trust", () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, "limited");
    assert.equal(virtualWorkspaces.supported, "limited");
    const restricted = untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(
      restricted.filter((name) => !(name in settings)),
      [],
    );
    for (const name of ["downloadFolder", "fileNameTemplate", "network.caFile"]) {
      assert.ok(restricted.includes(`taskExports.${name}`), name);
    }
  });

  it("invents no repository, home page or address for bugs", () => {
    for (const field of ["repository", "homepage", "bugs", "badges", "qna", "sponsor"])
      assert.equal(field in manifest, false, field);
  });
});
