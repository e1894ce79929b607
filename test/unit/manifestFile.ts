import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import * as v from "valibot";

export const root = path.resolve(import.meta.dirname, "../..");

const setting = v.looseObject({
  type: v.union([v.string(), v.array(v.string())]),
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
  devDependencies: v.record(v.string(), v.string()),
  name: v.string(),
  publisher: v.string(),
  main: v.string(),
  icon: v.string(),
  license: v.string(),
  engines: v.looseObject({ vscode: v.string() }),
  extensionKind: v.array(v.string()),
  activationEvents: v.array(v.string()),
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

export const manifest = v.parse(manifestSchema, JSON.parse(await readFile(path.join(root, "package.json"), "utf8")));
const texts = v.parse(
  v.record(v.string(), v.string()),
  JSON.parse(await readFile(path.join(root, "package.nls.json"), "utf8")),
);
export const { contributes } = manifest;
export const contributed = contributes.commands.map(({ command }) => command);
export const settings = contributes.configuration.properties;

/** A text of the manifest as a person reads it. */
export function shown(text: string): string {
  return text.replace(/^%(.*)%$/, (_, key: string) => texts[key] ?? assert.fail(`package.nls.json lacks ${key}`));
}

/** A source file of the project. Those that import `vscode` can be read, but not run. */
export async function sourceOf(file: string): Promise<ts.SourceFile> {
  return ts.createSourceFile(file, await readFile(path.join(root, file), "utf8"), ts.ScriptTarget.ES2023, true);
}

/** The name of a property in a source file. */
export function nameOf(name: ts.PropertyName | undefined): string {
  assert.ok(name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)));
  return name.text;
}
