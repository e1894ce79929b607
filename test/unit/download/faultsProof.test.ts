import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const other = exportBytes(400_000, "another export");
/** The same, with other bytes before and after the place where the tests cut the connection, but not there. */
const edited = Buffer.from(file).fill("7", 50_000, 50_010).fill("7", 300_000, 300_010);
const modified = "Mon, 02 Nov 2026 10:00:00 GMT";
const dated = { "last-modified": modified, date: "Mon, 02 Nov 2026 11:00:00 GMT" };

async function assertWhole(downloading: Downloading, expected = file): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(expected));
}

/** A header as stores send it that don't know that headers are ISO 8859-1. */
function utf8(value: string): string {
  return Buffer.from(value).toString("latin1");
}

describe("proof that a range belongs to the part (row 17)", () => {
  for (const [what, headers] of [
    ["a weak ETag", { etag: 'W/"1"' }],
    ["no ETag", { etag: "" }],
    ["an unclosed ETag", { etag: '"v1' }],
    ["a list of ETags", { etag: '"a", "b"' }],
    ["a date of the same second", { etag: "", "last-modified": modified, date: modified }],
    ["a date, but not of which response", { etag: 'W/"1"', "last-modified": modified, date: "" }],
  ] as const) {
    test(`row 17: with ${what}, which proves nothing, the download starts over, even if only the middle changed`, async (context) => {
      const downloading = await startDownloading(context, file, ({ turn, response, serve, cutAfter }) => {
        response.sendDate = false;
        if (turn === 0) cutAfter(150_000, headers);
        else serve(headers);
        downloading.store.file = edited;
      });
      const { files } = await downloading.run();
      await assertWhole(downloading, edited);
      assert.deepEqual([files[0]?.verified, files[0]?.resumed], ["length", 0]);
      assert.deepEqual(
        downloading.store.requests.map((request) => request.headers.range),
        [undefined, undefined],
      );
    });
  }

  for (const [what, first, later] of [
    ["its ETag", {}, { etag: "" }],
    ["more than a weak form of its ETag", { etag: '"1"' }, { etag: 'W/"1"' }],
    ["its date", { etag: "", ...dated }, { etag: "" }],
  ] as const) {
    test(`row 17: a range without ${what} is not appended`, async (context) => {
      const downloading = await startDownloading(context, file, ({ turn, from, response, serve, cutAfter }) => {
        if (turn === 0) cutAfter(150_000, first);
        else if (from === undefined) serve(later);
        else {
          const range = `bytes ${from}-${edited.length - 1}/${edited.length}`;
          response
            .writeHead(206, { "content-range": range, ...(later.etag === "" ? {} : later) })
            .end(edited.subarray(from));
        }
        downloading.store.file = edited;
      });
      await downloading.run();
      await assertWhole(downloading, edited);
      assert.deepEqual(
        downloading.store.requests.map((request) => request.headers.range?.slice(0, 6)),
        [undefined, "bytes=", undefined],
      );
    });
  }

  test("row 17: a store whose ranges prove nothing is asked for only one of them", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      ({ turn, from, response, cutAfter, serve, file: body }) => {
        if (from !== undefined) {
          const range = `bytes ${from}-${body.length - 1}/${body.length}`;
          response.writeHead(206, { "content-range": range }).end(body.subarray(from));
        } else if (turn < 4) cutAfter(150_000 + turn * 1_000);
        else serve();
      },
    );
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.filter(({ headers }) => headers.range !== undefined).length, 1);
  });

  for (const [what, bytes] of [
    ["has not changed", file],
    ["changed only in the middle", edited],
  ] as const) {
    test(`row 17: with a checksum and no ETag, a file that ${what} is resumed, compared and correct`, async (context) => {
      const headers = (body: Buffer): Record<string, string> => ({
        etag: "",
        "content-md5": createHash("md5").update(body).digest("base64"),
      });
      const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter, file: body }) => {
        if (turn === 0) cutAfter(150_000, headers(body));
        else serve(headers(body));
        downloading.store.file = bytes;
      });
      const { files } = await downloading.run();
      await assertWhole(downloading, bytes);
      assert.equal(downloading.store.requests[1]?.headers.range, `bytes=${150_000 - 1024}-`);
      assert.deepEqual([files[0]?.verified, files[0]?.resumed], ["checksum", 1]);
    });
  }

  test("row 17: with an ETag in UTF-8, the last KiB is fetched again and compared", async (context) => {
    const etag = utf8('"é漢"');
    const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000, { etag });
      else serve({ etag });
    });
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[1]?.headers.range, `bytes=${150_000 - 1024}-`);
    assert.equal(downloading.store.requests[1].headers["if-range"], undefined, "it can't be sent");
  });

  test("row 17: if the last KiB differs although the ETag is the same, the download starts over", async (context) => {
    const etag = utf8('"é漢"');
    const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000, { etag });
      else serve({ etag });
      if (turn === 0) downloading.store.file = other;
    });
    await downloading.run();
    await assertWhole(downloading, other);
    assert.equal(downloading.store.requests.length, 3);
  });

  test("row 17: a later call resumes a part whose ETag is UTF-8", async (context) => {
    let online = false;
    const etag = utf8('"é漢"');
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000, { etag });
      else if (!online) response.destroy();
      else serve({ etag });
    });
    await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
    online = true;
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.at(-1)?.headers.range, `bytes=${150_000 - 1024}-`);
  });

  test("row 17: without a strong ETag, If-Range contains the file's date if it is old enough", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, from = 0, response, cutAfter, file: body }) => {
      if (turn === 0) cutAfter(150_000, { etag: "", ...dated });
      else {
        const range = `bytes ${from}-${body.length - 1}/${body.length}`;
        response.writeHead(206, { "content-range": range, "last-modified": modified }).end(body.subarray(from));
      }
    });
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[1]?.headers["if-range"], modified);
  });
});
