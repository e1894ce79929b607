import assert from "node:assert/strict";
import { mkdtemp, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { DownloadedFile } from "../../../../src/model/contract.ts";
import { DownloadHistory } from "../../../../src/vscode/downloads/downloadHistory.ts";
import { failureOf } from "../../download/downloading.ts";
import { type Behaviour, exportBytes } from "../../download/faultyStore.ts";
import { HeldStore, overwrite, receivedBytes, startRegistry, task, until } from "./registry.ts";

/** VS Code's store of values, which reads a new value at once. */
class Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string, fallback?: unknown): never {
    return (this.#values.get(key) ?? fallback) as never;
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    return Promise.resolve();
  }
}

const file = exportBytes(600_000);

async function fileIn(context: TestContext, name: string): Promise<DownloadedFile & { path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-history-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, "content");
  const uri = pathToFileURL(path).href;
  return { path, index: 0, uri, name, bytes: 7, sha256: "ab", verified: "length", requests: 1, resumed: 0 };
}

describe("The history of downloads", { timeout: 60_000 }, () => {
  it("has every file that arrived, whatever happened to the others", async (context) => {
    const behave: Behaviour = ({ request, response, serve }) => {
      if (request.url === "/1") response.writeHead(404).end();
      else serve();
    };
    const { downloads } = await startRegistry(context, file, behave, ["a.csv", "b.csv", "c.csv"]);
    const history = new DownloadHistory(new Memento());
    history.follow(downloads);
    await failureOf(downloads.create(task).start(overwrite));
    assert.deepEqual(
      history.ofTask(task.accountId, task.taskId).map(({ index, name }) => [index, name]),
      [
        [0, "a.csv"],
        [2, "c.csv"],
      ],
    );
  });

  it("has a file as soon as it arrives, while the others are still downloaded", async (context) => {
    const held = new HeldStore();
    const behave: Behaviour = (exchange) => (exchange.request.url === "/0" ? exchange.serve() : held.behave(exchange));
    const { downloads } = await startRegistry(context, file, behave, ["a.csv", "b.csv"]);
    const history = new DownloadHistory(new Memento());
    history.follow(downloads);
    const download = downloads.create(task);
    const end = download.start(overwrite);
    await until(() => history.all().length === 1);
    assert.equal(download.state, "running");
    held.release();
    await end;
    assert.equal(history.all().length, 2);
  });

  it("keeps both copies of a file that was downloaded twice, the newest last", async (context) => {
    const [first, second] = [await fileIn(context, "a.csv"), await fileIn(context, "a (2).csv")];
    const history = new DownloadHistory(new Memento());
    history.add(task, first);
    history.add(task, second);
    assert.deepEqual(
      history.ofTask(task.accountId, task.taskId).map(({ name }) => name),
      ["a.csv", "a (2).csv"],
    );
    await unlink(first.path);
    history.add(task, second);
    assert.deepEqual(
      history.all().map(({ name }) => name),
      ["a (2).csv"],
      "a copy that no longer exists is forgotten",
    );
  });

  it("reports the task whose files changed, so that only its row is repainted", async (context) => {
    const downloaded = await fileIn(context, "a.csv");
    const history = new DownloadHistory(new Memento());
    const changed: unknown[] = [];
    history.onDidChange((key) => changed.push(key));
    history.add(task, downloaded);
    assert.deepEqual(changed, [{ accountId: task.accountId, taskId: task.taskId }]);
  });

  it("finds a file by its path, however its URI is encoded", async (context) => {
    const file = await fileIn(context, "a (2).csv");
    const history = new DownloadHistory(new Memento());
    history.add(task, file);
    const uri = file.uri.replace("(2)", "%282%29");
    assert.equal(history.find({ fsPath: file.path, toString: () => uri } as never)?.name, "a (2).csv");
  });

  it("knows that a skipped file is not ours, unless it is the one of an earlier download", async (context) => {
    const [own, other] = [await fileIn(context, "own.csv"), await fileIn(context, "other.csv")];
    const history = new DownloadHistory(new Memento());
    history.add(task, own);
    history.add(task, { ...own, skipped: true });
    history.add(task, { ...other, skipped: true });
    const skipped = (): (boolean | undefined)[] =>
      history.ofTask(task.accountId, task.taskId).map((record) => record.skipped);
    assert.deepEqual(skipped(), [false, true]);
    history.add(task, { ...own, sha256: "cd", skipped: true });
    assert.deepEqual(skipped(), [true, true], "it has other content, so somebody else wrote it");
  });

  it("keeps with each file from which task and account it came, and asks once about a task that was not loaded", async (context) => {
    const { downloads } = await startRegistry(context, file, undefined, ["a.csv", "b.csv"]);
    const memento = new Memento();
    const history = new DownloadHistory(memento);
    const asked: unknown[] = [];
    const origin = { account: "Shop", description: "Orders", subject: "transactions", format: "csv" } as const;
    const kept = (): unknown[] => history.ofTask(task.accountId, task.taskId).map((record) => record.origin);
    history.follow(downloads, {
      known: () => ({ account: "Shop" }),
      asked: (key) => {
        asked.push(key);
        return Promise.resolve(origin);
      },
    });
    await downloads.create(task).start(overwrite);
    await until(() => kept().every((each) => each === origin));
    assert.deepEqual(kept(), [origin, origin]);
    assert.deepEqual(asked, [{ accountId: task.accountId, taskId: task.taskId }]);
    assert.deepEqual(
      new DownloadHistory(memento).all().map((record) => [record.origin, record.requests, record.resumed]),
      [
        [origin, 1, 0],
        [origin, 1, 0],
      ],
    );
  });

  it("loads the records of earlier versions, which kept neither task nor account", async () => {
    const memento = new Memento();
    const earlier = {
      uri: "file:///exports/a.csv",
      index: 0,
      name: "a.csv",
      bytes: 7,
      sha256: "ab",
      verified: "length",
      at: "2026-01-02T03:04:05.000Z",
    };
    await memento.update("downloaded:account-1/12345", [earlier]);
    assert.deepEqual(new DownloadHistory(memento).all(), [{ ...earlier, ...task }]);
  });

  it("lists everything in slices as it does at once, newest first", async () => {
    const memento = new Memento();
    const record = { index: 0, bytes: 1, sha256: "ab", verified: "length" };
    for (const [at, name] of ["b", "c", "a"].entries()) {
      const day = `2026-01-0${at + 1}T00:00:00.000Z`;
      await memento.update(`downloaded:account-1/${name}`, [{ ...record, uri: `file:///${name}`, name, at: day }]);
    }
    const history = new DownloadHistory(memento);
    const listed = await history.allInSlices(new AbortController().signal);
    assert.deepEqual(
      listed.map(({ name }) => name),
      ["a", "c", "b"],
    );
    assert.deepEqual(listed, history.all());
  });

  it("remembers the request of a download until nothing is left to resume", async (context) => {
    const { downloads, downloading } = await startRegistry(context, file, new HeldStore().behave, ["a.csv"]);
    const history = new DownloadHistory(new Memento());
    history.follow(downloads);
    const named = { files: [0], fileName: "orders.csv", fileExists: "keepBoth" } as const;
    const request = { ...task, folder: downloading.folder, ...named };
    const download = downloads.create({ ...request, files: [0] });
    void download.start(overwrite).catch(() => undefined);
    await until(() => receivedBytes(download) > 50_000);
    await download.pause();
    assert.deepEqual(history.unfinishedRequests(), [request]);
    downloading.store.behave = ({ serve }) => serve();
    await downloads.create(task).start(overwrite);
    assert.deepEqual(history.unfinishedRequests(), []);
  });

  it("reads the folders that earlier versions kept", async () => {
    const memento = new Memento();
    await memento.update("unfinished:account-1/12345", "/exports");
    assert.deepEqual(new DownloadHistory(memento).unfinishedRequests(), [{ ...task, folder: "/exports" }]);
  });
});
