import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { failureOf, hastyClock, startDownloading } from "./downloading.ts";
import { type Behaviour, exportBytes } from "./faultyStore.ts";

const file = exportBytes(400_000);

describe("tiny ranges (row 15)", () => {
  test("row 15: a store that sends a file of unknown length in tiny ranges is not asked for each without a pause", async (context) => {
    const length = 155_000;
    const downloading = await startDownloading(context, file, ({ turn, from = 0, response, etag, cut, file: body }) => {
      if (turn === 0) {
        response.writeHead(200, { etag });
        response.write(body.subarray(0, 150_000), () => cut());
      } else if (from >= length) response.writeHead(416, { "content-range": `bytes */${length}` }).end();
      else {
        const headers = { etag, "content-range": `bytes ${from}-${from + 999}/*` };
        response.writeHead(206, headers).end(body.subarray(from, from + 1000));
      }
    });
    await downloading.run();
    const [name = ""] = await downloading.files();
    assert.deepEqual(await readFile(join(downloading.folder, name)), file.subarray(0, length));
    const pauses = downloading.progress.filter(({ phase }) => phase === "waiting");
    assert.equal(pauses.length, 5, "after the cut, and after each of five ranges but the first");
  });

  for (const [what, length] of [
    ["cuts each connection after a byte", undefined],
    ["sends a file of known length in ranges of one byte", 1],
  ] as const) {
    test(`row 15: a store that ${what} is asked less and less often`, async (context) => {
      const waits = hastyClock();
      const behave: Behaviour = ({ from = 0, response, etag, cut, file: body }) => {
        const end = from === 0 ? body.length : from + (length ?? body.length - from);
        const headers = {
          etag,
          "content-length": end - from,
          "content-range": `bytes ${from}-${end - 1}/${body.length}`,
        };
        if (from === 0) response.writeHead(200, { etag, "content-length": body.length });
        else response.writeHead(206, headers);
        if (length !== undefined && from > 0) response.end(body.subarray(from, end));
        else response.write(body.subarray(from, from + (from === 0 ? 2000 : 1)), () => cut());
      };
      const stop = new AbortController();
      const downloading = await startDownloading(context, file, behave, { clock: waits, random: () => 0.999_999 });
      const run = downloading.run(
        { signal: stop.signal, onProgress: () => waits.waits.length > 8 && stop.abort() },
        { retryBudgetMs: 120_000 },
      );
      assert.equal((await failureOf(run)).code, "cancelled");
      assert.deepEqual(waits.waits.slice(0, 8), [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    });
  }
});
