import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { noImportCycle } from "../../../../scripts/lint/noImportCycle.ts";

describe("the lint rule against import cycles", () => {
  let folder: string;
  let eslint: ESLint;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-lint-"));
    eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: {
        files: ["**/*.ts"],
        plugins: { project: { rules: { "no-import-cycle": noImportCycle } } },
        languageOptions: { parser: tseslint.parser },
        rules: { "project/no-import-cycle": "error" },
      },
    });
  });
  after(() => rm(folder, { recursive: true }));

  /** What the rule says of `one.ts` when the folder holds these files. */
  async function complaints(files: Readonly<Record<string, string>>): Promise<string[]> {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    const [result] = await eslint.lintFiles(["one.ts"]);
    return result?.messages.map(({ line, message }) => `${line}: ${message}`) ?? [];
  }

  it("accepts imports without a cycle", async () => {
    const files = { "one.ts": `import "./two.ts";\n`, "two.ts": `import "./three.ts";\n`, "three.ts": "" };
    assert.deepEqual(await complaints(files), []);
  });

  it("names the files of the cycle", async () => {
    const files = { "one.ts": `\nimport "./two.ts";\n`, "two.ts": `export * from "./three.ts";\n` };
    assert.deepEqual(await complaints({ ...files, "three.ts": `import "./one.ts";\n` }), [
      "2: This import leads back here: one.ts → two.ts → three.ts → one.ts.",
    ]);
  });

  it("counts imports of types", async () => {
    const files = {
      "one.ts": `import type { Two } from "./two.ts";\n`,
      "two.ts": `import { type One } from "./one.ts";\n`,
    };
    assert.deepEqual(await complaints(files), ["1: This import leads back here: one.ts → two.ts → one.ts."]);
  });

  it("counts dynamic imports", async () => {
    const files = { "one.ts": `export const two = () => import("./two.ts");\n`, "two.ts": `import "./one.ts";\n` };
    assert.deepEqual(await complaints(files), ["1: This import leads back here: one.ts → two.ts → one.ts."]);
  });

  it("accepts an import of a file that is in a cycle of other files", async () => {
    const files = {
      "one.ts": `import "./two.ts";\n`,
      "two.ts": `import "./three.ts";\n`,
      "three.ts": `import "./two.ts";\n`,
    };
    assert.deepEqual(await complaints(files), []);
  });
});
