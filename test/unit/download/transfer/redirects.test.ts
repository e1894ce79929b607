import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type FollowedAnswer, sendFollowing } from "../../../../src/download/transfer/redirects.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import { createHttpClient } from "../../../../src/http/undiciClient.ts";
import { ExportError } from "../../../../src/model/exportError.ts";
import { type AnsweringServer, startAnsweringServer } from "../../http/answeringServer.ts";

const signal = new AbortController().signal;
const { code: refused } = new ExportError("unexpectedResponse", "");

describe("a request for a file", () => {
  let http: HttpClient;
  let server: AnsweringServer;
  let requests = 0;
  /** Where `/redirect` leads. */
  let location: string | undefined;
  let status = 302;

  before(async () => {
    http = createHttpClient(() => ({ connectTimeoutMs: 2000, stallTimeoutMs: 2000 }));
    server = await startAnsweringServer(({ path }) => {
      if (path.startsWith("/redirect")) return { status, headers: location === undefined ? {} : { location } };
      return { body: path };
    });
  });
  after(async () => {
    await http.close();
    await server[Symbol.asyncDispose]();
  });

  async function send(url: string, allowPrivateHosts = true): Promise<FollowedAnswer> {
    requests = 0;
    server.requests.length = 0;
    const answer = await sendFollowing(http, { url, signal }, { allowPrivateHosts, onRequest: () => requests++ });
    answer.body.destroy();
    return answer;
  }

  it("is counted, and its response says from which host it is", async () => {
    location = "/file";
    const { status: final, host } = await send(`${server.origin}/redirect`);
    assert.deepEqual([final, `http://${host}`, requests], [200, server.origin, 2]);
    assert.deepEqual(
      server.requests.map(({ path }) => path),
      ["/redirect", "/file"],
    );
  });

  for (const code of [301, 302, 303, 307, 308]) {
    it(`follows a redirect with status ${code}`, async () => {
      [status, location] = [code, "/file"];
      assert.equal((await send(`${server.origin}/redirect`)).status, 200);
    });
  }

  it("doesn't follow other statuses, and returns them", async () => {
    [status, location] = [300, "/file"];
    assert.equal((await send(`${server.origin}/redirect`)).status, 300);
    assert.equal(requests, 1);
    status = 302;
  });

  const addresses = {
    "no address": () => undefined,
    "an address that is not readable": () => "http://",
    "a user name": () => server.origin.replace("http://", "http://name@") + "/file",
    "a password": () => server.origin.replace("http://", "http://:word@") + "/file",
    "another scheme": () => "ftp://127.0.0.1/file",
    "no encryption on the way to another computer": () => "http://store.example/file",
  };
  for (const [what, address] of Object.entries(addresses)) {
    it(`is not redirected to ${what}`, async () => {
      location = address();
      await assert.rejects(send(`${server.origin}/redirect`), { name: "ExportError", code: refused });
      assert.equal(requests, 1);
    });
  }

  it("is not sent to an address with a user name or a password", async () => {
    for (const user of ["name", ":word", "name:word"]) {
      const url = `${server.origin.replace("http://", `http://${user}@`)}/file`;
      await assert.rejects(send(url), { name: "ExportError", code: refused });
      assert.equal(requests, 0);
    }
  });

  it("is not sent to this computer unless the account's base URL is there", async () => {
    await assert.rejects(send(`${server.origin}/file`, false), { name: "ExportError", code: refused });
    assert.equal(requests, 0);
  });

  it("is not sent to an invalid address, and the error doesn't repeat it", async () => {
    for (const url of ["planted", "ftp://planted.example/file"]) {
      await assert.rejects(send(url), (error) => error instanceof ExportError && !error.message.includes("planted"));
    }
  });
});
