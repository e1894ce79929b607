import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, noise, sha256, type StoreExchange } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const html = "<!DOCTYPE html><html><head><title>Hotel WLAN</title></head><body>Please sign in</body></html>";

async function assertWhole(downloading: Downloading, expected = file, as = name): Promise<void> {
  assert.deepEqual(await downloading.files(), [as]);
  assert.equal(sha256(await readFile(join(downloading.folder, as))), sha256(expected));
}

/** Sends a body in a coding that was not asked for. */
function sendCoded(exchange: StoreExchange, coding: string, body: Buffer, announced = body.length): void {
  const { response, etag } = exchange;
  response.writeHead(200, { "content-encoding": coding, "content-length": String(announced), etag });
  response.write(body, () => {
    if (announced > body.length) setTimeout(() => exchange.request.socket.destroy(), 10);
    else response.end();
  });
}

describe("bodies that are not what they should be (rows 21, 22, 31 to 34, 40)", () => {
  for (const [coding, coded] of [
    ["gzip", gzipSync(file)],
    ["deflate", deflateSync(file)],
    ["br", brotliCompressSync(file)],
  ] as const) {
    test(`row 21: a body with the unrequested encoding ${coding} is decoded while it is written`, async (context) => {
      const downloading = await startDownloading(context, file, (exchange) => sendCoded(exchange, coding, coded));
      const { files } = await downloading.run();
      await assertWhole(downloading);
      assert.equal(files[0]?.verified, "unverified", "its length can't be compared");
      assert.equal(files[0].bytes, file.length);
    });
  }

  test("row 21: an encoded body that is interrupted is fetched from the start, not by range", async (context) => {
    const downloading = await startDownloading(context, file, (exchange) => {
      const coded = gzipSync(exchange.file);
      if (exchange.turn > 0) sendCoded(exchange, "gzip", coded);
      else sendCoded(exchange, "gzip", coded.subarray(0, coded.length >> 1), coded.length);
    });
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 2);
    assert.equal(downloading.store.requests[1]?.headers.range, undefined);
  });

  test("row 21: a later call doesn't resume the part of an encoded body either", async (context) => {
    let online = false;
    const downloading = await startDownloading(context, noise(400_000), (exchange) => {
      const coded = gzipSync(exchange.file);
      if (online) sendCoded(exchange, "gzip", coded);
      else sendCoded(exchange, "gzip", coded.subarray(0, coded.length >> 1), coded.length);
    });
    await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
    online = true;
    await downloading.run();
    await assertWhole(downloading, downloading.store.file);
    assert.ok(downloading.store.requests.every(({ headers }) => headers.range === undefined));
  });

  test("an unknown encoding is an unexpectedResponse", async (context) => {
    const downloading = await startDownloading(context, file, (exchange) =>
      sendCoded(exchange, "rot13", exchange.file),
    );
    assert.equal((await failureOf(downloading.run())).code, "unexpectedResponse");
    assert.deepEqual(await downloading.files(), []);
  });

  for (const coding of ["none", "UTF-8", "aws-chunked", "identity, identity"]) {
    test(`a body with the encoding ${coding} is kept unchanged, and its length is compared`, async (context) => {
      const downloading = await startDownloading(context, file, (exchange) =>
        sendCoded(exchange, coding, exchange.file),
      );
      const { files } = await downloading.run();
      await assertWhole(downloading);
      assert.equal(files[0]?.verified, "length");
    });
  }

  test("a .csv.gz file that is sent with the encoding gzip stays compressed and resumes by range", async (context) => {
    const packed = gzipSync(noise(400_000));
    const headers = { "content-encoding": "gzip", "content-type": "application/gzip" };
    const downloading = await startDownloading(context, packed, ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(200_000, headers);
      else serve(headers);
    });
    const packedName = "orders.csv.gz";
    const { files } = await downloading.run({
      resolve: () => Promise.resolve([{ index: 0, name: packedName, url: downloading.store.url }]),
    });
    await assertWhole(downloading, packed, packedName);
    assert.equal(files[0]?.resumed, 1);
  });

  test("row 22: a gzip-encoded body that ends too early is truncated, even if its length is right", async (context) => {
    const downloading = await startDownloading(context, file, (exchange) => {
      const coded = gzipSync(exchange.file);
      sendCoded(exchange, "gzip", coded.subarray(0, coded.length - 100));
    });
    assert.equal((await failureOf(downloading.run())).code, "truncated");
    assert.ok((await downloading.files()).every((each) => each !== name));
    assert.equal(downloading.store.requests.length, 2, "one more try");
  });

  test("row 22: an incomplete gzip file is truncated and never a success", async (context) => {
    const whole = gzipSync(file);
    const downloading = await startDownloading(context, whole.subarray(0, whole.length - 100));
    assert.equal((await failureOf(downloading.run())).code, "truncated");
    assert.deepEqual(await downloading.files(), []);
  });

  test("row 22: a gzip file of unknown length that arrives incomplete is fetched again", async (context) => {
    const whole = gzipSync(file);
    const downloading = await startDownloading(context, whole, ({ turn, response }) => {
      response.writeHead(200, { "content-type": "application/gzip" });
      response.end(turn === 0 ? whole.subarray(0, whole.length - 100) : whole);
    });
    await downloading.run();
    await assertWhole(downloading, whole, `${name}.gz`);
  });

  test("row 33: a gzip file is saved unchanged, and its name says so", async (context) => {
    const downloading = await startDownloading(context, gzipSync(file));
    await downloading.run();
    await assertWhole(downloading, downloading.store.file, `${name}.gz`);
  });

  for (const [what, bytes] of [
    ["a byte order mark", Buffer.from("\ufeffid,name\r\n1,é\r\n")],
    ["UTF-16", Buffer.from("\ufeffid,name\r\n1,é\r\n", "utf16le")],
    ["invalid UTF-8", Buffer.from([0x69, 0x64, 0x0a, 0xff, 0xfe, 0xc3, 0x28, 0x0d, 0x80, 0x00, 0x0a])],
  ] as const) {
    test(`row 34: a file with ${what} is saved byte for byte`, async (context) => {
      const downloading = await startDownloading(context, bytes);
      const { files } = await downloading.run();
      assert.ok(bytes.equals(await readFile(join(downloading.folder, name))));
      assert.equal(files[0]?.bytes, bytes.length);
    });
  }

  for (const [what, type, body] of [
    ["an HTML page", "text/html; charset=utf-8", html],
    ["an HTML page that calls itself CSV", "text/csv", html],
    ["an XML error under status 200", "application/xml", '<?xml version="1.0"?><Error><Code>Oops</Code></Error>'],
  ] as const) {
    test(`row 31: ${what} is notAnExportFile, and nothing is kept`, async (context) => {
      const downloading = await startDownloading(context, file, ({ response }) =>
        response.writeHead(200, { "content-type": type }).end(body),
      );
      assert.equal((await failureOf(downloading.run())).code, "notAnExportFile");
      assert.deepEqual(await downloading.files(), []);
    });
  }

  const license = `<!-- ${"(c) Hotel. ".repeat(500)} -->`;
  for (const [what, body] of [
    ["white space", `${"\r\n".repeat(1_000)}${html}`],
    ["a comment", `${license}${html}`],
    ["byte order marks and comments", `\ufeff\n${license}\n\ufeff${license}\n${html}`],
    ["an instruction", `<?php ${"x".repeat(2_000)} ?>\n${html}`],
    ["a comment that never ends", `<!-- ${"x".repeat(100_000)}`],
    ["60 KiB of white space", `${" ".repeat(60 * 1024)}${html}`],
  ] as const) {
    test(`row 31: a page that begins with ${what} is notAnExportFile, however slowly it arrives`, async (context) => {
      const downloading = await startDownloading(context, file, async ({ response }) => {
        response.writeHead(200, { "content-type": "text/csv" });
        const beginning = Buffer.from(body).subarray(0, 600);
        await new Promise((resolve) => response.write(beginning, resolve));
        response.end(Buffer.from(body).subarray(beginning.length));
      });
      assert.equal((await failureOf(downloading.run())).code, "notAnExportFile");
      assert.deepEqual(await downloading.files(), []);
    });
  }

  for (const coding of ["gzip", ""]) {
    test(`row 31: a compressed page that comes ${coding === "" ? "as a file" : "with its encoding"} instead of a .csv.gz file is notAnExportFile`, async (context) => {
      const headers = { "content-encoding": coding, "content-type": "application/gzip" };
      const downloading = await startDownloading(context, gzipSync(html), ({ serve }) => serve(headers));
      const resolve = () => Promise.resolve([{ index: 0, name: "orders.csv.gz", url: downloading.store.url }]);
      assert.equal((await failureOf(downloading.run({ resolve }))).code, "notAnExportFile");
      assert.deepEqual(await downloading.files(), []);
    });
  }

  for (const [what, content] of [
    ["blank lines", `${"\r\n".repeat(2_000)}id,name\n1,x\n`],
    ["blank lines alone", "\n".repeat(70_000)],
    ["a comment and then rows", `${license}\nid,name\n1,x\n`],
    ["a field that starts with <", "<name>,<!-- value\n1,2\n"],
    ["JSON after blank lines", `${" \n".repeat(2_000)}[{"html": "<html>"}]`],
  ] as const) {
    test(`row 31: a file that begins with ${what} is saved unchanged`, async (context) => {
      const downloading = await startDownloading(context, Buffer.from(content));
      await downloading.run();
      await assertWhole(downloading, downloading.store.file);
    });
  }

  test("row 31: if a resume gets a web page, the part is kept", async (context) => {
    let portal = true;
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000);
      else if (portal) response.writeHead(200, { "content-type": "text/html" }).end(html);
      else serve();
    });
    assert.equal((await failureOf(downloading.run())).code, "notAnExportFile");
    portal = false;
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
  });

  test("row 32: an empty body with the length 0 is an empty file", async (context) => {
    const downloading = await startDownloading(context, Buffer.alloc(0));
    const { files } = await downloading.run();
    await assertWhole(downloading, Buffer.alloc(0));
    assert.equal(files[0]?.bytes, 0);
    assert.equal(files[0].verified, "length");
    assert.equal(files[0].sha256, sha256(Buffer.alloc(0)));
  });

  test("row 32: an empty body of unknown length is truncated", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      response.writeHead(200, { "content-type": "text/csv" }).end(),
    );
    assert.equal((await failureOf(downloading.run())).code, "truncated");
    assert.equal(downloading.store.requests.length, 2, "one more try");
    assert.deepEqual(await downloading.files(), []);
  });

  test("row 40: a file with the announced checksum is verified, even after a resume", async (context) => {
    const md5 = createHash("md5").update(file).digest("base64");
    const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000, { "content-md5": md5 });
      else serve();
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.verified, "checksum");
    assert.equal(files[0].resumed, 1);
  });

  test("row 40: if the checksum differs, the download starts over once", async (context) => {
    const md5 = createHash("md5").update(file).digest("base64");
    const spoilt = Buffer.from(file);
    spoilt[200_000] = 0;
    const downloading = await startDownloading(context, file, ({ turn, response, serve, etag }) => {
      if (turn > 0) serve({ "content-md5": md5 });
      else response.writeHead(200, { "content-length": String(file.length), "content-md5": md5, etag }).end(spoilt);
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.verified, "checksum");
    assert.equal(downloading.store.requests.length, 2);
    assert.equal(downloading.store.requests[1]?.headers.range, undefined);
  });

  test("row 40: if the checksum differs twice, the download fails with checksumMismatch and the part is removed", async (context) => {
    const downloading = await startDownloading(context, file, ({ serve }) =>
      serve({ "x-goog-hash": `md5=${createHash("md5").update("something else").digest("base64")}` }),
    );
    assert.equal((await failureOf(downloading.run())).code, "checksumMismatch");
    assert.deepEqual(await downloading.files(), []);
    assert.equal(downloading.store.requests.length, 2);
  });

  test("a file gets the name that the store sends, and its part is found under the service's name", async (context) => {
    const disposition = {
      "content-disposition": `attachment; filename="plain.csv"; filename*=UTF-8''Ums%C3%A4tze.csv`,
    };
    let online = false;
    const downloading = await startDownloading(context, file, ({ turn, request, serve, cutAfter }) => {
      if (online) serve(disposition);
      else if (turn === 0) cutAfter(150_000, disposition);
      else request.socket.resetAndDestroy();
    });
    await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
    online = true;
    const { files } = await downloading.run();
    await assertWhole(downloading, file, "Umsätze.csv");
    assert.ok((files[0]?.resumed ?? 0) > 0);
    assert.equal(files[0]?.name, "Umsätze.csv");
  });
});
