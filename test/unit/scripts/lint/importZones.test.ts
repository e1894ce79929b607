import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import { ESLint } from "eslint";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";
import { root } from "../../../../project/checkout.ts";
import { importZones } from "../../../../scripts/lint/importZones.ts";

/** Each is an existing file, and another one that it may not import. */
const wrong: readonly [importing: string, imported: string][] = [
  ["src/model/contract.ts", "src/http/clock.ts"],
  ["src/http/clock.ts", "src/services/serviceRegistry.ts"],
  ["src/services/serviceRegistry.ts", "src/vscode/log.ts"],
  ["src/format/formatJson.ts", "src/table/tableTypes.ts"],
  ["src/format/formatJson.ts", "src/download/fileQueue.ts"],
  ["src/disk/placeFile.ts", "src/download/fileQueue.ts"],
  ["src/disk/placeFile.ts", "src/format/formatJson.ts"],
  ["src/disk/placeFile.ts", "src/http/clock.ts"],
  ["src/model/contract.ts", "src/disk/placeFile.ts"],
  ["src/http/clock.ts", "src/disk/placeFile.ts"],
  ["src/table/tableTypes.ts", "src/disk/placeFile.ts"],
  ["src/table/file/openFile.ts", "src/disk/freeSpace.ts"],
  ["src/table/tableTypes.ts", "src/webview/table/messages.ts"],
  ["src/webview/table/messages.ts", "src/model/contract.ts"],
  ["src/table/tableTypes.ts", "src/extension.ts"],
  ["src/channel/requester.ts", "src/http/clock.ts"],
  ["src/channel/requester.ts", "src/services/serviceRegistry.ts"],
  ["src/channel/requester.ts", "src/download/fileQueue.ts"],
  ["src/table/file/openFile.ts", "src/http/clock.ts"],
  ["src/table/file/openFile.ts", "src/services/serviceRegistry.ts"],
  ["src/table/file/openFile.ts", "src/download/fileQueue.ts"],
  ["src/table/view/fileOrder.ts", "src/http/clock.ts"],
  ["src/table/view/fileOrder.ts", "src/services/serviceRegistry.ts"],
  ["src/table/view/fileOrder.ts", "src/download/fileQueue.ts"],
  ["src/table/view/fileOrder.ts", "src/table/file/openFile.ts"],
  ["src/table/view/fileOrder.ts", "src/table/worker/findThread.ts"],
  ["src/table/worker/tableThread.ts", "src/table/file/openFile.ts"],
  ["src/table/document/indexedTable.ts", "src/table/view/fileOrder.ts"],
  ["src/download/errors/downloadErrors.ts", "src/download/fileQueue.ts"],
  ["src/download/errors/downloadErrors.ts", "src/download/place/finalPath.ts"],
  ["src/download/errors/downloadErrors.ts", "src/download/digest/digester.ts"],
  ["src/download/fileQueue.ts", "src/services/serviceRegistry.ts"],
  ["src/download/place/finalPath.ts", "src/download/part/parts.ts"],
  ["src/download/place/finalPath.ts", "src/download/digest/digester.ts"],
  ["src/download/digest/digester.ts", "src/download/place/finalPath.ts"],
  ["src/download/digest/digester.ts", "src/download/part/parts.ts"],
  ["src/download/part/parts.ts", "src/download/transfer/transfer.ts"],
  ["src/webview/table/state/gridState.ts", "src/webview/table/grid/gridView.ts"],
  ["src/webview/table/state/gridState.ts", "src/webview/table/selection/copier.ts"],
  ["src/webview/table/selection/copier.ts", "src/webview/table/grid/gridView.ts"],
  ["src/webview/table/grid/gridView.ts", "src/webview/table/selection/copier.ts"],
  ["src/webview/table/grid/gridView.ts", "src/webview/table/screen/tableScreen.ts"],
  ["src/webview/table/selection/copier.ts", "src/webview/table/footer/footer.ts"],
  ["src/extension.ts", "project/checkout.ts"],
  ["src/extension.ts", "tools/toolCache.mjs"],
  ["src/extension.ts", "sandbox/sandbox.ts"],
  ["src/extension.ts", "workbench/page/workbench.ts"],
  ["src/extension.ts", "bench/statistics.ts"],
  ["src/extension.ts", "scripts/start.ts"],
  ["src/extension.ts", "test/ui/secretHunt.ts"],
  ["project/checkout.ts", "src/model/contract.ts"],
  ["project/checkout.ts", "tools/toolCache.mjs"],
  ["tools/toolCache.mjs", "src/model/contract.ts"],
  ["tools/toolCache.mjs", "sandbox/sandbox.ts"],
  ["sandbox/sandbox.ts", "src/http/clock.ts"],
  ["sandbox/sandbox.ts", "workbench/host/browser.ts"],
  ["sandbox/http/answer.ts", "sandbox/lifecycle.ts"],
  ["sandbox/sampleData/random.ts", "sandbox/http/answer.ts"],
  ["sandbox/store/fileStore.ts", "sandbox/taskFiles.ts"],
  ["sandbox/spaaza/taskBook.ts", "sandbox/textReveal/login.ts"],
  ["sandbox/textReveal/login.ts", "sandbox/spaaza/taskBook.ts"],
  ["sandbox/textReveal/login.ts", "sandbox/sandbox.ts"],
  ["sandbox/lifecycle.ts", "sandbox/control.ts"],
  ["sandbox/lifecycle.ts", "sandbox/spaaza/taskBook.ts"],
  ["workbench/host/browser.ts", "workbench/session/mainJob.ts"],
  ["workbench/session/mainJob.ts", "workbench/page/workbench.ts"],
  ["workbench/page/workbench.ts", "bench/statistics.ts"],
  ["workbench/page/workbench.ts", "src/table/tableTypes.ts"],
  ["bench/statistics.ts", "scripts/start.ts"],
  ["bench/statistics.ts", "test/ui/secretHunt.ts"],
  ["scripts/start.ts", "src/http/clock.ts"],
  ["scripts/start.ts", "test/ui/secretHunt.ts"],
  ["test/unit/http/fakeClock.ts", "test/endurance/seeds.ts"],
  ["test/unit/http/fakeClock.ts", "test/integration/support.ts"],
  ["test/integration/support.ts", "test/unit/http/fakeClock.ts"],
  ["test/integration/support.ts", "test/endurance/seeds.ts"],
  ["test/ui/secretHunt.ts", "test/unit/http/fakeClock.ts"],
  ["test/ui/secretHunt.ts", "test/endurance/seeds.ts"],
  ["test/endurance/seeds.ts", "test/ui/secretHunt.ts"],
  ["test/unit/http/fakeClock.ts", "test/page/tableInBrowser.ts"],
  ["test/ui/secretHunt.ts", "test/page/tableInBrowser.ts"],
  ["test/page/tableInBrowser.ts", "test/ui/secretHunt.ts"],
];

