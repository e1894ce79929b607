import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, test, type TestContext } from "node:test";
import { failureOf, startDownloading } from "./downloading.ts";
import { exportBytes } from "./faultyStore.ts";
import { testCertificate, testKey } from "./testCertificate.ts";

const file = exportBytes(100_000);

/** A store behind TLS; answers its origin. */
async function startSecureStore(context: TestContext, redirectTo?: string): Promise<string> {
  const server = createServer({ key: testKey, cert: testCertificate }, (_request, response) => {
    if (redirectTo === undefined) response.writeHead(200, { "content-length": String(file.length) }).end(file);
    else response.writeHead(302, { location: redirectTo }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const linkTo = (url: string) => ({ resolve: () => Promise.resolve([{ index: 0, name: "export.csv", url }]) });

describe("stores behind TLS (rows 18 and 20)", () => {
  test("row 20: a certificate of an unknown authority fails at once, and the error names the setting for a company's certificates", async (context) => {
    const downloading = await startDownloading(context, file);
    const origin = await startSecureStore(context);
    const failure = await failureOf(downloading.run(linkTo(`${origin}/x.csv?sig=s3cr3t`)));
    assert.equal(failure.code, "tls");
    assert.match(failure.message, /taskExports\.network\.caFile/);
    assert.doesNotMatch(failure.message, /s3cr3t/);
    assert.equal(downloading.progress.filter(({ phase }) => phase === "waiting").length, 0, "no retry");
  });

  test("a file is downloaded from a store whose authority is trusted", async (context) => {
    const downloading = await startDownloading(context, file, undefined, { ca: [testCertificate] });
    const origin = await startSecureStore(context);
    const { files } = await downloading.run(linkTo(`${origin}/x.csv`));
    assert.equal(files[0]?.bytes, file.length);
  });

  test("row 18: a redirect from https to http is refused, and nothing is sent there", async (context) => {
    const downloading = await startDownloading(context, file, undefined, { ca: [testCertificate] });
    const origin = await startSecureStore(context, downloading.store.url);
    const failure = await failureOf(downloading.run(linkTo(`${origin}/x.csv`)));
    assert.equal(failure.code, "unexpectedResponse");
    assert.match(failure.message, /unencrypted/);
    assert.equal(downloading.store.requests.length, 0);
  });
});
