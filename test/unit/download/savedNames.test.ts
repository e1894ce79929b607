import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { extensionByContent } from "../../../src/download/exportKind.ts";
import { always, type Changes, type Downloading, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";

const file = exportBytes(50_000);
const own = "a person's own file";

const disposition = (name: string): Record<string, string> => ({
  "content-disposition": `attachment; filename="${name}"`,
});

/** A download of a file with a name from the service, and perhaps another one from the store. */
async function startNamed(
  context: TestContext,
  {
    service,
    store,
    content = file,
    type = "text/csv",
  }: { service: string; store?: string; content?: Buffer; type?: string },
): Promise<Downloading & { runNamed(changes?: Changes): ReturnType<Downloading["run"]> }> {
  const downloading = await startDownloading(context, content, ({ serve }) =>
    serve({ "content-type": type, ...(store === undefined ? {} : disposition(store)) }),
  );
  const resolve = () => Promise.resolve([{ index: 0, name: service, url: downloading.store.url }]);
  return { ...downloading, runNamed: (changes = {}) => downloading.run({ resolve, ...changes }) };
}

describe("the extension of a saved file", { timeout: 60_000 }, () => {
  test("is one of an export, even if the store sends another", async (context) => {
    const named = await startNamed(context, { service: "x.json", store: "y.csv.exe" });
    assert.equal((await named.runNamed()).files[0]?.name, "y.csv.exe.json");
    assert.deepEqual(await named.files(), ["y.csv.exe.json"]);
  });

  test("fits the content if no name has one", async (context) => {
    const named = await startNamed(context, { service: "12345", content: Buffer.from("[1]"), type: "text/plain" });
    assert.equal((await named.runNamed()).files[0]?.name, "12345.json");
    assert.deepEqual(await named.files(), ["12345.json"]);
  });

  test("fits the content after a resume as well", async (context) => {
    const content = Buffer.from(JSON.stringify("x".repeat(50_000))).fill("[", 0, 1);
    const named = await startNamed(context, { service: "12345", content });
    const plain = { "content-type": "text/plain" };
    named.store.behave = ({ turn, cutAfter, serve }) => (turn === 0 ? cutAfter(20_000, plain) : serve(plain));
    const [saved] = (await named.runNamed()).files;
    assert.deepEqual([saved?.name, saved?.resumed], ["12345.json", 1]);
  });
});

describe("the extension by content", () => {
  for (const [what, content, type, extension] of [
    ["rows", file, "text/csv", "csv"],
    ["rows of an unknown type", file, "application/octet-stream", "csv"],
    ["rows without a type", file, undefined, "csv"],
    ["tabs", Buffer.from("a\tb\n"), "text/tab-separated-values", "tsv"],
    ["JSON", Buffer.from("[1]"), "application/octet-stream", "json"],
    ["JSON after a byte order mark", Buffer.from('\ufeff{"a": 1}'), "text/plain", "json"],
    ["JSON in UTF-16", Buffer.from("\ufeff[1]", "utf16le"), "text/plain", "json"],
    ["lines of JSON", Buffer.from('{"a":1}\n{"a":2}\n'), "text/plain", "ndjson"],
    ["lines of JSON by their type", Buffer.from('{"a":1}\n'), "application/x-ndjson; charset=utf-8", "ndjson"],
    ["a gzip archive", gzipSync(file), "text/csv", "gz"],
    ["a zip archive", Buffer.from("PK\u0003\u0004"), "text/csv", "zip"],
    ["Parquet", Buffer.from("PAR1"), undefined, "parquet"],
  ] as const) {
    test(`is ${extension} for ${what}`, () => assert.equal(extensionByContent(content, type), extension));
  }
});

describe("a name that only the response chose", { timeout: 60_000 }, () => {
  test("never selects another file to replace", async (context) => {
    const named = await startNamed(context, { service: "12345.csv", store: "budget.csv" });
    await writeFile(join(named.folder, "budget.csv"), own);
    const { files } = await named.runNamed({ fileExists: always("overwrite") });
    assert.equal(files[0]?.name, "budget (2).csv");
    assert.equal(await readFile(join(named.folder, "budget.csv"), "utf8"), own);
  });

  test("doesn't change which file is replaced", async (context) => {
    const named = await startNamed(context, { service: "12345.csv", store: "budget.csv" });
    for (const name of ["12345.csv", "budget.csv"]) await writeFile(join(named.folder, name), own);
    await named.runNamed({ fileExists: always("overwrite") });
    assert.deepEqual(await named.files(), ["12345.csv", "budget.csv"]);
    assert.equal(sha256(await readFile(join(named.folder, "12345.csv"))), sha256(file));
    assert.equal(await readFile(join(named.folder, "budget.csv"), "utf8"), own);
  });

  test("is asked about separately, and the answer counts", async (context) => {
    const named = await startNamed(context, { service: "12345.csv", store: "budget.csv" });
    await writeFile(join(named.folder, "budget.csv"), own);
    const asked: string[] = [];
    await named.runNamed({
      fileExists: () => assert.fail("the service's name is free"),
      existsByResponse: (path) => {
        asked.push(path);
        return Promise.resolve("overwrite");
      },
    });
    assert.deepEqual(asked, [join(named.folder, "budget.csv")]);
    assert.equal(sha256(await readFile(join(named.folder, "budget.csv"))), sha256(file));
  });

  test("doesn't replace a file either if only its extension comes from the content", async (context) => {
    const named = await startNamed(context, {
      service: "12345",
      content: Buffer.from("[1]"),
      type: "application/json",
    });
    await writeFile(join(named.folder, "12345.json"), own);
    assert.equal((await named.runNamed({ fileExists: always("overwrite") })).files[0]?.name, "12345 (2).json");
    assert.equal(await readFile(join(named.folder, "12345.json"), "utf8"), own);
  });
});
