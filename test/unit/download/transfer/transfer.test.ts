import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { HeldBack } from "../../../../src/http/hostCeiling.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import { exportBytes } from "../faultyStore.ts";
import { partWith } from "../part/openPart.ts";
import { startTransfer, type Transferring } from "./transferring.ts";

const file = exportBytes(200_000);

async function assertWhole({ part }: Transferring, bytes = file): Promise<void> {
  assert.ok(bytes.equals(await readFile(part.paths.part)));
}

const hostOf = ({ store }: Transferring): string => new URL(store.url).host;

describe("the transfer of a file", () => {
  it("takes one request if nothing happens, and tells each step once", async (context) => {
    const transferring = await startTransfer(context, file);
    const { store, told, transfer, waited } = transferring;
    assert.deepEqual(await transferring.run(), { kind: "done", total: file.length, host: hostOf(transferring) });
    await assertWhole(transferring);
    assert.deepEqual([transfer.requests, transfer.resumed, told.received, told.newLinks], [1, 0, 1, 0]);
    assert.deepEqual(told.begun, [
      { identity: { etag: store.etag, total: file.length }, decoded: false, checksums: [] },
    ]);
    assert.deepEqual([told.waits, waited, told.resumedFrom, told.lengths.at(-1)], [[], [], [], file.length]);
    assert.deepEqual(
      store.requests.map(({ headers }) => [headers.range, headers["accept-encoding"]]),
      [[undefined, "identity"]],
    );
  });

  it("continues after a lost connection with a pause, and asks only for the rest", async (context) => {
    const transferring = await startTransfer(context, file, ({ turn, cutAfter, serve }) =>
      turn === 0 ? cutAfter(100_000) : serve(),
    );
    const { store, told, transfer, waited } = transferring;
    await transferring.run();
    await assertWhole(transferring);
    const [from = 0] = told.resumedFrom;
    assert.ok(from > 1024 && from <= 100_000, String(from));
    assert.deepEqual([transfer.requests, transfer.resumed, told.begun.length, told.received], [2, 1, 1, 0]);
    assert.deepEqual(
      [store.requests[1]?.headers.range, store.requests[1]?.headers["if-range"]],
      [`bytes=${from}-`, store.etag],
    );
    assert.equal(told.waits.length, 1);
    assert.deepEqual(
      waited,
      told.waits.map(([retryInMs]) => retryInMs),
    );
    assert.match(told.waits[0]?.[1] ?? "", /connection to .* was lost/);
  });

  it("of unknown length ends with its body, and says nothing about its length", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) => response.writeHead(200).end(file));
    assert.deepEqual(await transferring.run(), { kind: "done", total: undefined, host: hostOf(transferring) });
    await assertWhole(transferring);
    assert.equal(transferring.told.received, 0, "a body without a length can end anywhere");
  });

  it("decodes a body that comes with a coding, and knows its length from nothing", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(file)),
    );
    assert.equal((await transferring.run()).total, undefined);
    await assertWhole(transferring);
    assert.deepEqual(transferring.told.begun, [{ identity: {}, decoded: true, checksums: [] }]);
  });

  it("keeps the coding of a file whose name ends in it", async (context) => {
    const packed = gzipSync(file);
    const transferring = await startTransfer(
      context,
      packed,
      ({ response }) =>
        response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed),
      { job: { nameOf: () => "a.csv.gz" } },
    );
    assert.equal((await transferring.run()).total, packed.length);
    await assertWhole(transferring, packed);
  });

  it("ends at once when it is canceled before", async (context) => {
    const transferring = await startTransfer(context, file, undefined, { job: { signal: AbortSignal.abort() } });
    await assert.rejects(transferring.run(), { code: "cancelled" });
    assert.equal(transferring.transfer.requests, 0);
  });

  it("fetches everything again after what it brought turned out to be wrong", async (context) => {
    const transferring = await startTransfer(context, file);
    await transferring.run();
    transferring.transfer.forget();
    await transferring.run();
    assert.deepEqual(
      transferring.store.requests.map(({ headers }) => headers.range),
      [undefined, undefined],
    );
    assert.equal(transferring.told.begun.length, 2);
  });
});

