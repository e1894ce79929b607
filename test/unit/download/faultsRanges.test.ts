import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { etagOf, exportBytes, sha256 } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const other = exportBytes(400_000, "another export");

async function assertWhole(downloading: Downloading, expected = file): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(expected));
}

/** A header as stores send it that don't know that headers are ISO 8859-1. */
function utf8(value: string): string {
  return Buffer.from(value).toString("latin1");
}

/** Bytes of bodies that the store sent in all. */
function sent(downloading: Downloading): number {
  return downloading.store.requests.reduce((sum, request) => sum + request.sent, 0);
}

describe("answers to a resume (rows 13 to 16)", () => {
  test("row 13: after 416, a part with the file's length is complete", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, etag, file: body, serve, cut }) => {
      if (turn > 0) {
        serve();
        return;
      }
      response.writeHead(200, { etag });
      response.write(body, () => cut());
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(sent(downloading), 0, "the second answer held no bytes");
    assert.equal(files[0]?.verified, "length");
  });

  test("row 13: after 416 with another length, the download starts over", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, etag, serve, cut }) => {
      if (turn === 0) {
        response.writeHead(200, { etag });
        response.write(other.subarray(0, 200_000), () => cut());
      } else if (turn === 1) response.writeHead(416, { "content-range": "bytes */150000" }).end();
      else serve();
    });
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests[2]?.headers.range, undefined);
  });

  for (const etag of [undefined, '"v1"']) {
    const version = etag === undefined ? "without an ETag" : "with an ETag";
    test(`row 13: 416 to a request for the whole file never makes a part ${version} complete`, async (context) => {
      const downloading = await startDownloading(context, file, ({ turn, response, file: body, cut }) => {
        const headers = { "content-length": body.length, ...(etag === undefined ? {} : { etag }) };
        if (turn === 0) response.writeHead(200, headers).write(body.subarray(0, 900), () => cut());
        else response.writeHead(416, { "content-range": "bytes */0" }).end();
      });
      const failure = await failureOf(downloading.run());
      assert.equal(failure.code, "unexpectedResponse");
      assert.ok(!(await downloading.files()).includes("Transactions_Export-12345.csv"));
    });
  }

  test("row 14: after 200 for a range request, the body is used from its first byte", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, cutAfter, etag, file: body }) => {
      if (turn === 0) cutAfter(150_000);
      else response.writeHead(200, { "content-length": String(body.length), etag }).end(body);
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 2);
    assert.equal(files[0]?.resumed, 0);
  });

  test("row 14: a store that always ignores ranges isn't asked forever", async (context) => {
    const downloading = await startDownloading(context, file, async ({ request, response, etag, file: body }) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.writeHead(200, { "content-length": String(body.length), etag });
      response.write(body.subarray(0, 200_000), () => setTimeout(() => request.socket.destroy(), 5));
    });
    const failure = await failureOf(downloading.run({}, { retryBudgetMs: 200 }));
    assert.equal(failure.code, "offline");
    assert.ok(downloading.store.requests.length < 15, `${downloading.store.requests.length} requests`);
  });

  for (const [what, headers] of [
    ["a length", (rest: number) => ({ "content-length": String(rest) })],
    ["no length", () => ({})],
    ["its range", (rest: number) => ({ "content-range": `bytes ${400_000 - rest}-399999/400000` })],
  ] as const) {
    test(`row 14: 200 with only the rest and ${what} is not taken for the file`, async (context) => {
      const downloading = await startDownloading(
        context,
        file,
        ({ turn, from, response, cutAfter, serve, file: body }) => {
          if (turn === 0) cutAfter(150_000, { etag: "" });
          else if (from === undefined) serve({ etag: "" });
          else response.writeHead(200, headers(body.length - from)).end(body.subarray(from));
        },
      );
      const { files } = await downloading.run();
      await assertWhole(downloading);
      assert.deepEqual([files[0]?.bytes, files[0]?.verified], [file.length, "length"]);
    });
  }

  test("row 14: 200 with the Content-Range of a piece is never the file, even if no range was requested", async (context) => {
    const downloading = await startDownloading(context, file, ({ response, file: body }) => {
      response.writeHead(200, { "content-range": "bytes 100000-399999/400000" }).end(body.subarray(100_000));
    });
    assert.equal((await failureOf(downloading.run())).code, "unexpectedResponse");
    assert.ok((await downloading.files()).every((each) => each !== name));
  });

  const keptLength = 150_000;

  /**
   * A store that doesn't say how long the file is, and breaks off after `keptLength` bytes.
   *
   * @param answerEnd answers the request for what follows after them; returns false to send more
   */
  const withoutLength = (context: TestContext, answerEnd: (response: ServerResponse) => boolean) => {
    // It can't be sent, so the last KiB is always fetched again.
    const etag = utf8('"é"');
    return startDownloading(context, file, ({ turn, from = 0, response, cut, file: body }) => {
      if (turn === 0) {
        response.writeHead(200, { etag });
        response.write(body.subarray(0, keptLength), () => cut());
      } else if (from < keptLength || !answerEnd(response)) {
        const end = Math.min(from + 1024, body.length);
        response.writeHead(206, { etag, "content-range": `bytes ${from}-${end - 1}/*` }).end(body.subarray(from, end));
      }
    });
  };

  for (const [what, afterEnd] of [
    ["says that nothing comes after it", true],
    ["has more", false],
  ] as const) {
    test(`row 15: a range without new bytes, of a file of unknown length, is its end only if the store ${what}`, async (context) => {
      const downloading = await withoutLength(context, (response) => {
        if (afterEnd) response.writeHead(416, { "content-range": `bytes */${keptLength}` }).end();
        return afterEnd;
      });
      const downloaded = downloading.run({}, { retryBudgetMs: 300 });
      if (afterEnd) assert.equal((await downloaded).files[0]?.bytes, keptLength);
      else assert.equal((await failureOf(downloaded)).code, "truncated");
    });
  }

  test("row 15: the end of another version is not the end of a file of unknown length", async (context) => {
    const downloading = await withoutLength(context, (response) => {
      response.writeHead(416, { etag: '"new"', "content-range": `bytes */${keptLength}` }).end();
      return true;
    });
    const failure = await failureOf(downloading.run({}, { retryBudgetMs: 300 }));
    assert.equal(failure.code, "truncated");
  });

  test("row 15: a range that ends early, of a file of unknown length, is not the end of the file", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, from = 0, response, etag, cut, file: body }) => {
      if (turn === 0) {
        response.writeHead(200, { etag });
        response.write(body.subarray(0, 150_000), () => cut());
        return;
      }
      if (from >= body.length) {
        response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
        return;
      }
      const end = Math.min(from + 100_000, body.length);
      response.writeHead(206, { etag, "content-range": `bytes ${from}-${end - 1}/*` }).end(body.subarray(from, end));
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.verified, "length");
  });

  test("row 16: if servers have different ETags for the same file, it doesn't count as changed", async (context) => {
    const date = { "last-modified": "Mon, 02 Nov 2020 10:00:00 GMT" };
    const downloading = await startDownloading(context, file, ({ turn, request, cutAfter, response, file: body }) => {
      const headers = { ...date, etag: `"server ${turn % 2}"`, "content-length": String(body.length) };
      if (turn < 5) cutAfter(150_000 + turn * 40_000, headers);
      else response.writeHead(200, headers).end(body);
      assert.ok(turn < 10, request.url);
    });
    // Each answers the whole file, because If-Range names the other's ETag.
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 0);
  });

  test("row 16: no byte of another server's range is appended if its ETag differs", async (context) => {
    const date = { "last-modified": "Mon, 02 Nov 2020 10:00:00 GMT" };
    const downloading = await startDownloading(
      context,
      file,
      ({ turn, from, response, cutAfter, serve, file: body }) => {
        if (turn === 0) cutAfter(150_000, date);
        else if (from === undefined) serve(date);
        else {
          const range = { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` };
          response.writeHead(206, { ...date, ...range, etag: '"other server"' }).end(Buffer.alloc(body.length - from));
        }
      },
    );
    await downloading.run();
    await assertWhole(downloading);
  });

  for (const [what, range] of [
    ["another start", "bytes 100000-399999/400000"],
    ["another total", "bytes 150000-399999/500000"],
    ["no range at all", ""],
  ] as const) {
    test(`row 15: a 206 with ${what} is rejected, and the download starts over once`, async (context) => {
      const downloading = await startDownloading(
        context,
        file,
        ({ turn, response, cutAfter, serve, etag, file: body }) => {
          if (turn === 0) cutAfter(150_000);
          else if (turn > 1) serve();
          else {
            const headers = { "content-length": "250000", etag, ...(range === "" ? {} : { "content-range": range }) };
            response.writeHead(206, headers).end(body.subarray(0, 250_000));
          }
        },
      );
      await downloading.run();
      await assertWhole(downloading);
      assert.equal(downloading.store.requests.length, 3);
      assert.equal(downloading.store.requests[2]?.headers.range, undefined);
    });
  }

  test("row 15: after a second wrong 206, the download fails", async (context) => {
    const downloading = await startDownloading(context, file, ({ from, response, cutAfter, etag, file: body }) => {
      if (from === undefined) {
        cutAfter(150_000);
        return;
      }
      response.writeHead(206, { "content-range": "bytes 7-399999/400000", etag }).end(body.subarray(7));
    });
    const failure = await failureOf(downloading.run());
    assert.equal(failure.code, "unexpectedResponse");
    assert.equal(downloading.store.requests.length, 4);
    assert.ok((await downloading.files()).every((each) => each !== name));
  });

  test("row 15: a 206 with more bytes than its range is not kept", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      ({ turn, response, cutAfter, serve, etag, file: body }) => {
        if (turn === 0) cutAfter(150_000);
        else if (turn > 1) serve();
        else {
          response.writeHead(206, { "content-range": "bytes 150000-399999/400000", etag });
          response.end(Buffer.concat([body.subarray(150_000), Buffer.from("and then some")]));
        }
      },
    );
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 3);
  });

  test("after a 206 that ends before the file, the download continues", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      ({ turn, from = 0, response, cutAfter, etag, file: body }) => {
        if (turn === 0) {
          cutAfter(100_000);
          return;
        }
        const end = Math.min(from + 100_000, body.length);
        const range = `bytes ${from}-${end - 1}/${body.length}`;
        response.writeHead(206, { "content-range": range, etag }).end(body.subarray(from, end));
      },
    );
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 4);
  });

  test("row 16: if the file changed between attempts, the download starts over once and keeps only the new file", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000);
      else serve();
      if (turn === 0) replaceFile(downloading, other);
    });
    await downloading.run();
    await assertWhole(downloading, other);
    assert.equal(downloading.store.requests.length, 2, "If-Range brings the new file in the same answer");
  });

  test("row 16: if a store ignores If-Range, no byte of the new file is appended to the old one", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      ({ turn, from = 0, response, serve, cutAfter, etag, file: body }) => {
        if (turn === 0) {
          cutAfter(150_000);
          replaceFile(downloading, other);
        } else if (turn === 1) {
          const range = `bytes ${from}-${body.length - 1}/${body.length}`;
          response.writeHead(206, { "content-range": range, etag }).end(body.subarray(from));
        } else serve();
      },
    );
    await downloading.run();
    await assertWhole(downloading, other);
    assert.equal(downloading.store.requests[2]?.headers.range, undefined);
  });

  test("row 16: if the file changes a second time, the download fails with fileChanged", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, cutAfter }) => {
      cutAfter(150_000);
      replaceFile(downloading, exportBytes(400_000, `version ${turn}`));
    });
    const failure = await failureOf(downloading.run());
    assert.equal(failure.code, "fileChanged");
    assert.equal(downloading.store.requests.length, 3);
    assert.ok((await downloading.files()).every((each) => each !== name));
  });
});

function replaceFile(downloading: Downloading, by: Buffer): void {
  downloading.store.file = by;
  downloading.store.etag = etagOf(by);
}
