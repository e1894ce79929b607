import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { startDownloading } from "./downloading.ts";
import { exportBytes } from "./faultyStore.ts";

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
});
