import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { importZones } from "./scripts/lint/importZones.ts";
import { noImportCycle } from "./scripts/lint/noImportCycle.ts";
import { plainSurfaces } from "./scripts/lint/plainSurfaces.ts";

const notBelowTheEdge = {
  name: "vscode",
  message: "Only src/vscode, src/extension.ts and src/api.ts may import vscode.",
};
/** Node's option `recursive` follows links that anyone can put into the download folder. */
const ownFolders = {
  name: "node:fs/promises",
  importNames: ["mkdir"],
  message: "Create folders with makeFolder in src/disk/folders.ts, which follows no links.",
};
const undiciElsewhere = { group: ["undici", "undici/*"], message: "Only src/http may import the HTTP client." };
/** Loading it makes Node load its own undici, which sets the global dispatcher that the host's `fetch` reads. */
const nodeHttp = { regex: "^(node:)?https?$", message: "Use src/http." };

export default tseslint.config(
  // The scanner is written in AssemblyScript, which has its own types and compiler.
  { ignores: ["dist/", "out/", "node_modules/", "tools/*/", "src/table/scan/assembly/"] },
  {
    files: ["**/*.ts", "**/*.mjs"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: {
      "import-x": importX,
      project: { rules: { "no-import-cycle": noImportCycle, "plain-surfaces": plainSurfaces } },
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // Allows `() => call()` for a call that returns nothing.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "project/no-import-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones: importZones }],
      eqeqeq: "error",
      "max-lines": ["error", { max: 350, skipBlankLines: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
    },
    settings: { "import-x/resolver-next": [importX.createNodeResolver({ extensions: [".ts", ".mjs"] })] },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/http/**"],
    rules: { "no-restricted-imports": ["error", { paths: [ownFolders], patterns: [undiciElsewhere, nodeHttp] }] },
  },
  {
    files: ["src/{channel,model,disk,services,download,format,table,webview}/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { paths: [notBelowTheEdge, ownFolders], patterns: [undiciElsewhere, nodeHttp] },
      ],
    },
  },
  {
    files: ["src/http/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: [notBelowTheEdge, ownFolders], patterns: [nodeHttp] }] },
  },
  {
    files: ["src/disk/folders.ts"],
    rules: { "no-restricted-imports": ["error", { paths: [notBelowTheEdge], patterns: [undiciElsewhere, nodeHttp] }] },
  },
  { files: ["src/**/*.ts"], rules: { "project/plain-surfaces": "error" } },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/vscode/registerCommands.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "commands",
          property: "registerCommand",
          message: "Register through src/vscode/registerCommands.ts.",
        },
        { property: "registerCommand", message: "Register through src/vscode/registerCommands.ts." },
      ],
    },
  },
  {
    // A test file is a list of tests, and its describe() callback is as long as the list.
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      // node:test returns promises that its runner awaits.
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "describe", "it", "suite"] },
          ],
        },
      ],
    },
  },
  { files: ["**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
  {
    // Programs that are run in a terminal write to the console.
    files: ["scripts/**", "sandbox/**", "bench/**", "workbench/**", "tools/**", "*.mjs"],
    rules: { "no-console": "off" },
  },
);
