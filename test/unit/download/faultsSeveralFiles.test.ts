import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import type { TaskDownload } from "../../../src/download/downloadTask.ts";
import { removePartsOf } from "../../../src/download/part/parts.ts";
import type { ResolvedFile } from "../../../src/model/contract.ts";
import { always, type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";

const file = exportBytes(400_000);

describe("several files of one task (row 37)", () => {
  const names = ["a.csv", "b.csv", "c.csv"];
  const several = (downloading: Downloading, as = names) => ({
    resolve: () =>
      Promise.resolve(as.map((each, index) => ({ index, name: each, url: `${downloading.store.origin}/${index}` }))),
  });

  test("row 37: a file that fails does not stop the others, and a later call fetches only what is missing", async (context) => {
    let broken = true;
    const downloading = await startDownloading(context, file, ({ request, response, serve }) => {
      if (broken && request.url === "/1") response.writeHead(404).end();
      else serve();
    });
    const failure = await failureOf(downloading.run(several(downloading)));
    assert.equal(failure.code, "fileMissing");
    assert.deepEqual(
      failure.details.completedFiles?.map((each) => each.name),
      ["a.csv", "c.csv"],
    );
    broken = false;
    const before = downloading.store.requests.length;
    const asked: string[] = [];
    const fileExists: TaskDownload["fileExists"] = (paths) => {
      asked.push(...paths);
      return always("keepBoth")(paths, AbortSignal.abort());
    };
    const { files } = await downloading.run({ ...several(downloading), fileExists });
    assert.deepEqual(
      downloading.store.requests.slice(before).map(({ url }) => url),
      ["/1"],
    );
    assert.deepEqual(asked, [], "nobody is asked about files of the same download");
    assert.deepEqual(
      files.map((each) => [each.index, each.name, each.sha256, each.verified]),
      names.map((each, index) => [index, each, sha256(file), "length"]),
    );
    assert.deepEqual(await downloading.files(), names);
  });

  test("row 37: after all files are complete, another call fetches all of them again", async (context) => {
    const downloading = await startDownloading(context, file);
    await downloading.run(several(downloading));
    await downloading.run(several(downloading));
    assert.equal(downloading.store.requests.length, 6);
    assert.deepEqual(await downloading.files(), names);
  });

  test("row 37: a complete file of an unfinished task that was changed since is fetched again", async (context) => {
    let broken = true;
    const downloading = await startDownloading(context, file, ({ request, response, serve }) => {
      if (broken && request.url === "/1") response.writeHead(404).end();
      else serve();
    });
    await failureOf(downloading.run(several(downloading)));
    await writeFile(join(downloading.folder, "a.csv"), Buffer.alloc(file.length));
    broken = false;
    await downloading.run(several(downloading));
    assert.equal(sha256(await readFile(join(downloading.folder, "a.csv"))), sha256(file));
  });

  test("a canceled task leaves only its complete files", async (context) => {
    const downloading = await startDownloading(context, file, ({ request, response, cutAfter, serve }) => {
      if (request.url === "/1") response.writeHead(404).end();
      else if (request.url === "/2") cutAfter(1000 * 50);
      else serve();
    });
    await failureOf(downloading.run(several(downloading), { retryBudgetMs: 0 }));
    const other = { ...several(downloading), taskId: "other" };
    await failureOf(downloading.run(other, { retryBudgetMs: 0 }));
    const before = await downloading.files();
    assert.equal(before.filter((each) => each.endsWith(".part.json")).length, 4);
    await removePartsOf(downloading.folder, "account-1", "12345");
    const left = await downloading.files();
    assert.equal(left.filter((each) => each.endsWith(".part.json")).length, 2);
    await removePartsOf(downloading.folder, "account-1", "other");
    assert.ok((await downloading.files()).every((each) => each.endsWith(".csv")));
  });

  test("files of the same name never share a path, whichever arrives first", async (context) => {
    const downloading = await startDownloading(context, file, ({ request, response }) =>
      response.end(`the file ${request.url ?? ""}`),
    );
    const { files } = await downloading.run(several(downloading, ["x.csv", "X.csv", "x.csv"]));
    assert.equal((await downloading.files()).length, 3);
    for (const each of files) {
      assert.equal(await readFile(new URL(each.uri), "utf8"), `the file /${each.index}`);
    }
  });

  test("only the requested files are fetched, and a file that the task doesn't have is an invalidRequest", async (context) => {
    const downloading = await startDownloading(context, file);
    const { files } = await downloading.run({ ...several(downloading), files: [2] });
    assert.deepEqual(
      files.map(({ index, name: each }) => [index, each]),
      [[2, "c.csv"]],
    );
    const failure = await failureOf(downloading.run({ ...several(downloading), files: [3] }));
    assert.equal(failure.code, "invalidRequest");
  });

  /** Starts a task whose first URLs have ended. `then` says what the service lists for the request for new ones. */
  async function renewed(context: TestContext, first: ResolvedFile[], then: ResolvedFile[]): Promise<Downloading> {
    const downloading = await startDownloading(context, file, ({ request, response }) => {
      if (request.url?.includes("ended") === true) response.writeHead(403).end("<Code>ExpiredToken</Code>");
      else response.end(`the file ${request.url?.replace(/\?.*/, "") ?? ""}`);
    });
    const here = (files: ResolvedFile[]): ResolvedFile[] =>
      files.map((each) => ({ ...each, url: downloading.store.origin + each.url }));
    let asked = 0;
    const resolve = (): Promise<ResolvedFile[]> => Promise.resolve(here(asked++ === 0 ? first : then));
    await downloading.run({ resolve });
    return downloading;
  }
  const listed = (...files: (readonly [name: string, url: string])[]): ResolvedFile[] =>
    files.map(([each, url], index) => ({ index, name: each, url }));
  const ended = listed(["a.csv", "/a?ended"], ["b.csv", "/b?ended"]);
  const twins = listed(["x.csv", "/1/x?ended"], ["x.csv", "/2/x?ended"]);

  test("new URLs belong to files by their names, whatever their order", async (context) => {
    const downloading = await renewed(context, ended, listed(["b.csv", "/b?new"], ["a.csv", "/a?new"]));
    assert.equal(await readFile(join(downloading.folder, "a.csv"), "utf8"), "the file /a");
    assert.equal(await readFile(join(downloading.folder, "b.csv"), "utf8"), "the file /b");
  });

  test("new URLs belong to files of the same name by their paths", async (context) => {
    const downloading = await renewed(context, twins, listed(["x.csv", "/2/x?new"], ["x.csv", "/1/x?new"]));
    assert.equal(await readFile(join(downloading.folder, "x.csv"), "utf8"), "the file /1/x");
    assert.equal(await readFile(join(downloading.folder, "x (2).csv"), "utf8"), "the file /2/x");
  });

  for (const [what, first, then] of [
    ["fewer files", ended, listed(["a.csv", "/a?new"])],
    ["more files", ended, listed(["a.csv", "/a?new"], ["b.csv", "/b?new"], ["c.csv", "/c?new"])],
    ["other names", ended, listed(["a.csv", "/a?new"], ["c.csv", "/c?new"])],
    ["one name twice", ended, listed(["a.csv", "/a?new"], ["a.csv", "/b?new"])],
    ["other paths of the same name", twins, listed(["x.csv", "/2/x?new"], ["x.csv", "/3/x?new"])],
    ["files that can't be told apart", twins, listed(["x.csv", "/1/x?new"], ["x.csv", "/1/x?newer"])],
  ] as const) {
    test(`a later list with ${what} is fileChanged, and nothing is mixed up`, async (context) => {
      const failure = await failureOf(renewed(context, [...first], [...then]));
      assert.equal(failure.code, "fileChanged");
      assert.match(failure.message, /lists other files.*Start the download again/);
    });
  }

  test("an unfinished file is not resumed with another file that now has its index", async (context) => {
    const [old, later] = [exportBytes(300_000, "old"), exportBytes(300_000, "later")];
    const downloading = await startDownloading(context, file, ({ request, response, cutAfter, serve }) => {
      if (request.headers.range !== undefined) response.writeHead(500).end();
      else if (request.url === "/old") cutAfter(150_000, { etag: "" });
      else serve({ etag: "" });
    });
    downloading.store.fileAt = (path) => (path === "/old" ? old : later);
    const list = (each: string) => () =>
      Promise.resolve([{ index: 0, name: `${each}.csv`, url: `${downloading.store.origin}/${each}` }]);
    const relativePath = (): string => "12345-1.csv";
    await failureOf(downloading.run({ resolve: list("old"), relativePath }, { retryBudgetMs: 0 }));
    await downloading.run({ resolve: list("later"), relativePath }, { retryBudgetMs: 0 });
    assert.equal(sha256(await readFile(join(downloading.folder, "12345-1.csv"))), sha256(later));
  });

  test("URLs that expired together are requested together", async (context) => {
    let asked = 0;
    const downloading = await startDownloading(context, file, ({ request, response, serve }) => {
      if (request.url?.endsWith("s=1") === true) response.writeHead(403).end("Request has expired");
      else serve();
    });
    await downloading.run({
      resolve: async () => {
        asked += 1;
        const sign = asked;
        await new Promise((resolve) => setTimeout(resolve, 30));
        return names.map((each, index) => ({
          index,
          name: each,
          url: `${downloading.store.origin}/${index}?s=${sign}`,
        }));
      },
    });
    assert.equal(asked, 2);
  });
});
