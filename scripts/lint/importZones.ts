/** Files (`target`) that may not import others (`from`), in the words of import-x/no-restricted-paths. */
interface Zone {
  target: string | string[];
  from: string | string[];
  except?: string[];
  message: string;
}

/** What each folder of src may not import. `vscode` itself is for the edge only. */
const rooms = {
  channel: ["model", "http", "services", "download", "format", "table", "vscode", "webview"],
  model: ["channel", "http", "services", "download", "format", "table", "vscode", "webview"],
  http: ["services", "download", "format", "table", "vscode", "webview"],
  services: ["download", "format", "table", "vscode", "webview"],
  download: ["services", "format", "table", "vscode", "webview"],
  format: ["http", "services", "download", "table", "vscode", "webview"],
  table: ["http", "services", "download", "format", "vscode", "webview"],
  webview: ["model", "http", "services", "download", "format", "vscode"],
};

const sourceZones = Object.entries(rooms).map(([room, forbidden]) => ({
  target: `./src/${room}`,
  from: [...forbidden.map((name) => `./src/${name}`), "./src/extension.ts", "./src/api.ts"],
  message: "Imports go one way: extension → vscode → download | table | services → http → model | channel.",
}));

/** Zones for folders of which each may import those named before it. */
function oneWay(base: string, floors: readonly string[]): Zone[] {
  return floors.slice(0, -1).map((floor, index) => ({
    target: `${base}/${floor}`,
    from: floors.slice(index + 1).map((above) => `${base}/${above}`),
    message: `Imports go one way: ${floors.toReversed().join(" → ")}.`,
  }));
}

/** Zones for folders of which none may import another. */
function apart(base: string, names: readonly string[]): Zone[] {
  return names.map((name) => ({
    target: `${base}/${name}`,
    from: names.filter((other) => other !== name).map((other) => `${base}/${other}`),
    message: `${names.join(", ")} do not import each other.`,
  }));
}

/** Inside `download`; what is at the top of that folder may import all of it. */
const downloadZones: Zone[] = [
  ...oneWay("./src/download", ["errors", "place", "part", "transfer"]),
  ...oneWay("./src/download", ["errors", "digest", "part", "transfer"]),
  ...apart("./src/download", ["digest", "place"]),
  {
    target: ["errors", "place", "digest", "part", "transfer"].map((folder) => `./src/download/${folder}`),
    from: "./src/download/*.ts",
    message: "Inside download, imports go from the top of the folder into its folders.",
  },
];

/** The grid's state knows nothing that paints, so that it is tested without a browser. */
const webviewZone: Zone = {
  target: "./src/webview/table/state",
  from: "./src/webview/table/*/**",
  except: ["**/state/**"],
  message: "What paints imports src/webview/table/state, never the other way round.",
};

/** Whatever the page imports goes into its bundle, so of the table it gets types, identities and pure rules only. */
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

export const importZones: Zone[] = [
  ...sourceZones,
  ...downloadZones,
  webviewZone,
  tableInWebviewZone,
  // What is around the extension. The extension itself imports none of it.
  ...oneWay(".", ["src", "project", "tools", "sandbox", "workbench", "bench", "scripts", "test"]),
  {
    target: ["./project", "./tools"],
    from: "./src",
    message: "What all programs of this project build on does not know the extension.",
  },
  {
    target: ["./sandbox", "./workbench", "./scripts"],
    from: "./src",
    except: ["./model"],
    message: "Of the extension's sources only the contract in src/model is used here.",
  },
  ...oneWay("./workbench", ["host", "session", "page"]),
  // Endurance tests work with the faulty store of the unit tests.
  ...oneWay("./test", ["unit", "endurance"]),
  ...apart("./test", ["unit", "integration", "ui"]),
  // The table's page is tried on a view of the unit tests.
  ...oneWay("./test", ["unit", "page"]),
  ...apart("./test", ["page", "endurance", "integration", "ui"]),
  ...["http", "sampleData", "store"].map((room) => ({
    target: `./sandbox/${room}`,
    from: "./sandbox",
    except: [`./${room}`],
    message: "The lowest folders of the sandbox know nothing of the rest of it.",
  })),
  ...apart("./sandbox", ["spaaza", "textReveal"]),
  {
    target: ["spaaza", "textReveal", "{credentials,downloadSteps,lifecycle,taskFiles}.ts"].map(
      (below) => `./sandbox/${below}`,
    ),
    from: ["sandbox", "secretHunt", "control", "main"].map((above) => `./sandbox/${above}.ts`),
    message: "What the sandbox is made of does not know the sandbox.",
  },
  {
    target: "./sandbox/{credentials,downloadSteps,lifecycle,taskFiles}.ts",
    from: ["./sandbox/spaaza", "./sandbox/textReveal"],
    message: "What both services of the sandbox use knows neither.",
  },
];
