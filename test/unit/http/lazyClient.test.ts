import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createLazyClient } from "../../../src/http/lazyClient.ts";
import { startAnsweringServer } from "./answeringServer.ts";

const network = { connectTimeoutMs: 3000, stallTimeoutMs: 3000 };

describe("An HTTP client that is loaded with its first request", () => {
  it("sends each request with one client, whose settings are read for each of them", async () => {
    await using server = await startAnsweringServer(() => ({ body: "here" }));
    let read = 0;
    const http = createLazyClient(() => {
      read++;
      return network;
    });
    const { signal } = new AbortController();
    const send = async (): Promise<string> => {
      const { body } = await http.send({ url: `${server.origin}/export`, signal });
      return Buffer.concat((await body.toArray()) as Buffer[]).toString();
    };
    assert.deepEqual(await Promise.all([send(), send()]), ["here", "here"]);
    assert.equal(read, 2);
    await http.close();
    await assert.rejects(send());
  });

  it("fails like the client itself", async () => {
    const http = createLazyClient(() => network);
    await assert.rejects(http.send({ url: "ftp://127.0.0.1/", signal: new AbortController().signal }), {
      code: "invalidRequest",
    });
    await assert.rejects(http.send({ url: "http://127.0.0.1/", signal: AbortSignal.abort() }), { code: "cancelled" });
    await http.close();
  });

  it("can be closed before anything was requested", async () => {
    await createLazyClient(() => network).close();
  });
});
