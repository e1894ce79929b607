import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { describe, it } from "node:test";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { startRawServer } from "./rawServer.ts";

const never = new AbortController().signal;
const network = { connectTimeoutMs: 500, stallTimeoutMs: 500 };

interface Proxy extends AsyncDisposable {
  readonly uri: string;
  /** Target and `Proxy-Authorization` of each tunnel that was asked for. */
  readonly asked: [target: string | undefined, authorization: string | undefined][];
}

/** A proxy that opens tunnels, or refuses them with the status given. */
async function startProxy(refusal?: string): Promise<Proxy> {
  const asked: Proxy["asked"] = [];
  const server = createServer();
  server.on("connect", (request, socket) => {
    socket.on("error", () => undefined);
    asked.push([request.url, request.headers["proxy-authorization"]]);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const [host, port] = request.url?.split(":") ?? [];
    const target = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("close", () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function failure(uri: string, url = "https://files.example.test/export.csv?sig=planted"): Promise<ExportError> {
  const http = createHttpClient(() => ({ ...network, proxy: () => ({ uri }) }));
  const error: unknown = await http.send({ url, signal: never }).then(
    () => assert.fail("It should have failed"),
    (reason: unknown) => reason,
  );
  await http.close();
  assert.ok(error instanceof ExportError);
  assert.doesNotMatch(JSON.stringify([error.message, error.details, String(error.cause)]), /planted|export\.csv/);
  return error;
}

describe("a proxy", () => {
  it("is used for the addresses that the settings choose, through a tunnel, with its own credentials", async () => {
    await using store = await startRawServer((_path, socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
    );
    await using proxy = await startProxy();
    const http = createHttpClient(() => ({
      ...network,
      proxy: (url) => (url.endsWith("/direct") ? undefined : { uri: proxy.uri, authorization: "Basic dTpw" }),
    }));
    for (const path of ["/direct", "/proxied"]) {
      const { status, body } = await http.send({ url: store.origin + path, signal: never });
      assert.equal(status, 200);
      assert.equal(Buffer.concat((await body.toArray()) as Buffer[]).toString(), "abc");
    }
    await http.close();
    assert.deepEqual(proxy.asked, [[`127.0.0.1:${store.port}`, "Basic dTpw"]]);
  });

  it("that requires a password causes an error that names its settings", async () => {
    await using proxy = await startProxy("407 Proxy Authentication Required");
    const error = await failure(proxy.uri);
    assert.deepEqual([error.code, error.details.status], ["proxy", 407]);
    assert.match(error.message, /http\.proxyAuthorization/);
  });

  it("that refuses causes an error with its status and setting", async () => {
    await using proxy = await startProxy("403 Forbidden");
    const error = await failure(proxy.uri);
    assert.deepEqual([error.code, error.details.status, error.details.host], ["proxy", 403, "files.example.test"]);
    assert.match(error.message, /http\.proxy\b/);
  });

  it("that isn't running causes an error that names its setting", async () => {
    const error = await failure("http://127.0.0.1:1");
    assert.equal(error.code, "proxy");
    assert.match(error.message, /http\.proxy\b/);
  });

  it("that closes the connection is tried only once", async () => {
    await using proxy = await startRawServer((_path, socket) => socket.end());
    assert.equal((await failure(`http://127.0.0.1:${proxy.port}`)).code, "proxy");
    assert.ok(proxy.connections < 5, `${proxy.connections} connections`);
  });

  it("that never responds causes a timeout", async () => {
    await using proxy = await startRawServer(() => undefined);
    assert.equal((await failure(`http://127.0.0.1:${proxy.port}`)).code, "proxy");
  });

  it("with an invalid address causes an error that names its setting", async () => {
    for (const uri of ["not a url", "socks5://127.0.0.1:1080"]) {
      const error = await failure(uri);
      assert.equal(error.code, "proxy");
      assert.match(error.message, /http\.proxy\b/);
    }
  });
});
