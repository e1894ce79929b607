import assert from "node:assert/strict";
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { before, describe, it } from "node:test";
import { chooseProxy, type ProxySettings } from "../../../src/http/proxyRules.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { fetchFailure, fetchText } from "./fetching.ts";
import { startRawServer } from "./rawServer.ts";
import { startSecureServer } from "./secureServer.ts";
import { createTestAuthority, type KeyPair, type TestAuthority } from "./testAuthority.ts";
import { startTestProxy } from "./testProxy.ts";

/** A name that only the proxy can find, so that nothing arrives around it. */
const name = "files.example.test";

function through(settings: Partial<ProxySettings>) {
  const all = { support: "override", proxy: "", noProxy: [], authorization: "", environment: {}, ...settings } as const;
  return (url: string) => chooseProxy(url, all);
}

describe("a real proxy (row 35)", () => {
  let authority: TestAuthority;
  let pair: KeyPair;
  let ca: readonly string[];

  before(async () => {
    authority = await createTestAuthority();
    pair = await authority.issue([name, "localhost", "127.0.0.1"]);
    ca = [authority.cert];
  });

  it("opens a tunnel and sees only host and port, nothing of the request", async () => {
    await using server = await startSecureServer(pair);
    await using proxy = await startTestProxy({ knows: name });
    const url = `https://${name}:${server.port}/exports/a.csv`;
    assert.equal(await fetchText(url, { ca, proxy: through({ proxy: proxy.uri }) }), "abc");
    assert.deepEqual(
      proxy.requests.map(({ method, url: target }) => [method, target]),
      [["CONNECT", `${name}:${server.port}`]],
    );
    assert.doesNotMatch(JSON.stringify(proxy.requests), /planted|a\.csv|authorization/i);
    assert.deepEqual(
      [server.requests[0]?.headers.authorization, server.connections[0]?.protocol],
      ["Bearer planted", "http/1.1"],
    );
  });

  it("gets its password, and the server does not", async () => {
    await using server = await startSecureServer(pair);
    await using proxy = await startTestProxy({ knows: name, credentials: "jane:p@ss:w/rd" });
    const url = `https://${name}:${server.port}/`;
    const settings = { environment: { https_proxy: proxy.uri.replace("//", "//jane:p%40ss%3Aw%2Frd@") } };
    assert.equal(await fetchText(url, { ca, proxy: through(settings) }), "abc");
    const header = `Basic ${Buffer.from("jane:p@ss:w/rd").toString("base64")}`;
    assert.equal(await fetchText(url, { ca, proxy: through({ proxy: proxy.uri, authorization: header }) }), "abc");
    assert.deepEqual(
      proxy.requests.map(({ headers }) => headers["proxy-authorization"]),
      [header, header],
    );
    for (const { headers } of server.requests) assert.equal(headers["proxy-authorization"], undefined);
  });

  for (const [what, login] of [
    ["no password", ""],
    ["a wrong password", "jane:planted@"],
  ] as const) {
    it(`that gets ${what} causes an error that names both settings and not the password`, async () => {
      await using proxy = await startTestProxy({ knows: name, credentials: "jane:right" });
      const settings = through({ proxy: proxy.uri.replace("//", `//${login}`) });
      const error = await fetchFailure(`https://${name}/`, { proxy: settings });
      assert.deepEqual([error.code, error.details.status], ["proxy", 407]);
      assert.match(error.message, /http\.proxy\b.*http\.proxyAuthorization/);
      assert.equal(proxy.requests.length, 1);
    });
  }

  it("that can't reach the server causes an error with its status and setting", async () => {
    await using proxy = await startTestProxy();
    const error = await fetchFailure("https://nowhere.invalid/", { proxy: through({ proxy: proxy.uri }) });
    assert.equal(error.code, "proxy");
    assert.match(error.message, /nowhere\.invalid.*http\.proxy\b/);
  });

  it("carries several requests through one tunnel", async () => {
    await using server = await startSecureServer(pair);
    await using proxy = await startTestProxy({ knows: name });
    const settings = { connectTimeoutMs: 3000, stallTimeoutMs: 3000, ca, proxy: through({ proxy: proxy.uri }) };
    const http = createHttpClient(() => settings);
    for (let count = 0; count < 4; count++) {
      const url = `https://${name}:${server.port}/${count}`;
      const { body } = await http.send({ url, signal: new AbortController().signal });
      await body.toArray();
      await nextTurn();
    }
    await http.close();
    assert.deepEqual([proxy.requests.length, server.connections.length, server.requests.length], [1, 1, 4]);
  });

  it("can be changed between two requests", async () => {
    await using server = await startSecureServer(pair);
    await using one = await startTestProxy({ knows: name });
    await using two = await startTestProxy({ knows: name });
    let current = one.uri;
    const http = createHttpClient(() => {
      return { connectTimeoutMs: 3000, stallTimeoutMs: 3000, ca, proxy: through({ proxy: current }) };
    });
    for (const uri of [one.uri, two.uri]) {
      current = uri;
      const url = `https://${name}:${server.port}/`;
      const { body } = await http.send({ url, signal: new AbortController().signal });
      await body.toArray();
    }
    await http.close();
    assert.deepEqual([one.requests.length, two.requests.length], [1, 1]);
  });

  it("is not used for excluded addresses", async () => {
    await using server = await startSecureServer(pair);
    await using proxy = await startTestProxy({ knows: name });
    const settings = { proxy: proxy.uri, noProxy: [`example.test:${server.port}`] };
    const error = await fetchFailure(`https://${name}:${server.port}/`, { ca, proxy: through(settings) });
    assert.equal(error.code, "offline", "Without the proxy nobody knows the name");
    assert.equal(await fetchText(`https://127.0.0.1:${server.port}/`, { ca, proxy: through(settings) }), "abc");
    assert.equal(proxy.requests.length, 0);
  });

  it("that dies breaks the connection, and the next request's error names its setting", async () => {
    await using server = await startSecureServer(pair, (_request, response) =>
      response.writeHead(200, { "content-length": "100" }).write("abc"),
    );
    const proxy = await startTestProxy({ knows: name });
    const network = { connectTimeoutMs: 3000, stallTimeoutMs: 3000, ca, proxy: through({ proxy: proxy.uri }) };
    const http = createHttpClient(() => network);
    const request = { url: `https://${name}:${server.port}/`, signal: new AbortController().signal };
    const { body } = await http.send(request);
    const failed = once(body.resume(), "error");
    await proxy[Symbol.asyncDispose]();
    const [broken] = (await failed) as unknown[];
    assert.ok(broken instanceof ExportError && broken.code === "offline", String(broken));
    const refused: unknown = await http.send(request).catch((error: unknown) => error);
    await http.close();
    assert.ok(refused instanceof ExportError && refused.code === "proxy", String(refused));
    assert.match(refused.message, /http\.proxy\b/);
  });

  it("can use TLS itself and is trusted like any other host", async () => {
    await using server = await startSecureServer(pair);
    await using proxy = await startTestProxy({ knows: name, tls: pair });
    const url = `https://${name}:${server.port}/`;
    assert.equal(await fetchText(url, { ca, proxy: through({ proxy: proxy.uri }) }), "abc");
    const error = await fetchFailure(url, { proxy: through({ proxy: proxy.uri }) });
    assert.equal(error.code, "tls");
    assert.match(error.message, /to the proxy .*http\.proxy\b.*taskExports\.network\.caFile/);
  });

  it("with the TLS certificate of another host is refused once and not retried", async () => {
    await using proxy = await startTestProxy({ tls: await authority.issue(["other.example.test"]) });
    const error = await fetchFailure(`https://${name}/`, { ca, proxy: through({ proxy: proxy.uri }) });
    assert.equal(error.code, "tls");
    assert.match(error.message, /to the proxy/);
  });

  it("tunnels unencrypted requests, too", async () => {
    await using server = await startRawServer((_path, socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
    );
    await using proxy = await startTestProxy({ knows: name });
    const text = await fetchText(`http://${name}:${server.port}/`, { proxy: through({ proxy: proxy.uri }) });
    assert.deepEqual([text, proxy.requests[0]?.method], ["abc", "CONNECT"]);
    assert.doesNotMatch(JSON.stringify(proxy.requests), /planted/);
  });
});
