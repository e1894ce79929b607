import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test, type TestContext } from "node:test";
import { createDigester } from "../../../src/download/digest/digester.ts";
import { downloadTask } from "../../../src/download/downloadTask.ts";
import { createDownloadQueues } from "../../../src/download/fileQueue.ts";
import { systemClock } from "../../../src/http/clock.ts";
import { chooseProxy } from "../../../src/http/proxyRules.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import type { DownloadProgress, DownloadResult } from "../../../src/model/contract.ts";
import { type SecureServer, startSecureServer } from "../http/secureServer.ts";
import { createTestAuthority, type KeyPair, type TestAuthority } from "../http/testAuthority.ts";
import { startTestProxy, type TestProxy } from "../http/testProxy.ts";
import { failureOf } from "./downloading.ts";
import { etagOf, exportBytes, sha256 } from "./faultyStore.ts";

const file = exportBytes(300_000);
const half = file.length / 2;
/** Only the proxy finds it, so that nothing arrives around the proxy. */
const name = "files.example.test";
const credentials = "jane:p@ssw:rd";

/** A store as good ones are, but for the first answer where told: half of it, and then no more. */
function storeOf(afterHalf?: () => void): RequestListener {
  let turn = 0;
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const rest = file.subarray(from);
    response.writeHead(from === 0 ? 200 : 206, {
      "content-type": "text/csv",
      "content-length": rest.length,
      ...(from === 0 ? {} : { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` }),
      etag: etagOf(file),
    });
    turn += 1;
    if (turn > 1 || afterHalf === undefined) response.end(rest);
    else response.write(rest.subarray(0, half), () => setTimeout(afterHalf, 100));
  };
}

interface Company {
  readonly folder: string;
  readonly progress: DownloadProgress[];
  readonly store: SecureServer;
  readonly run: () => Promise<DownloadResult>;
}

/** A download as it is in a company: through its proxy with a password, from a store that its authority vouches for. */
async function startCompany(
  context: TestContext,
  parts: { store: SecureServer; proxyPort: number; ca: readonly string[] | undefined },
): Promise<Company> {
  const { store, proxyPort, ca } = parts;
  const folder = await mkdtemp(join(tmpdir(), "task-exports-network-"));
  const environment = { HTTPS_PROXY: `http://${credentials.replace("@", "%40")}@127.0.0.1:${proxyPort}` };
  const rules = { support: "override", proxy: "", noProxy: [], authorization: "", environment } as const;
  const http = createHttpClient(() => {
    return { connectTimeoutMs: 2000, stallTimeoutMs: 2000, ca, proxy: (url) => chooseProxy(url, rules) };
  });
  const digester = createDigester(new URL("../../../src/download/digest/digestWorker.ts", import.meta.url));
  context.after(async () => {
    await http.close();
    await digester.dispose();
    await rm(folder, { recursive: true });
  });
  const progress: DownloadProgress[] = [];
  const limits = () => ({ stallTimeoutMs: 2000, retryBudgetMs: 3000, slowestBytesPerSecond: 0 });
  const url = `https://${name}:${store.port}/exports/a.csv?sig=planted`;
  const run = () =>
    downloadTask(
      {
        accountId: "account-1",
        taskId: "12345",
        resolve: () => Promise.resolve([{ index: 0, name: "a.csv", url }]),
        folder,
        relativePath: (each) => each.name,
        fileExists: () => Promise.resolve("overwrite"),
        allowPrivateHosts: true,
        signal: new AbortController().signal,
        onProgress: (each) => progress.push(each),
        keepPartOnCancel: () => true,
      },
      { http, digester, limits, queues: createDownloadQueues(() => 1), clock: systemClock, random: () => 0 },
    );
  return { folder, progress, store, run };
}

async function assertWhole({ folder, run }: Company): Promise<DownloadResult["files"][number] | undefined> {
  const [downloaded] = (await run()).files;
  assert.equal(downloaded?.sha256, sha256(file));
  assert.equal(sha256(await readFile(join(folder, "a.csv"))), sha256(file));
  assert.deepEqual(await readdir(folder), ["a.csv"]);
  return downloaded;
}

/** Which bytes each request asked the store for. */
function rangesOf(store: SecureServer): (string | undefined)[] {
  return store.requests.map(({ headers }) => headers.range);
}

describe("a download from within a company's network", { timeout: 120_000 }, () => {
  let authority: TestAuthority;
  let pair: KeyPair;
  let ca: readonly string[];

  before(async () => {
    authority = await createTestAuthority();
    pair = await authority.issue([name]);
    ca = [authority.cert];
  });

  function startProxy(port = 0): Promise<TestProxy> {
    return startTestProxy({ knows: name, credentials, port });
  }

  test("uses the proxy with its password and trusts the company's authority, and the proxy sees only host and port", async (context) => {
    await using proxy = await startProxy();
    await using store = await startSecureServer(pair, storeOf());
    await assertWhole(await startCompany(context, { store, proxyPort: proxy.port, ca }));
    assert.deepEqual(
      proxy.requests.map(({ method, url }) => [method, url]),
      [["CONNECT", `${name}:${store.port}`]],
    );
    assert.doesNotMatch(JSON.stringify(proxy.requests), /planted|a\.csv/);
    assert.equal(store.requests[0]?.headers["proxy-authorization"], undefined);
  });

  test("row 35: after a proxy cuts the connection, the download resumes without losing a byte", async (context) => {
    await using proxy = await startProxy();
    await using store = await startSecureServer(
      pair,
      storeOf(() => proxy.cut()),
    );
    const downloaded = await assertWhole(await startCompany(context, { store, proxyPort: proxy.port, ca }));
    assert.equal(downloaded?.resumed, 1);
    assert.deepEqual(rangesOf(store), [undefined, `bytes=${half}-`]);
    assert.equal(proxy.requests.length, 2);
  });

  test("row 35: if the proxy dies, the error names its setting, the part is kept, and the next call resumes", async (context) => {
    const proxy = await startProxy();
    const dies = () => void proxy[Symbol.asyncDispose]();
    await using store = await startSecureServer(pair, storeOf(dies));
    const company = await startCompany(context, { store, proxyPort: proxy.port, ca });
    const failure = await failureOf(company.run());
    assert.equal(failure.code, "proxy");
    assert.match(failure.message, /http\.proxy\b/);
    assert.doesNotMatch(
      `${failure.message} ${JSON.stringify(failure.details)} ${String(failure.cause)}`,
      /planted|p@ss/,
    );
    assert.ok(!(await readdir(company.folder)).includes("a.csv"));
    const again = await startProxy(proxy.port);
    context.after(() => again[Symbol.asyncDispose]());
    await assertWhole(company);
    // A part from an earlier time has its last KiB compared.
    assert.deepEqual(rangesOf(store), [undefined, `bytes=${half - 1024}-`]);
  });

  test("row 35: if the proxy wants another password, the download fails at once", async (context) => {
    await using proxy = await startTestProxy({ knows: name, credentials: "jane:another" });
    await using store = await startSecureServer(pair, storeOf());
    const company = await startCompany(context, { store, proxyPort: proxy.port, ca });
    const failure = await failureOf(company.run());
    assert.deepEqual([failure.code, failure.details.status], ["proxy", 407]);
    assert.deepEqual([proxy.requests.length, store.connections.length], [1, 0]);
  });

  for (const [what, hosts, days, trusted, advice] of [
    ["of an unknown authority", [name], 5, false, /taskExports\.network\.caFile/],
    ["of another host", ["other.example.test"], 5, true, /another host/],
    ["that has expired", [name], -1, true, /expired/],
  ] as const) {
    test(`row 20: a certificate ${what} fails at once, even through the proxy`, async (context) => {
      await using proxy = await startProxy();
      await using store = await startSecureServer(await authority.issue(hosts, days), storeOf());
      const parts = { store, proxyPort: proxy.port, ca: trusted ? ca : undefined };
      const company = await startCompany(context, parts);
      const failure = await failureOf(company.run());
      assert.equal(failure.code, "tls");
      assert.match(failure.message, advice);
      assert.equal(company.progress.filter(({ phase }) => phase === "waiting").length, 0, "no retry");
      assert.deepEqual([store.requests.length, await readdir(company.folder)], [0, []]);
    });
  }
});
