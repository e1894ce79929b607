import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * The house's one-way street: extension → vscode → download | table | services → http → model.
 * Each room lists what it may not import; `vscode` itself is for the edge only.
 */
const rooms = {
  model: ["http", "services", "download", "format", "table", "vscode", "webview"],
  http: ["services", "download", "format", "table", "vscode", "webview"],
  services: ["download", "format", "table", "vscode", "webview"],
  download: ["services", "format", "table", "vscode", "webview"],
  format: ["http", "services", "download", "table", "vscode", "webview"],
  table: ["http", "services", "download", "format", "vscode", "webview"],
  webview: ["model", "http", "services", "download", "format", "vscode"],
};

const importZones = Object.entries(rooms).map(([room, forbidden]) => ({
  target: `./src/${room}`,
  from: [...forbidden.map((name) => `./src/${name}`), "./src/extension.ts", "./src/api.ts"],
  message: "Imports go one way: extension → vscode → download | table | services → http → model.",
}));

/**
 * Inside `download/`, arrows point down this list, and what is at the top of the room imports all of it:
 * transfer → part → digest | place → errors.
 */
const foldersAbove = {
  part: ["transfer"],
  digest: ["transfer", "part", "place"],
  place: ["transfer", "part", "digest"],
  errors: ["transfer", "part", "digest", "place"],
};

const downloadMessage = "Inside download, imports go: top level → transfer → part → digest | place → errors.";
const downloadZones = [
  ...["transfer", ...Object.keys(foldersAbove)].map((folder) => ({
    target: `./src/download/${folder}`,
    from: ["./src/download/*.ts"],
    message: downloadMessage,
  })),
  ...Object.entries(foldersAbove).map(([folder, above]) => ({
    target: `./src/download/${folder}`,
    from: above.map((name) => `./src/download/${name}`),
    message: downloadMessage,
  })),
];

/** The grid's state knows nothing that paints, so that it is tested without a browser. */
const painted = [
  "columns",
  "detail",
  "find",
  "footer",
  "goto",
  "grid",
  "menus",
  "screen",
  "scroll",
  "selection",
  "states",
];
const webviewZone = {
  target: "./src/webview/table/state",
  from: painted.map((folder) => `./src/webview/table/${folder}`),
  message: "src/webview/table/state is imported by what paints, never the other way round.",
};

const notBelowTheEdge = { name: "vscode", message: "Only src/vscode, src/extension.ts and src/api.ts know VS Code." };
const undiciElsewhere = { group: ["undici", "undici/*"], message: "Only src/http knows the HTTP client." };
/** Loading it makes Node load its own undici, which sets the global dispatcher that the host's `fetch` reads. */
const nodeHttp = { regex: "^(node:)?https?$", message: "Use src/http." };

export default tseslint.config(
  // The scanner's source is AssemblyScript, which has another type system; its own compiler checks it.
  { ignores: ["dist/", "out/", "node_modules/", "tools/", "src/table/scan/assembly/"] },
  {
    files: ["**/*.ts", "**/*.mjs"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // `() => call()` where nothing is returned reads better than three lines around one call.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones: [...importZones, ...downloadZones, webviewZone] }],
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
    rules: { "no-restricted-imports": ["error", { patterns: [undiciElsewhere, nodeHttp] }] },
  },
  {
    files: ["src/{model,services,download,format,table,webview}/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: [notBelowTheEdge], patterns: [undiciElsewhere, nodeHttp] }] },
  },
  {
    files: ["src/http/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: [notBelowTheEdge], patterns: [nodeHttp] }] },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/vscode/commandRegistry.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "commands", property: "registerCommand", message: "Register through src/vscode/commandRegistry.ts." },
        { property: "registerCommand", message: "Register through src/vscode/commandRegistry.ts." },
      ],
    },
  },
  {
    // A test file is a list of statements about behaviour; its describe() callback is as long as that list.
    files: ["test/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      // node:test answers promises that its own runner awaits.
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
    // Programs that a person runs in a terminal speak through the console.
    files: ["scripts/**", "sandbox/**", "bench/**", "*.mjs"],
    rules: { "no-console": "off" },
  },
);
