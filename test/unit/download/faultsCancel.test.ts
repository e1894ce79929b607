import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { findParts } from "../../../src/download/part/parts.ts";
import { type Downloading, failureOf, laterMoment, longStallMs, startDownloading, until } from "./downloading.ts";
import { exportBytes } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const other = exportBytes(300_000, "older");

/** Whether the store was asked, and some of what it has sent is on the disk. */
async function hasCome({ store, folder }: Downloading, bytes: number): Promise<boolean> {
  if (bytes <= 0) return store.requests.length > 0;
  const [part] = await findParts(folder);
  return part !== undefined && part.bytes > 0;
}

describe("canceling a download (row 36)", () => {
  for (const [moment, pause] of [
    ["before the headers", -1],
    ["in the body", 300_000],
  ] as const) {
    for (const keep of [true, false]) {
      test(`row 36: canceled ${moment}, it stops at once without a message, with the part ${keep ? "kept" : "removed"}`, async (context) => {
        const downloading = await startDownloading(
          context,
          file,
          ({ response, etag, file: body }) => {
            if (pause < 0) return;
            response.writeHead(200, { "content-length": String(body.length), etag });
            response.write(body.subarray(0, pause));
          },
          { stallTimeoutMs: longStallMs },
        );
        const controller = new AbortController();
        const work = failureOf(downloading.run({ signal: controller.signal, keepPartOnCancel: () => keep }));
        await until(() => hasCome(downloading, pause));
        const told = downloading.progress.length;
        controller.abort();
        assert.equal((await work).code, "cancelled");
        assert.equal(downloading.progress.length, told, "nothing is told after the abort");
        const left = await downloading.files();
        assert.equal(left.length, keep && pause > 0 ? 2 : 0, left.join());
      });
    }
  }

  for (const who of ["the service", "a person"]) {
    test(`row 36: canceled while ${who} is asked, it stops at once`, async (context) => {
      const downloading = await startDownloading(context, file);
      await writeFile(join(downloading.folder, name), other);
      const controller = new AbortController();
      const isAsked = laterMoment();
      const ask = (): Promise<never> => {
        isAsked.now();
        return new Promise<never>(() => undefined);
      };
      const changes = who === "the service" ? { resolve: ask } : { fileExists: ask };
      const work = failureOf(downloading.run({ signal: controller.signal, ...changes }));
      await isAsked.come;
      controller.abort();
      assert.equal((await work).code, "cancelled");
      assert.deepEqual(await downloading.files(), [name]);
      assert.ok(other.equals(await readFile(join(downloading.folder, name))));
    });
  }

  test("row 36: canceled before it starts, it sends no request and asks nothing", async (context) => {
    const downloading = await startDownloading(context, file);
    const failure = await failureOf(downloading.run({ signal: AbortSignal.abort() }));
    assert.equal(failure.code, "cancelled");
    assert.equal(downloading.resolved, 0);
  });
});