describe("an unfinished part", () => {
  it("is complete if the store says so when it is asked for what follows", async (context) => {
    const transferring = await startTransfer(context, file, ({ turn, response, etag, cut, serve }) => {
      if (turn > 0) serve();
      else {
        response.writeHead(200, { etag });
        response.write(file, () => cut());
      }
    });
    assert.deepEqual(await transferring.run(), { kind: "done", total: file.length, host: hostOf(transferring) });
    await assertWhole(transferring);
    assert.equal(transferring.store.requests[1]?.headers.range, `bytes=${file.length}-`);
    assert.deepEqual([transferring.transfer.requests, transferring.transfer.resumed], [2, 0]);
  });

  it("is compared after all if the store no longer sends a strong ETag, and then continued", async (context) => {
    const dates = { "last-modified": "Sat, 31 Jan 2026 12:00:00 GMT", date: "Sat, 31 Jan 2026 13:00:00 GMT" };
    const transferring = await startTransfer(context, file, ({ turn, cutAfter, serve }) => {
      if (turn === 0) cutAfter(100_000, dates);
      else serve({ ...dates, etag: "" });
    });
    await transferring.run();
    await assertWhole(transferring);
    const [from = 0] = transferring.told.resumedFrom;
    assert.deepEqual(
      transferring.store.requests.map(({ headers }) => headers.range),
      [undefined, `bytes=${from}-`, `bytes=${from - 1024}-`],
    );
    assert.equal(transferring.waited.length, 1, "only the lost connection causes a pause");
  });

  it("that is compared and the same is continued", async (context) => {
    const part = await partWith(context, 3000);
    const content = Buffer.concat([await readFile(part.paths.part), Buffer.from("more\n")]);
    const transferring = await startTransfer(context, content, undefined, { part });
    transferring.store.etag = '"v1"';
    assert.equal((await transferring.run()).total, 3005);
    assert.deepEqual([transferring.told.resumedFrom, transferring.told.begun], [[3000], []]);
    assert.equal(transferring.store.requests[0]?.headers.range, "bytes=1976-");
    await assertWhole(transferring, content);
  });

  it("whose file has changed starts over, which doesn't count as a change during the download", async (context) => {
    const part = await partWith(context, 3000);
    const transferring = await startTransfer(
      context,
      file,
      ({ turn, response, serve }) => {
        if (turn !== 0) serve();
        else response.writeHead(206, { etag: '"v2"', "content-range": "bytes 1976-2999/3000" }).end(Buffer.alloc(1024));
      },
      { part },
    );
    await transferring.run();
    await assertWhole(transferring);
    assert.equal(transferring.transfer.requests, 2);
    assert.deepEqual(transferring.waited, []);
  });
});

describe("a store that refuses", () => {
  for (const status of [404, 410]) {
    it(`with ${status} has no such file`, async (context) => {
      const transferring = await startTransfer(context, file, ({ response }) => response.writeHead(status).end());
      await assert.rejects(transferring.run(), {
        code: "fileMissing",
        details: { host: hostOf(transferring), status },
      });
    });
  }

  it("with a status that means nothing here is not understood", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) => response.writeHead(204).end());
    await assert.rejects(transferring.run(), {
      code: "unexpectedResponse",
      details: { host: hostOf(transferring), status: 204 },
    });
  });

  it("is asked with a new link once, without a pause", async (context) => {
    const transferring = await startTransfer(context, file, ({ request, response, serve }) => {
      if (request.url?.endsWith("nth=0") === true) response.writeHead(403).end("no");
      else serve();
    });
    await transferring.run();
    assert.deepEqual([transferring.told.newLinks, transferring.waited, transferring.transfer.requests], [1, [], 2]);
  });

  it("the new link as well ends the transfer", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) => response.writeHead(403).end("no"));
    await assert.rejects(transferring.run(), {
      code: "storageRefused",
      details: { host: hostOf(transferring), status: 403 },
    });
    assert.equal(transferring.told.newLinks, 1);
  });

  it("because the link has expired gets three new ones, with a pause from the second on", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) =>
      response.writeHead(403).end("Request has expired"),
    );
    await assert.rejects(transferring.run(), { code: "linkExpired", details: { host: hostOf(transferring) } });
    assert.deepEqual([transferring.told.newLinks, transferring.waited.length], [3, 2]);
    assert.ok(transferring.told.waits.every(([, reason]) => reason.includes("had already expired")));
  });

  it("because it is busy is asked again after the time that it names", async (context) => {
    const transferring = await startTransfer(context, file, ({ turn, response, serve }) => {
      if (turn === 0) response.writeHead(503, { "retry-after": "2" }).end();
      else serve();
    });
    await transferring.run();
    assert.deepEqual(transferring.told.waits, [[2000, `${hostOf(transferring)} asked to wait.`]]);
  });

  it("because it is busy for longer than the budget ends the transfer, and says for how long", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) =>
      response.writeHead(429, { "retry-after": "4" }).end(),
    );
    await assert.rejects(transferring.run(), {
      code: "tooManyRequests",
      details: { host: hostOf(transferring), status: 429, retryAfterMs: 4000 },
    });
    assert.equal(transferring.transfer.requests, 1);
  });

  it("again and again ends the transfer when the budget is used up", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) => response.writeHead(500).end());
    await assert.rejects(transferring.run(), {
      code: "serviceUnavailable",
      details: { host: hostOf(transferring), status: 500 },
    });
    assert.deepEqual(transferring.waited, [250, 500, 1000]);
    assert.match(transferring.told.waits[0]?.[1] ?? "", /not available right now \(status 500\)/);
  });
});

