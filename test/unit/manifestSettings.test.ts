import assert from "node:assert/strict";
import { describe, it } from "node:test";
import ts from "typescript";
import { defined } from "../../src/model/defined.ts";
import { nameOf, settings, sourceOf } from "./manifestFile.ts";

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
  keepExportsDays: 0,
  "network.connectTimeoutSeconds": 15,
  "network.stallTimeoutSeconds": 30,
  "network.retryBudgetSeconds": 120,
  "network.slowestKibPerSecond": 8,
  "network.caFile": undefined,
  "query.memoryLimitMiB": 1024,
  "query.cacheLimitMiB": 4096,
  "query.maxRows": 100_000,
};

/** What the code accepts as a setting, in the manifest's words. */
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
    case "wholeOrAuto":
      return { type: ["string", "integer"], default: values[0], minimum: values[1], maximum: values[2] };
    case "oneOf":
      return { type: "string", enum: values[0], default: values[1] };
    default:
      return assert.fail(`settings.ts has a rule that this test does not know: ${rule}`);
  }
}

function valueOf(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
    return node.kind === ts.SyntaxKind.TrueKeyword;
  return assert.fail(`settings.ts has a value that this test cannot read: ${node.getText()}`);
}

describe("The settings of the manifest", () => {
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
});
