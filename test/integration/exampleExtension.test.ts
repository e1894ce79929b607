import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as vscode from "vscode";
import type { Summary } from "../../docs/example-extension/extension.ts";
import type { TaskExportsApi } from "../../src/model/contract.ts";
import { activateApi, codeOf, removeAllAccounts, until } from "./support.ts";

const key = "example-key-0123456789";
const csv = "id,name\n1,Ada\n2,Grace\n";

/** The server that the example is written for. */
async function startReports(): Promise<Server> {
  const reports = [
    { id: "R-1", title: "Customers", ready: true },
    { id: "R-2", title: "Orders", ready: false },
  ];
  const server = createServer(({ url = "", headers }, response) => {
    if (url === "/files/R-1.csv") {
      assert.equal(headers["x-report-key"], undefined, "the key doesn't go to the host of files");
      response.end(csv);
      return;
    }
    const known: Record<string, unknown> = {
      "/reports": reports,
      "/reports/R-1/link": { url: `http://${headers.host ?? ""}/files/R-1.csv` },
    };
    response.statusCode = headers["x-report-key"] !== key ? 401 : url in known ? 200 : 404;
    response.end(JSON.stringify(known[url] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

describe("The example extension", () => {
  let api: TaskExportsApi;
  let server: Server;

  before(async () => {
    api = await activateApi();
    await vscode.extensions.getExtension("example.report-shelf")?.activate();
    server = await startReports();
  });

  after(async () => {
    await removeAllAccounts();
    await new Promise((resolve) => server.close(resolve));
  });

  function addAccount(value: string) {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { kind: "custom", values: { key: value } } as const;
    return api.addAccount({ service: "report-shelf", label: "Reports", endpoint, credentials });
  }

  it("is there, and its service rejects a wrong key", async () => {
    assert.ok(vscode.extensions.getExtension("example.report-shelf")?.isActive);
    assert.equal(await codeOf(addAccount("wrong")), "unauthorized");
  });

  it("lists the tasks of its service, downloads one and reads its rows through the API", async () => {
    const { id } = await addAccount(key);
    const { tasks } = await api.listTasks(id);
    assert.deepEqual(
      tasks.map(({ id: taskId, state }) => [taskId, state]),
      [
        ["R-1", "done"],
        ["R-2", "running"],
      ],
    );
    const summarize = () => vscode.commands.executeCommand<Summary>("reportShelf.summarize", { taskId: "R-1" });
    const { phases, ...summary } = await summarize();
    const { rows, ...known } = summary;
    assert.deepEqual(known, { file: "R-1.csv", columns: ["id", "name"], firstRow: ["1", "Ada"] });
    assert.equal(phases[0], "resolving");
    assert.equal(phases.at(-1), "done");
    // The number of rows is known once the file has been counted.
    await until(async () => (rows ?? (await summarize()).rows) === 2);
  });

  it("passes on its own failures with their codes", async () => {
    const [account] = await api.listAccounts();
    assert.equal(await codeOf(api.download({ accountId: account?.id ?? "", taskId: "R-9" })), "taskNotFound");
  });
});
