import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { HttpHeaders } from "../../../src/http/httpClient.ts";
import { readJsonBody } from "../../../src/http/jsonBody.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const json = '[{"id":7,"name":"Größe"}]';
const value = JSON.parse(json) as unknown;

function read(bytes: Buffer, headers: HttpHeaders = {}): ReturnType<typeof readJsonBody> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, at) =>
    bytes.subarray(at * 1000, (at + 1) * 1000),
  );
  return readJsonBody({ status: 200, headers, body: Readable.from(chunks) }, "service.example.com");
}

const coded: [coding: string, bytes: Buffer][] = [
  ["gzip", gzipSync(json)],
  ["X-GZIP", gzipSync(json)],
  ["deflate", deflateSync(json)],
  ["br", brotliCompressSync(json)],
  ["zstd", zstdCompressSync(json)],
  ["deflate, gzip", gzipSync(deflateSync(json))],
  ["identity", Buffer.from(json)],
  ["utf-8", Buffer.from(json)],
  ["none, gzip", gzipSync(json)],
];

const encoded: [name: string, bytes: Buffer, contentType: string][] = [
  ["UTF-8", Buffer.from(json), "application/json"],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${json}`), "application/json"],
  ["UTF-16 with a byte order mark", Buffer.from(`\uFEFF${json}`, "utf16le"), "application/json"],
  ["UTF-16, big end first", Buffer.from(`\uFEFF${json}`, "utf16le").swap16(), "application/json"],
  ["ISO 8859-1", Buffer.from(json, "latin1"), "application/json; charset=ISO-8859-1"],
  ["a charset that doesn't exist", Buffer.from(json), "application/json; charset=utf8mb4"],
];

describe("the body of a response", () => {
  for (const [coding, bytes] of coded) {
    it(`is decoded: ${coding}`, async () => {
      assert.deepEqual(await read(bytes, { "content-encoding": coding }), { kind: "json", value });
    });
  }

  for (const [name, bytes, contentType] of encoded) {
    it(`is read as text: ${name}`, async () => {
      assert.deepEqual(await read(bytes, { "content-type": contentType }), { kind: "json", value });
    });
  }

  for (const [what, bytes, coding] of [
    ["ends too early", gzipSync(json).subarray(0, 20), "gzip"],
    ["doesn't have its coding", Buffer.from(json), "gzip"],
    ["has a coding that is not supported", Buffer.from(json), "compress"],
  ] as const) {
    it(`is an unexpected response if it ${what}`, async () => {
      await assert.rejects(read(bytes, { "content-encoding": coding }), (error) => {
        return (
          error instanceof ExportError &&
          error.code === "unexpectedResponse" &&
          error.message.includes("can't be decoded")
        );
      });
    });
  }

  it("is not read to its end if it unpacks to more than 16 MiB", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, " "));
    await assert.rejects(read(bomb, { "content-encoding": "gzip" }), /too large for a task list/);
  });

  it("may have 16 MiB", async () => {
    const most = 16 * 1024 * 1024;
    const readAll = (length: number): ReturnType<typeof readJsonBody> => {
      const body = Readable.from([Buffer.alloc(length - 1, " "), Buffer.from("1")]);
      return readJsonBody({ status: 200, headers: {}, body }, "service.example.com");
    };
    assert.equal((await readAll(most)).kind, "json");
    await assert.rejects(readAll(most + 1), /too large for a task list/);
  });

  it("is text if it is nested too deeply", async () => {
    const nested = (depth: number) => read(Buffer.from(`${"[".repeat(depth)}"]]]\\"[[["${"]".repeat(depth)}`));
    assert.equal((await nested(100)).kind, "json");
    assert.equal((await nested(101)).kind, "text");
    assert.equal((await read(Buffer.from(JSON.stringify(["[".repeat(500), "{".repeat(500)])))).kind, "json");
  });

  it("is not parsed if it has more values than can be parsed without blocking the window", async () => {
    const list = (entry: string, count: number) => read(Buffer.from(`[${Array(count).fill(entry).join()}]`));
    for (const entry of ["1", "{}", '""', '{"a":{}}']) {
      await assert.rejects(list(entry, 200_001), /too large for a task list/, entry);
    }
    assert.equal((await list("1", 200_000)).kind, "json");
    assert.equal((await read(Buffer.from(JSON.stringify(["a,b[{".repeat(300_000)])))).kind, "json");
  });

  for (const [charset, begin] of [
    // The bytes of other characters can be those of a quote or a backslash.
    ["UTF-16", Buffer.from('\uFEFF["\u2200', "utf16le")],
    ["UTF-16, big end first", Buffer.from('\uFEFF["\u2200', "utf16le").swap16()],
    ["Shift_JIS", Buffer.from([0x5b, 0x22, 0x95, 0x5c])],
    ["GB18030", Buffer.from([0x5b, 0x22, 0x81, 0x5c])],
  ] as const) {
    it(`is not parsed if it has more values than that in ${charset}`, async () => {
      const isWide = charset.startsWith("UTF-16");
      const values = (count: number): Buffer => {
        const text = Buffer.from(`",${"{},".repeat(count)}1]`, isWide ? "utf16le" : "latin1");
        return charset.includes("big end") ? text.swap16() : text;
      };
      const headers = { "content-type": isWide ? "application/json" : `application/json; charset=${charset}` };
      await assert.rejects(read(Buffer.concat([begin, values(200_000)]), headers), /too large for a task list/);
      assert.equal((await read(Buffer.concat([begin, values(1000)]), headers)).kind, "json");
    });
  }

  it("is text if it is a web page, however many brackets and commas its scripts have", async () => {
    for (const start of ["<!DOCTYPE html><script>", "\ufeff  <html>", "not available "]) {
      const body = await read(Buffer.from(`${start}${"[a,{}],".repeat(100_000)}`));
      assert.equal(body.kind, "text", start);
    }
    await assert.rejects(read(Buffer.from(`\ufeff\n ${JSON.stringify(Array(200_001).fill(1))}`)), /too large/);
  });

  it("is JSON with any number of brackets one after the other", async () => {
    assert.equal((await read(Buffer.from(`[${"[],".repeat(5000)}[]]`))).kind, "json");
  });
});
