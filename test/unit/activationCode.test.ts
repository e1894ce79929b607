import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { build, type Metafile } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** The files in the bundle that VS Code loads to activate the extension. */
async function activationSources(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path.join(root, "src/extension.ts")],
    outdir: path.join(root, "unused"),
    absWorkingDir: root,
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    external: ["vscode"],
  });
  const [, activated] =
    Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === "src/extension.ts") ?? [];
  assert.ok(activated !== undefined);
  // Other parts are loaded with it only if they are imported by statements.
  const files = [activated, ...activated.imports.flatMap((one) => sharedPart(metafile.outputs, one))];
  return files.flatMap(({ inputs }) => Object.keys(inputs));
}

type Outputs = Metafile["outputs"];

function sharedPart(outputs: Outputs, { kind, path: file }: { kind: string; path: string }): Outputs[string][] {
  const part = outputs[file];
  return kind === "import-statement" && part !== undefined ? [part] : [];
}

const sources = await activationSources();

describe("The code that VS Code loads to activate the extension", () => {
  const laterParts = [
    ["the HTTP library, which is loaded with the first request", "node_modules/undici/"],
    ["the commands, which are loaded with the first that runs", "src/vscode/commands/"],
    ["what moves bytes, which is loaded with the first download", "src/download/transfer/transfer.ts"],
    ["open files, which are loaded with the first table", "src/table/file/"],
    ["what opens links, which is loaded with the first link", "src/vscode/links/linkHandler.ts"],
    ["what builds do, which is loaded with the first one", "src/vscode/builds/exportBuild.ts"],
    ["the tools, which are loaded when a language model uses one", "src/vscode/tools/runTool.ts"],
    ["the table editor, which is loaded with the first table", "src/vscode/tableEditor/tableEditors.ts"],
  ] as const;
  for (const [what, place] of laterParts) {
    it(`doesn't contain ${what}`, () => {
      assert.ok(sources.includes("src/extension.ts"));
      assert.deepEqual(
        sources.filter((file) => file.includes(place)),
        [],
      );
    });
  }
});
