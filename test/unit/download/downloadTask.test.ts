import assert from "node:assert/strict";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, it, type TestContext } from "node:test";
import type { TaskEvent } from "../../../src/download/taskEvents.ts";
import type { TakenChoice } from "../../../src/download/place/finalPath.ts";
import type { DownloadProgress } from "../../../src/model/contract.ts";
import { always, type Changes, type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";

const [one, two] = [exportBytes(5000, "one"), exportBytes(6000, "two")];

/** A task of two files, in an order that is not that of their indexes. */
async function startTwo(
  context: TestContext,
): Promise<{ downloading: Downloading; changes: Changes; events: TaskEvent[] }> {
  const downloading = await startDownloading(context, one);
  downloading.store.fileAt = (path) => (path.startsWith("/a") ? one : two);
  const { origin } = downloading.store;
  const events: TaskEvent[] = [];
  const changes: Changes = {
    resolve: () =>
      Promise.resolve([
        { index: 1, name: "b.csv", url: `${origin}/b.csv` },
        { index: 0, name: "a.csv", url: `${origin}/a.csv` },
      ]),
    onEvent: (event) => events.push(event),
  };
  return { downloading, changes, events };
}

const kindsOf = (events: readonly TaskEvent[]): string[] =>
  events.map(({ kind }) => kind).filter((kind) => kind !== "written");

describe("the result of a download", () => {
  it("says for each file where it is, its size and checksum, and how it was compared and fetched", async (context) => {
    const { downloading, changes } = await startTwo(context);
    const { folder } = downloading;
    const result = await downloading.run(changes);
    const file = (index: number, name: string, bytes: Buffer): object => ({
      index,
      uri: pathToFileURL(join(folder, name)).href,
      name,
      bytes: bytes.length,
      sha256: sha256(bytes),
      verified: "length",
      requests: 1,
      resumed: 0,
    });
    assert.deepEqual(result, {
      accountId: "account-1",
      taskId: "12345",
      files: [file(0, "a.csv", one), file(1, "b.csv", two)],
    });
    assert.deepEqual(await downloading.files(), ["a.csv", "b.csv"]);
  });

  it("has only the wanted files, each once, in their order", async (context) => {
    const { downloading, changes, events } = await startTwo(context);
    const { files } = await downloading.run({ ...changes, files: [1, 1] });
    assert.deepEqual(
      files.map(({ index }) => index),
      [1],
    );
    assert.deepEqual(events[0], { kind: "planned", files: [{ index: 1, name: "b.csv" }], count: 2 });
    assert.deepEqual(kindsOf(events), ["planned", "arrived"]);
  });

  it("is an error for a file that the task doesn't have, before anything is asked or fetched", async (context) => {
    const { downloading, changes, events } = await startTwo(context);
    const error = await failureOf(downloading.run({ ...changes, files: [0, 2] }));
    assert.deepEqual([error.code, events, downloading.store.requests], ["invalidRequest", [], []]);
    assert.match(error.message, /^Task 12345: There is no file 3 because the task has only 2\./);
  });

  it("is an error that names the task and the file, and says which others arrived", async (context) => {
    const { downloading, changes, events } = await startTwo(context);
    downloading.store.behave = ({ request, response, serve }) =>
      request.url === "/a.csv" ? response.writeHead(404).end() : serve();
    const error = await failureOf(downloading.run(changes));
    assert.equal(error.code, "fileMissing");
    assert.match(error.message, /^Task 12345: 1 of 2 files downloaded\. a\.csv: /);
    assert.deepEqual(
      error.details.completedFiles?.map(({ name }) => name),
      ["b.csv"],
    );
    assert.deepEqual(kindsOf(events).sort(), ["arrived", "failed", "planned"]);
    const failed = events.find((event) => event.kind === "failed");
    assert.equal(failed?.file, 0);
    assert.ok((await downloading.files()).includes("b.csv"));
  });

  it("of one file is that file's own error", async (context) => {
    const downloading = await startDownloading(context, one, ({ response }) => response.writeHead(404).end());
    const error = await failureOf(downloading.run());
    assert.match(error.message, /^Task 12345: The file of this export no longer exists/);
    assert.deepEqual(error.details.completedFiles, undefined);
    assert.deepEqual(await downloading.files(), []);
  });
});

describe("the progress of a download", () => {
  it("begins with the service, then follows each file to its end", async (context) => {
    const downloading = await startDownloading(context, one);
    await downloading.run();
    const shown = downloading.progress.map(({ phase, file, files, name, receivedBytes, totalBytes }) => [
      phase,
      file,
      files,
      name,
      receivedBytes,
      totalBytes,
    ]);
    assert.deepEqual(shown[0], ["resolving", 0, 1, "", 0, undefined]);
    const name = "Transactions_Export-12345.csv";
    const begun = shown.findIndex(([phase]) => phase === "downloading");
    assert.deepEqual(shown[begun], ["downloading", 0, 1, name, 0, one.length]);
    assert.deepEqual(shown.slice(-2), [
      ["verifying", 0, 1, name, one.length, one.length],
      ["done", 0, 1, name, one.length, one.length],
    ]);
  });

  it("says how many files are wanted before the service has answered", async (context) => {
    const { downloading, changes } = await startTwo(context);
    await downloading.run({ ...changes, files: [1, 0] });
    assert.equal(downloading.progress[0]?.files, 2);
  });

  it("says why the service has to be waited for", async (context) => {
    const downloading = await startDownloading(context, one);
    const { url } = downloading.store;
    await downloading.run({
      resolve: ({ onWaiting }) => {
        onWaiting?.({ retryInMs: 7000, reason: "Busy." });
        return Promise.resolve([{ index: 0, name: "a.csv", url }]);
      },
    });
    const { phase, retryInMs, reason } = downloading.progress[1] ?? ({} as Partial<DownloadProgress>);
    assert.deepEqual([phase, retryInMs, reason], ["waiting", 7000, "Busy."]);
  });

  it("of written bytes goes on until the file has its final name", async (context) => {
    const downloading = await startDownloading(context, one);
    const seen: unknown[] = [];
    await downloading.run({
      onWritten: ({ file, path, bytes, total, placed }) => seen.push([file, path, bytes, total, placed]),
    });
    const path = join(downloading.folder, "Transactions_Export-12345.csv");
    assert.deepEqual(seen[0], [0, path, 0, one.length, false]);
    assert.deepEqual(seen.at(-2), [0, path, one.length, one.length, false]);
    assert.deepEqual(seen.at(-1), [0, path, one.length, one.length, true]);
  });
});

describe("files that exist already", () => {
  async function existing(
    context: TestContext,
    choices: (paths: readonly string[]) => TakenChoice | readonly TakenChoice[],
  ) {
    const { downloading, changes, events } = await startTwo(context);
    const asked: string[][] = [];
    for (const name of ["a.csv", "b.csv"]) await writeFile(join(downloading.folder, name), "old");
    const result = await downloading.run({
      ...changes,
      fileExists: (paths) => {
        asked.push(paths.map((path) => path.slice(downloading.folder.length + 1)));
        return Promise.resolve(choices(paths));
      },
    });
    return {
      downloading,
      asked,
      events,
      files: result.files,
      read: (name: string) => readFile(join(downloading.folder, name), "utf8"),
    };
  }

  it("are asked about once, all together, after the files are known", async (context) => {
    const { asked, downloading, events } = await existing(context, () => "keepBoth");
    assert.deepEqual(asked, [["a.csv", "b.csv"]]);
    assert.deepEqual(await downloading.files(), ["a (2).csv", "a.csv", "b (2).csv", "b.csv"]);
    assert.equal(events[0]?.kind, "planned");
  });

  it("can each be treated in their own way, and are kept if there is no answer for one", async (context) => {
    const { files, read } = await existing(context, () => ["overwrite"]);
    assert.deepEqual(
      files.map(({ name, skipped, requests }) => [name, skipped, requests]),
      [
        ["a.csv", undefined, 1],
        ["b.csv", true, 0],
      ],
    );
    assert.deepEqual([await read("a.csv"), await read("b.csv")], [one.toString(), "old"]);
    assert.deepEqual(
      [files[1]?.bytes, files[1]?.sha256, files[1]?.verified, files[1]?.resumed],
      [3, sha256(Buffer.from("old")), "unverified", 0],
    );
  });

  it("aren't asked about if none exists", async (context) => {
    const { downloading, changes } = await startTwo(context);
    await downloading.run({ ...changes, fileExists: () => Promise.reject(new Error("asked")) });
  });

  it("and have a name that only the response chose are never replaced, unless somebody was asked about them", async (context) => {
    for (const [existsByResponse, expected] of [
      [undefined, ["b (2).csv", "b.csv"]],
      [(): Promise<TakenChoice> => Promise.resolve("overwrite"), ["b.csv"]],
      [(): Promise<TakenChoice> => Promise.resolve("skip"), ["b.csv"]],
    ] as const) {
      const downloading = await startDownloading(context, one, ({ serve }) =>
        serve({ "content-disposition": 'attachment; filename="b.csv"' }),
      );
      await writeFile(join(downloading.folder, "b.csv"), "old");
      const asked: string[] = [];
      const choose = existsByResponse && ((path: string) => (asked.push(path), existsByResponse()));
      await downloading.run({ fileExists: always("overwrite"), ...(choose && { existsByResponse: choose }) });
      assert.deepEqual(await downloading.files(), expected);
      assert.deepEqual(asked, choose === undefined ? [] : [join(downloading.folder, "b.csv")]);
    }
  });
});

describe("a folder for a task", () => {
  it("is removed again if nothing arrived in it, but not if it was there before", async (context) => {
    const downloading = await startDownloading(context, one, ({ response }) => response.writeHead(404).end());
    await failureOf(downloading.run({ relativePath: ({ name }) => `New/${name}` }));
    assert.deepEqual(await downloading.files(), []);
    await mkdir(join(downloading.folder, "Old"));
    await utimes(join(downloading.folder, "Old"), 0, 0);
    await failureOf(downloading.run({ relativePath: ({ name }) => `Old/${name}` }));
    assert.deepEqual(await downloading.files(), ["Old"]);
  });

  it("gets the name that the template makes of index, number and safe name of a file", async (context) => {
    const { downloading, changes } = await startTwo(context);
    const asked: unknown[] = [];
    await downloading.run({
      ...changes,
      relativePath: (file) => {
        asked.push(file);
        return `${file.index}-${file.count}-${file.name}`;
      },
    });
    assert.deepEqual(await downloading.files(), ["0-2-a.csv", "1-2-b.csv"]);
    assert.deepEqual(asked[0], { index: 0, count: 2, name: "a.csv" });
  });
});
