/** Files (`target`) that must not import others (`from`), as in import-x/no-restricted-paths. */
interface Zone {
  target: string | string[];
  from: string | string[];
  except?: string[];
  message: string;
}

/** What each folder of src must not import. Another rule allows `vscode` only at the edge. */
const forbiddenImports = {
  channel: ["model", "disk", "http", "services", "download", "format", "table", "query", "vscode", "webview"],
  model: ["channel", "disk", "http", "services", "download", "format", "table", "query", "vscode", "webview"],
  disk: ["channel", "http", "services", "download", "format", "table", "query", "vscode", "webview"],
  http: ["disk", "services", "download", "format", "table", "query", "vscode", "webview"],
  services: ["disk", "download", "format", "table", "query", "vscode", "webview"],
  download: ["services", "format", "table", "query", "vscode", "webview"],
  format: ["http", "services", "download", "table", "query", "vscode", "webview"],
  table: ["http", "services", "download", "format", "query", "vscode", "webview"],
  query: ["http", "services", "download", "format", "vscode", "webview"],
  webview: ["disk", "http", "services", "download", "format", "query", "vscode"],
};

const sourceZones = Object.entries(forbiddenImports).map(([folder, forbidden]) => ({
  target: `./src/${folder}`,
  from: [...forbidden.map((name) => `./src/${name}`), "./src/extension.ts", "./src/api.ts"],
  message:
    "Imports go one way: extension → vscode → query → table, vscode → download | format | services → http | disk → model | channel.",
}));

/** Zones for folders that may only import folders before them. */
function oneWay(base: string, folders: readonly string[]): Zone[] {
  return folders.slice(0, -1).map((folder, index) => ({
    target: `${base}/${folder}`,
    from: folders.slice(index + 1).map((later) => `${base}/${later}`),
    message: `Imports go one way: ${folders.toReversed().join(" → ")}.`,
  }));
}

/** Zones for folders that must not import each other. */
function apart(base: string, names: readonly string[]): Zone[] {
  return names.map((name) => ({
    target: `${base}/${name}`,
    from: names.filter((other) => other !== name).map((other) => `${base}/${other}`),
    message: `${names.join(", ")} do not import each other.`,
  }));
}

/** Within `download`. Files at the top of the folder may import all of it. */
const downloadZones: Zone[] = [
  ...oneWay("./src/download", ["errors", "place", "part", "transfer"]),
  ...oneWay("./src/download", ["errors", "digest", "part", "transfer"]),
  ...apart("./src/download", ["digest", "place"]),
  {
    target: ["errors", "place", "digest", "part", "transfer"].map((folder) => `./src/download/${folder}`),
    from: "./src/download/*.ts",
    message: "Within download, imports go from the top of the folder into its subfolders.",
  },
];

/** The folders of `table` from which the others are built. */
const tableParts = ["source", "scan", "detect", "index", "cells", "find", "document", "take", "summary", "worker"];

/** Within `table`. A view depends only on the interface of a reader, so it works with any of them. */
const tableZones: Zone[] = [
  {
    target: tableParts.map((folder) => `./src/table/${folder}`),
    from: ["file", "parts", "unpack", "view/fileOrder.ts", "view/rowView.ts"].map((above) => `./src/table/${above}`),
    message: "Within table, imports go one way: parts | file → unpack → worker → the other folders.",
  },
  {
    target: [...tableParts, "file", "parts", "view", "*.ts"].map((name) => `./src/table/${name}`),
    from: "./src/disk",
    message: "Of the table, only unpack writes files.",
  },
  {
    target: "./src/table/unpack",
    from: ["file", "parts"].map((above) => `./src/table/${above}`),
    message: "Within table, imports go one way: parts | file → unpack → worker → the other folders.",
  },
  {
    target: "./src/table/view",
    from: "./src/table/*/**",
    except: ["**/view/**", "**/summary/**"],
    message: "A view imports only the types of the table, the interface of its reader, and how cells are added up.",
  },
];

/** The state of the grid doesn't import anything that paints, so that it can be tested without a browser. */
const webviewZones: Zone[] = [
  {
    target: "./src/webview/table/state",
    from: "./src/webview/table/*/**",
    except: ["**/state/**"],
    message: "Code that paints imports src/webview/table/state, but not the other way round.",
  },
  ...apart("./src/webview/table", ["grid", "selection"]),
  {
    target: ["grid", "selection"].map((folder) => `./src/webview/table/${folder}`),
    from: ["columns", "detail", "footer", "goto", "menus", "screen", "states"].map(
      (above) => `./src/webview/table/${above}`,
    ),
    message: "Imports go one way: screen → panes and menus → grid | selection → state.",
  },
];

/** Everything that the page imports is in its bundle, so it may import only types, identities and pure rules of the table. */
const tableInWebviewZone: Zone = {
  target: "./src/webview",
  from: "./src/table",
  except: [
    "./tableTypes.ts",
    "./tableReader.ts",
    "./find/patternExpression.ts",
    "./view/rowIdentity.ts",
    "./view/rowView.ts",
  ],
  message: "The grid imports only the table's types, its row identity and its rule for find patterns.",
};

/** Of the model, the page imports only pure rules for text. */
const modelInWebviewZone: Zone = {
  target: "./src/webview",
  from: "./src/model",
  except: ["./invisibleCharacters.ts", "./queryContract.ts"],
  message: "Of the model, the grid imports only the types of filters and its rule for invisible characters.",
};

export const importZones: Zone[] = [
  ...sourceZones,
  ...downloadZones,
  ...tableZones,
  ...webviewZones,
  tableInWebviewZone,
  modelInWebviewZone,
  // Folders around the extension. The extension imports none of them.
  ...oneWay(".", ["src", "project", "tools", "sandbox", "workbench", "bench", "scripts", "test"]),
  {
    target: ["./project", "./tools"],
    from: "./src",
    message: "Folders that all programs of this project use don't import the extension.",
  },
  {
    target: ["./sandbox", "./workbench", "./scripts"],
    from: "./src",
    except: ["./model"],
    message: "Of the extension's sources, only src/model may be imported here.",
  },
  ...oneWay("./workbench", ["host", "session", "page"]),
  // Endurance tests use the faulty store of the unit tests.
  ...oneWay("./test", ["unit", "endurance"]),
  ...apart("./test", ["unit", "integration", "ui"]),
  // The table's page is tried on a view of the unit tests.
  ...oneWay("./test", ["unit", "page"]),
  ...apart("./test", ["page", "endurance", "integration", "ui"]),
  ...["http", "sampleData", "store"].map((folder) => ({
    target: `./sandbox/${folder}`,
    from: "./sandbox",
    except: [`./${folder}`],
    message: "The basic folders of the sandbox don't import the rest of it.",
  })),
  ...apart("./sandbox", ["spaaza", "textReveal"]),
  {
    target: ["spaaza", "textReveal", "{credentials,downloadSteps,lifecycle,taskFiles}.ts"].map(
      (below) => `./sandbox/${below}`,
    ),
    from: ["sandbox", "secretHunt", "control", "main"].map((above) => `./sandbox/${above}.ts`),
    message: "The parts of the sandbox don't import the sandbox.",
  },
  {
    target: "./sandbox/{credentials,downloadSteps,lifecycle,taskFiles}.ts",
    from: ["./sandbox/spaaza", "./sandbox/textReveal"],
    message: "Files that both services of the sandbox use import neither of them.",
  },
];
