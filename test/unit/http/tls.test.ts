import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { after, before, describe, it } from "node:test";
import { createCertificateStore } from "../../../src/http/certificates.ts";
import { isConnectionFailure } from "../../../src/http/networkErrors.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { fetchFailure, fetchText } from "./fetching.ts";
import { startSecureServer } from "./secureServer.ts";
import { createTestAuthority, type KeyPair, type TestAuthority } from "./testAuthority.ts";
import { startTestProxy } from "./testProxy.ts";

describe("a server behind TLS (row 20)", () => {
  let authority: TestAuthority;
  let right: KeyPair;
  let otherName: KeyPair;
  let expired: KeyPair;
  let folder: string;
  let caFile: string;

  before(async () => {
    authority = await createTestAuthority();
    right = await authority.issue(["127.0.0.1", "localhost"]);
    otherName = await authority.issue(["other.example.test"]);
    expired = await authority.issue(["127.0.0.1", "localhost"], -1);
    folder = await mkdtemp(join(tmpdir(), "task-exports-tls-"));
    caFile = join(folder, "company.pem");
    await writeFile(caFile, `Our authority\n${authority.cert}`);
  });
  after(() => rm(folder, { recursive: true }));

  /** Trusts as the settings of the extension do, with the file named. */
  const trusting = () => createCertificateStore().trusted({ caFile, systemStore: false });

  it("of an unknown authority is refused, and the error names the setting for a company's certificates", async () => {
    await using server = await startSecureServer(right);
    const error = await fetchFailure(`https://127.0.0.1:${server.port}/`);
    assert.deepEqual([error.code, isConnectionFailure(error)], ["tls", false]);
    assert.match(error.message, /taskExports\.network\.caFile/);
    assert.equal(server.requests.length, 0);
  });

  it("of an authority in the certificate file is trusted, and HTTP/1.1 is used", async () => {
    await using server = await startSecureServer(right);
    assert.equal(await fetchText(`https://127.0.0.1:${server.port}/`, { ca: trusting() }), "abc");
    assert.deepEqual(
      server.connections.map(({ protocol }) => protocol),
      ["http/1.1"],
    );
  });

  for (const host of ["127.0.0.1", "localhost"]) {
    it(`with the certificate of another host is refused once and not retried: ${host}`, async () => {
      await using server = await startSecureServer(otherName);
      const error = await fetchFailure(`https://${host}:${server.port}/`, { ca: trusting() });
      assert.equal(error.code, "tls");
      assert.match(error.message, /belongs to another host/);
      assert.deepEqual([server.requests.length, server.connections.length <= 2], [0, true]);
    });
  }

  it("with an expired certificate is refused", async () => {
    await using server = await startSecureServer(expired);
    const error = await fetchFailure(`https://127.0.0.1:${server.port}/`, { ca: trusting() });
    assert.equal(error.code, "tls");
    assert.match(error.message, /has expired/);
    assert.equal(server.requests.length, 0);
  });

  it("is checked in the same way through a proxy", async () => {
    await using proxy = await startTestProxy();
    const through = { proxy: () => ({ uri: proxy.uri }) };
    for (const [pair, ca, expected] of [
      [right, trusting(), undefined],
      [right, undefined, /taskExports\.network\.caFile/],
      [otherName, trusting(), /belongs to another host/],
      [expired, trusting(), /has expired/],
    ] as const) {
      await using server = await startSecureServer(pair);
      const url = `https://localhost:${server.port}/`;
      if (expected === undefined) {
        assert.equal(await fetchText(url, { ca, ...through }), "abc");
        continue;
      }
      const error = await fetchFailure(url, { ca, ...through });
      assert.equal(error.code, "tls");
      assert.match(error.message, expected);
      assert.equal(server.requests.length, 0);
    }
    assert.ok(proxy.requests.length < 9, `${proxy.requests.length} tunnels`);
  });

  it("is checked even if the environment tells Node not to", async (context) => {
    await using server = await startSecureServer(right);
    context.mock.method(process, "emitWarning", () => undefined);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    context.after(() => delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"]);
    assert.equal((await fetchFailure(`https://127.0.0.1:${server.port}/`)).code, "tls");
  });

  it("receives several requests over one connection", async () => {
    await using server = await startSecureServer(right);
    const network = { connectTimeoutMs: 3000, stallTimeoutMs: 3000, ca: trusting() };
    const http = createHttpClient(() => network);
    for (let count = 0; count < 4; count++) {
      const url = `https://127.0.0.1:${server.port}/${count}`;
      const { body } = await http.send({ url, signal: new AbortController().signal });
      await body.toArray();
      await nextTurn();
    }
    await http.close();
    assert.deepEqual([server.connections.length, server.requests.length], [1, 4]);
  });

  it("gets a new connection after the trusted certificates have changed", async () => {
    await using server = await startSecureServer(right);
    let ca: readonly string[] | undefined = trusting();
    const http = createHttpClient(() => ({ connectTimeoutMs: 3000, stallTimeoutMs: 3000, ca }));
    const ask = async () => {
      const signal = new AbortController().signal;
      const { body } = await http.send({ url: `https://127.0.0.1:${server.port}/`, signal });
      await body.toArray();
      await nextTurn();
    };
    await ask();
    ca = undefined;
    await assert.rejects(ask, { code: "tls" });
    await http.close();
  });

  it("is the only kind of server for which certificates are read", async () => {
    await using server = await startSecureServer(right);
    await using proxy = await startTestProxy();
    for (const via of [undefined, { uri: proxy.uri }]) {
      let asked = 0;
      const http = createHttpClient(() => ({
        connectTimeoutMs: 3000,
        stallTimeoutMs: 3000,
        proxy: () => via,
        get ca() {
          asked++;
          return [authority.cert];
        },
      }));
      const signal = new AbortController().signal;
      await assert.rejects(http.send({ url: "http://127.0.0.1:1/", signal }));
      assert.equal(asked, 0);
      const { body } = await http.send({ url: `https://127.0.0.1:${server.port}/`, signal });
      await body.toArray();
      assert.equal(asked, 1);
      await http.close();
    }
  });
});