const right: readonly [importing: string, imported: string][] = [
  ["src/extension.ts", "src/vscode/log.ts"],
  ["src/download/fileQueue.ts", "src/download/transfer/transfer.ts"],
  ["src/download/place/finalPath.ts", "src/disk/placeFile.ts"],
  ["src/format/formatJson.ts", "src/disk/placeFile.ts"],
  ["src/disk/placeFile.ts", "src/model/exportError.ts"],
  ["src/download/part/parts.ts", "src/download/place/finalPath.ts"],
  ["src/webview/table/state/gridState.ts", "src/webview/table/state/selection.ts"],
  ["src/webview/table/grid/gridView.ts", "src/webview/table/state/gridState.ts"],
  ["src/webview/table/selection/copier.ts", "src/webview/table/state/gridState.ts"],
  ["src/table/tableReader.ts", "src/table/view/rowIdentity.ts"],
  ["src/table/document/indexedTable.ts", "src/table/view/rowIdentity.ts"],
  ["src/table/file/openFile.ts", "src/table/worker/findThread.ts"],
  ["src/table/view/fileOrder.ts", "src/table/tableReader.ts"],
  ["sandbox/sandbox.ts", "src/model/contract.ts"],
  ["sandbox/spaaza/taskBook.ts", "sandbox/sampleData/random.ts"],
  ["workbench/page/workbench.ts", "sandbox/sandbox.ts"],
  ["bench/table/bench.ts", "src/table/tableTypes.ts"],
  ["bench/table/bench.ts", "workbench/page/workbench.ts"],
  ["scripts/start.ts", "bench/table/bench.ts"],
  ["test/ui/secretHunt.ts", "scripts/start.ts"],
  ["test/endurance/seeds.ts", "test/unit/http/fakeClock.ts"],
  ["test/page/tableInBrowser.ts", "test/unit/http/fakeClock.ts"],
];

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.ts", "**/*.mjs"],
    plugins: { "import-x": importX },
    languageOptions: { parser: tseslint.parser },
    rules: { "import-x/no-restricted-paths": ["error", { zones: importZones }] },
    settings: { "import-x/resolver-next": [importX.createNodeResolver({ extensions: [".ts", ".mjs"] })] },
  },
});

/** How many times a file that imports the other one in three ways is told not to. */
async function refusals(importing: string, imported: string): Promise<number> {
  const filePath = path.join(root, importing);
  const from = JSON.stringify(
    path.relative(path.dirname(filePath), path.join(root, imported)).replace(/^(?!\.)/u, "./"),
  );
  const text = `import type { One } from ${from};\nexport { two } from ${from};\nawait import(${from});\n`;
  const [result] = await eslint.lintText(text, { filePath });
  return result?.messages.filter(({ line }) => line <= 3).length ?? 0;
}

describe("imports between the folders of this project", () => {
  for (const [importing, imported] of wrong) {
    it(`${importing} may not import ${imported}`, async () => {
      assert.ok((await refusals(importing, imported)) >= 3);
    });
  }
  for (const [importing, imported] of right) {
    it(`${importing} may import ${imported}`, async () => {
      assert.equal(await refusals(importing, imported), 0);
    });
  }
});