describe("a store that sends something wrong", () => {
  it("has a second chance after a range that wasn't asked for", async (context) => {
    const wrong = await startTransfer(context, file, ({ turn, response, serve }) => {
      if (turn === 0) response.writeHead(206, { "content-range": "bytes 5-9/10" }).end("abcde");
      else serve();
    });
    await wrong.run();
    await assertWhole(wrong);
    const lasting = await startTransfer(context, file, ({ response }) =>
      response.writeHead(206, { "content-range": "bytes 5-9/10" }).end("abcde"),
    );
    await assert.rejects(lasting.run(), {
      code: "unexpectedResponse",
      details: { host: hostOf(lasting), status: 206 },
    });
    assert.deepEqual([lasting.transfer.requests, lasting.waited], [2, []]);
  });

  it("has a second chance after an empty body", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) => response.writeHead(200).end());
    await assert.rejects(transferring.run(), { code: "truncated", details: { host: hostOf(transferring) } });
    assert.deepEqual([transferring.transfer.requests, transferring.waited.length], [2, 1]);
  });

  it("has a second chance after a body that can't be decoded", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("not gzip"),
    );
    await assert.rejects(transferring.run(), { code: "unexpectedResponse" });
    assert.deepEqual([transferring.transfer.requests, transferring.waited.length], [2, 1]);
  });

  it("has no second chance after a web page, and nothing of it is kept", async (context) => {
    const transferring = await startTransfer(context, file, ({ response }) =>
      response.writeHead(200).end("<!doctype html><p>Sign in"),
    );
    await assert.rejects(transferring.run(), { code: "notAnExportFile", details: { host: hostOf(transferring) } });
    assert.deepEqual([transferring.transfer.requests, transferring.part.length, transferring.told.begun], [1, 0, []]);
  });
});

describe("the limit of requests to a host", () => {
  /** Refuses to send some requests, as if there had been too many. */
  const holdingBack =
    (isHeld: (nth: number) => boolean) =>
    (http: HttpClient): HttpClient => {
      let nth = 0;
      return {
        send: (request) => (isHeld((nth += 1)) ? Promise.reject(new HeldBack("h", 2500)) : http.send(request)),
        close: () => http.close(),
      };
    };

  it("is waited for exactly, with its reason", async (context) => {
    const transferring = await startTransfer(context, file, undefined, { around: holdingBack((nth) => nth === 1) });
    await transferring.run();
    assert.deepEqual(transferring.told.waits, [[2500, "Too many requests to h within a minute. Try again in 3 s."]]);
  });

  it("ends a transfer without progress when the budget is used up", async (context) => {
    const transferring = await startTransfer(context, file, undefined, { around: holdingBack(() => true) });
    await assert.rejects(transferring.run(), { code: "tooManyRequests" });
    assert.deepEqual(transferring.waited, [2500]);
  });

  it("uses no budget once after bytes have arrived", async (context) => {
    const transferring = await startTransfer(context, file, ({ cutAfter }) => cutAfter(50_000), {
      around: holdingBack((nth) => nth > 1),
    });
    await assert.rejects(transferring.run(), { code: "tooManyRequests" });
    assert.deepEqual(transferring.waited, [250, 2500, 2500]);
  });
});
