import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import { plainSurfaces } from "../../../../scripts/lint/plainSurfaces.ts";

const linter = new Linter();

/** What the rule says about a file. */
function complaints(code: string, filename = "src/vscode/commands/some.ts"): string[] {
  const config = {
    files: ["**/*.ts"],
    plugins: { project: { rules: { "plain-surfaces": plainSurfaces } } },
    languageOptions: { parser: tseslint.parser },
    rules: { "project/plain-surfaces": "error" },
  } as const satisfies Linter.Config;
  return linter.verify(code, [config], { filename }).map(({ message }) => message);
}

const direct = (name: string): string[] => [`Text can come from outside. Use src/vscode/surfaces instead of ${name}.`];

describe("the lint rule for VS Code's surfaces", () => {
  it("rejects calls of VS Code's functions that show text", () => {
    for (const name of ["showErrorMessage", "withProgress", "createQuickPick", "showInputBox", "createTerminal"]) {
      assert.deepEqual(complaints(`import * as vscode from "vscode";\nvscode.window.${name}("text");`), direct(name));
    }
    assert.deepEqual(
      complaints(`import * as vscode from "vscode";\nnew vscode.MarkdownString("text");`),
      direct("MarkdownString"),
    );
  });

  it("recognizes these functions under other names", () => {
    for (const code of [
      `import { window } from "vscode";\nconst show = window.showErrorMessage;`,
      `import * as code from "vscode";\nconst { showErrorMessage: show } = code.window;`,
      `import * as vscode from "vscode";\nvscode.window["showErrorMessage"]("text");`,
      `import * as vscode from "vscode";\nvscode?.window?.showErrorMessage("text");`,
    ]) {
      assert.deepEqual(complaints(code), direct("showErrorMessage"), code);
    }
    assert.deepEqual(complaints(`import { MarkdownString } from "vscode";`), direct("MarkdownString"));
  });

  it("accepts types, other functions, and the module that makes text plain", () => {
    const code = `import type * as vscode from "vscode";\nlet text: vscode.MarkdownString | undefined;`;
    assert.deepEqual(complaints(code), []);
    assert.deepEqual(complaints(`import * as vscode from "vscode";\nvscode.window.showSaveDialog();`), []);
    const own = `import * as vscode from "vscode";\nvscode.window.showErrorMessage("text");`;
    assert.deepEqual(complaints(own, "src/vscode/surfaces/surfaces.ts"), []);
  });
});
