import assert from "node:assert/strict";
import { describe, it } from "node:test";
import ts from "typescript";
import { contextKeys, editorIds, viewIds } from "../../src/vscode/ids.ts";
import { contributed, contributes, nameOf, shown, sourceOf } from "./manifestFile.ts";

const openAsTable = "taskExports.openAsTable";
/** What the commands of queries begin with. */
const ofQueries = "taskExports.query";

/** The contract's commands and titles, without those that are left out until they work. */
const promisedCommands: Readonly<Record<string, string>> = {
  downloadTaskExport: "Download Task Export",
  copyDownloadUrl: "Copy Download URL",
  addAccount: "Add Account…",
  replaceCredentials: "Replace Credentials…",
  verifyAccount: "Verify Account",
  renameAccount: "Rename Account…",
  removeAccount: "Remove Account",
  createExport: "Create Export Task…",
  runTask: "Run Task Now",
  cancelDownload: "Cancel Download",
  pauseDownload: "Pause Download",
  resumeDownload: "Resume Download",
  watchTask: "Download When Done",
  unwatchTask: "Stop Watching",
  refresh: "Refresh Tasks",
  loadMore: "Load More Tasks",
  filterTasks: "Filter Tasks…",
  openExport: "Open Export",
  openExportBeside: "Open Export to the Side",
  saveExportAs: "Save Export As…",
  revealExport: "Reveal Export",
  deleteExport: "Delete Downloaded Export",
  queryExport: "Query Export (SQL)",
  showDownloads: "Show Downloads",
  showLog: "Show Log",
};

/** The commands that the code has: `CommandMap` is a type, and leaving one of them out does not compile. */
async function commandsInCode(): Promise<string[]> {
  const source = await sourceOf("src/vscode/ids.ts");
  const map = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "CommandMap");
  assert.ok(map !== undefined && ts.isInterfaceDeclaration(map));
  return map.members.map(({ name }) => nameOf(name));
}

function ownNamesIn(text: string): string[] {
  return text.match(/taskExports\.[\w.]*\w/g) ?? [];
}

/** What a row's context value has to match for an item of its menu. */
function viewItemPatterns(when: string): RegExp[] {
  return Array.from(when.matchAll(/viewItem =~ \/(.+?)\/(?: |$)/g), ([, text = ""]) => new RegExp(text));
}

describe("The commands and menus of the manifest", () => {
  it("contributes exactly the commands that the code has", async () => {
    assert.deepEqual(contributed.toSorted(), (await commandsInCode()).toSorted());
  });

  it("contributes the contract's commands under their titles, all in one category", () => {
    const titles = Object.fromEntries(contributes.commands.map(({ command, title }) => [command, shown(title)]));
    for (const [name, title] of Object.entries(promisedCommands)) assert.equal(titles[`taskExports.${name}`], title);
    assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(["Task Exports"]));
  });

  it("uses in menus, conditions and links only commands, views and context keys that are there", () => {
    const known = new Set([
      ...contributed,
      ...Object.values(viewIds),
      ...Object.values(editorIds),
      ...Object.values(contextKeys),
      ...Object.values(viewIds).map((id) => `${id}.focus`),
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
      ["*.csv", "*.tsv", "*.json", "*.jsonl", "*.ndjson", "*.gz", "*.parquet"],
    );
    assert.notEqual(shown(table.displayName), "");
  });

  it("offers a table's commands and keys only while a table is the active editor", () => {
    const ofTables = new Set(["taskExports.sortExport", "taskExports.filterExport", "taskExports.saveView"]);
    const isTables = ({ command }: { command: string }): boolean =>
      command.startsWith(`${editorIds.table}.`) || ofTables.has(command);
    const condition = `activeCustomEditorId == '${editorIds.table}'`;
    const commands = contributes.commands.filter(isTables);
    const palette = new Map((contributes.menus["commandPalette"] ?? []).map(({ command, when }) => [command, when]));
    assert.ok(commands.length > 0);
    for (const { command, enablement } of commands) {
      assert.equal(enablement, condition, command);
      assert.equal(palette.get(command), condition, command);
    }
    const elsewhere = ["editor/title"].flatMap((menu) => contributes.menus[menu] ?? []);
    const bound = [...contributes.keybindings, ...elsewhere].filter(
      ({ command }) => command !== openAsTable && !command.startsWith(ofQueries),
    );
    // Profile Columns is also offered for files in the views.
    const isBound = ({ command }: { command: string }): boolean =>
      isTables({ command }) || command === "taskExports.profileExport";
    assert.ok(bound.length > 0 && bound.every(isBound));
    for (const { command, when } of bound) assert.equal(when, condition, command);
  });

  it("offers a query's commands and keys only while a query is the active editor", () => {
    const condition = `editorLangId == sql && resource in ${contextKeys.queries}`;
    const isQuerys = ({ command }: { command: string }): boolean => command.startsWith(`${ofQueries}.`);
    const palette = (contributes.menus["commandPalette"] ?? []).filter(isQuerys);
    const commands = contributes.commands.filter(isQuerys);
    assert.equal(palette.length, commands.length);
    for (const { enablement } of commands) assert.equal(enablement, condition);
    for (const { when } of [...palette, ...(contributes.menus["editor/title"] ?? []).filter(isQuerys)])
      assert.equal(when, condition);
    const keys = contributes.keybindings.filter(isQuerys);
    assert.deepEqual(
      keys.map(({ when }) => when),
      [`editorTextFocus && ${condition}`],
    );
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

  it("offers to download only those tasks that can have a file", () => {
    const item = contributes.menus["view/item/context"]?.find(
      ({ command, group }) => command === "taskExports.downloadTaskExport" && group === "1_download@1",
    );
    const patterns = viewItemPatterns(item?.when ?? "");
    const isOffered = (context: string): boolean => patterns.every((pattern) => pattern.test(context));
    assert.ok(patterns.length > 0);
    for (const state of ["done", "unknown"]) assert.ok(isOffered(`task ${state} idle`), state);
    for (const state of ["waiting", "running", "failed"]) assert.ok(!isOffered(`task ${state} idle watchable`), state);
  });

  it("offers the same on a downloaded file in both views", () => {
    const offered = (view: string, context: string): string[] =>
      (contributes.menus["view/item/context"] ?? [])
        .filter(({ when = "", group }) => when.includes(`view == ${view} `) && !String(group).startsWith("inline"))
        .filter(({ when = "" }) => viewItemPatterns(when).every((pattern) => pattern.test(context)))
        .map(({ command, group }) => `${String(group)} ${command}`)
        .filter((item) => !item.endsWith(".showTask"))
        .toSorted();
    assert.deepEqual(
      offered(viewIds.tasks, "file downloaded json"),
      offered(viewIds.downloads, "download present json"),
    );
  });

  it("has an icon for each button of a row or a title, because VS Code shows its whole title otherwise", () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    const buttons = ["view/item/context", "view/title", "editor/title"]
      .flatMap((menu) => contributes.menus[menu] ?? [])
      .filter(({ group }) => /^(inline|navigation)/.test(String(group)));
    assert.ok(buttons.length > 0);
    for (const { command } of buttons) assert.notEqual(icons.get(command), undefined, command);
  });

  it("offers commands in the palette only while they can do something", () => {
    const palette = new Map((contributes.menus["commandPalette"] ?? []).map(({ command, when }) => [command, when]));
    const always = [
      "downloadTaskExport",
      "addAccount",
      "showLog",
      "clearInterrupted",
      "clearQueryCache",
      "showDownloads",
    ].map((id) => `taskExports.${id}`);
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
});
