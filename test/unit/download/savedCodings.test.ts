import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { brotliCompressSync, gunzipSync, gzipSync } from "node:zlib";
import { always, startDownloading } from "./downloading.ts";
import { exportBytes } from "./faultyStore.ts";

const file = exportBytes(50_000);
const own = "a person's own file";

/** What a store sends, and its headers. */
const bodies: readonly (readonly [what: string, body: Buffer, headers: Record<string, string>])[] = [
  ["plain bytes", file, {}],
  ["gzip bytes", gzipSync(file), {}],
  ["gzip bytes with the encoding gzip", gzipSync(file), { "content-encoding": "gzip" }],
  ["gzip bytes with the encoding x-gzip", gzipSync(file), { "content-encoding": "x-gzip" }],
  ["brotli bytes with the encoding br", brotliCompressSync(file), { "content-encoding": "br" }],
  ["bytes with two encodings", brotliCompressSync(gzipSync(file)), { "content-encoding": "gzip, br" }],
];

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

describe("the name and the bytes of a saved file", { timeout: 60_000 }, () => {
  for (const service of ["orders.csv", "orders.csv.gz"]) {
    for (const store of [undefined, "sales.csv", "sales.csv.gz"]) {
      for (const [what, body, headers] of bodies) {
        for (const exists of [true, false]) {
          const target = `${service} ${exists ? "is replaced" : "is free"}`;
          test(`agree if ${target}, and the store sends ${what} as ${store ?? "no name"}`, async (context) => {
            const disposition = store === undefined ? {} : { "content-disposition": `attachment; filename="${store}"` };
            const downloading = await startDownloading(context, body, ({ serve }) =>
              serve({ ...headers, ...disposition }),
            );
            const { folder, store: server } = downloading;
            if (exists) await writeFile(join(folder, service), own);
            const resolve = () => Promise.resolve([{ index: 0, name: service, url: server.url }]);
            const [saved] = (await downloading.run({ resolve, fileExists: always("overwrite") })).files;
            const bytes = await readFile(join(folder, saved?.name ?? ""));
            assert.equal(isGzip(bytes), saved?.name.endsWith(".gz"), `${saved?.name} has other bytes`);
            assert.ok(file.equals(isGzip(bytes) ? gunzipSync(bytes) : bytes));
            // A file that the bytes don't fit is not replaced.
            if (exists && saved?.name !== service) assert.equal(await readFile(join(folder, service), "utf8"), own);
          });
        }
      }
    }
  }

  for (const [template, ending] of [
    ["export.csv", ".csv"],
    ["export.csv.gz", ".csv.gz"],
  ] as const) {
    test(`agree if a template ends in ${ending}`, async (context) => {
      const downloading = await startDownloading(context, gzipSync(file), ({ serve }) =>
        serve({ "content-encoding": "gzip", "content-disposition": 'attachment; filename="a.csv.gz"' }),
      );
      const [saved] = (await downloading.run({ relativePath: () => template })).files;
      assert.equal(saved?.name, template);
      assert.equal(isGzip(await readFile(join(downloading.folder, template))), ending === ".csv.gz");
    });
  }

  test("agree if the resume replaces another file than the first call would have replaced", async (context) => {
    const packed = gzipSync(exportBytes(900_000));
    let online = false;
    const headers = { "content-encoding": "gzip", "content-disposition": 'attachment; filename="a.csv.gz"' };
    const downloading = await startDownloading(context, packed, ({ turn, serve, cutAfter, response }) => {
      if (online) serve(headers);
      else if (turn === 0) cutAfter(100_000, headers);
      else response.destroy();
    });
    const name = "Transactions_Export-12345.csv";
    await assert.rejects(downloading.run({}, { retryBudgetMs: 0 }));
    online = true;
    await writeFile(join(downloading.folder, name), own);
    await downloading.run({ fileExists: always("overwrite") });
    assert.ok(gunzipSync(packed).equals(await readFile(join(downloading.folder, name))));
    assert.deepEqual(await downloading.files(), [name]);
  });

  test("an empty file keeps its name", async (context) => {
    const downloading = await startDownloading(context, Buffer.alloc(0));
    const resolve = () => Promise.resolve([{ index: 0, name: "orders.csv.gz", url: downloading.store.url }]);
    await downloading.run({ resolve });
    assert.deepEqual(await downloading.files(), ["orders.csv.gz"]);
  });
});
