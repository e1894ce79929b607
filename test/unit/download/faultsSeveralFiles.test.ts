import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { TaskDownload } from "../../../src/download/downloadTask.ts";
import { removePartsOf } from "../../../src/download/part/parts.ts";
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
