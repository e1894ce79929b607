import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ExportError } from "../../../src/model/exportError.ts";
import { type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256, startFaultyStore } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);

/** Links with a number that grows with each question, and the query that a store's form puts its end into. */
function numberedLinks(
  downloading: Downloading,
  query = "",
): { resolve: () => Promise<{ index: number; name: string; url: string }[]> } {
  return {
    resolve: () => {
      downloading.resolved += 1;
      const url = `${downloading.store.origin}/file.csv?sig=s3cr3t${downloading.resolved}${query}`;
      return Promise.resolve([{ index: 0, name, url }]);
    },
  };
}

async function assertWhole(downloading: Downloading): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(file));
}

const error = (code: string, message = ""): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
const azureDetail =
  "<AuthenticationErrorDetail>Signature not valid in the specified time frame: Start [Mon] - Expiry [Mon] - Current [Tue]</AuthenticationErrorDetail>";
/** The store's day, which is years from this computer's: row 29. */
const storeDate = "Wed, 01 Jan 2020 12:00:00 GMT";

const endedForms = [
  { store: "S3", status: 403, text: error("AccessDenied", "Request has expired") },
  { store: "S3 with a session's token", status: 400, text: error("ExpiredToken", "The provided token has expired.") },
  { store: "Google", status: 400, text: error("ExpiredToken", "Invalid argument.") },
  { store: "Azure", status: 403, text: `${error("AuthenticationFailed")}${azureDetail}` },
  { store: "Azurite", status: 403, text: error("AuthorizationFailure"), query: "&se=2020-01-01T11%3A59%3A00Z" },
  { store: "CloudFront", status: 403, text: error("AccessDenied", "Access denied"), query: "&Expires=1577879999" },
  { store: "S3 without words", status: 403, text: "", query: "&X-Amz-Date=20200101T110000Z&X-Amz-Expires=300" },
];

describe("a store that refuses (rows 10 to 12, 18, 29, 38, 39, 41)", () => {
  for (const { store, status, text, query } of endedForms) {
    test(`row 10: an expired URL of ${store} is replaced without a strike, and the download resumes`, async (context) => {
      const downloading = await startDownloading(context, file, ({ request, turn, response, serve, cutAfter }) => {
        if (turn === 0) cutAfter(150_000);
        else if (request.url?.includes("s3cr3t1") === true) response.writeHead(status, { date: storeDate }).end(text);
        else serve();
      });
      const { files } = await downloading.run(numberedLinks(downloading, query), { retryBudgetMs: 1000 });
      await assertWhole(downloading);
      assert.equal(downloading.resolved, 2);
      assert.equal(files[0]?.resumed, 1);
      assert.equal(downloading.store.requests.length, 3);
      assert.equal(downloading.progress.filter(({ phase }) => phase === "waiting").length, 1, "only for the cut");
    });
  }

  for (const { store, status, text, query } of endedForms) {
    test(`row 10: if the second URL is expired too, a third one is requested (${store})`, async (context) => {
      const downloading = await startDownloading(context, file, ({ request, response, serve }) => {
        if (/s3cr3t[12]/.test(request.url ?? "")) response.writeHead(status, { date: storeDate }).end(text);
        else serve();
      });
      await downloading.run(numberedLinks(downloading, query));
      await assertWhole(downloading);
      assert.equal(downloading.resolved, 3);
    });
  }

  test("row 10: if every new URL is expired, the download fails with linkExpired", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      response.writeHead(403).end(error("AccessDenied", "Request has expired")),
    );
    const failure = await failureOf(downloading.run(numberedLinks(downloading)));
    assert.equal(failure.code, "linkExpired");
    assert.equal(downloading.resolved, 4);
  });

  test("row 10: URLs can expire or be refused any number of times, as long as bytes arrive in between", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cutAfter }) => {
      if (turn > 20) serve();
      else if (turn % 2 === 0) cutAfter(20_000);
      else response.writeHead(403).end(turn < 11 ? error("AccessDenied", "Request has expired") : "");
    });
    await downloading.run(numberedLinks(downloading));
    await assertWhole(downloading);
    assert.equal(downloading.resolved, 11);
  });

  test("row 11: after another 403, one new URL is requested, then the download fails with storageRefused", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      response.writeHead(403, { date: storeDate }).end(error("AccessDenied", "Access Denied")),
    );
    const failure = await failureOf(downloading.run(numberedLinks(downloading, "&Expires=1577900000")));
    assert.equal(failure.code, "storageRefused");
    assert.equal(failure.details.status, 403);
    assert.equal(downloading.resolved, 2);
    assert.equal(downloading.store.requests.length, 2);
    assert.doesNotMatch(JSON.stringify([failure.message, failure.details, failure.stack]), /s3cr3t|file\.csv/);
  });

  test("row 11: the download continues if the new URL works", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, serve }) => {
      if (turn === 0) response.writeHead(403).end(error("SignatureDoesNotMatch"));
      else serve();
    });
    await downloading.run(numberedLinks(downloading));
    await assertWhole(downloading);
  });

  for (const status of [404, 410]) {
    test(`row 12: status ${status} fails with fileMissing at once`, async (context) => {
      const downloading = await startDownloading(context, file, ({ response }) =>
        response.writeHead(status).end(error("NoSuchKey")),
      );
      const failure = await failureOf(downloading.run());
      assert.equal(failure.code, "fileMissing");
      assert.equal(downloading.store.requests.length, 1);
      assert.deepEqual(await downloading.files(), []);
    });
  }

  test("row 18: up to five redirects are followed, even to another host, and a resume follows them again", async (context) => {
    const far = await startFaultyStore(file, ({ turn, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000);
      else serve();
    });
    context.after(() => far.close());
    const downloading = await startDownloading(context, file, ({ request, response }) => {
      const hop = Number(/hop=(\d)/.exec(request.url ?? "")?.[1] ?? "0");
      const location = hop < 4 ? `/next?hop=${hop + 1}` : far.url;
      response.writeHead([301, 302, 303, 307, 308][hop] ?? 302, { location, "set-cookie": "a=b" }).end();
    });
    far.bodyIsRead = downloading.store.bodyIsRead;
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.requests, 12);
    for (const { headers } of [...downloading.store.requests, ...far.requests]) {
      assert.equal(headers.authorization ?? headers.cookie ?? headers.referer, undefined);
    }
  });

  test("row 18: a sixth redirect is refused", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      response.writeHead(302, { location: "/again" }).end(),
    );
    const failure = await failureOf(downloading.run());
    assert.equal(failure.code, "unexpectedResponse");
    assert.equal(downloading.store.requests.length, 6);
  });

  test("row 18: a redirect without a usable address is refused", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) => response.writeHead(302).end());
    assert.equal((await failureOf(downloading.run())).code, "unexpectedResponse");
  });

  test("row 29: a URL that is expired only by this computer's clock is used", async (context) => {
    const downloading = await startDownloading(context, file);
    await downloading.run(numberedLinks(downloading, "&Expires=1000000000"));
    await assertWhole(downloading);
    assert.equal(downloading.resolved, 1);
  });

  test("row 38: if credentials are revoked during a download, it fails with unauthorized, keeps the part, and resumes later", async (context) => {
    let ended = true;
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cutAfter }) => {
      if (turn === 0) cutAfter(150_000);
      else if (ended) response.writeHead(403).end(error("AccessDenied", "Request has expired"));
      else serve();
    });
    const links = numberedLinks(downloading);
    const revoked = (): ReturnType<typeof links.resolve> =>
      downloading.resolved === 0 ? links.resolve() : Promise.reject(new ExportError("unauthorized", "Log in again."));
    assert.equal((await failureOf(downloading.run({ resolve: revoked }))).code, "unauthorized");
    ended = false;
    const { files } = await downloading.run(links);
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
  });

  for (const url of ["ftp://files.example/x.csv", "file:///etc/passwd", "not an address", "javascript:alert(1)", ""]) {
    test(`row 39: a URL that is not a web address (${url.slice(0, 8)}…) is an unexpectedResponse`, async (context) => {
      const downloading = await startDownloading(context, file);
      const resolve = () => Promise.resolve([{ index: 0, name, url }]);
      assert.equal((await failureOf(downloading.run({ resolve }))).code, "unexpectedResponse");
    });
  }

  test("row 39: an empty list of files is noResultFile", async (context) => {
    const downloading = await startDownloading(context, file);
    assert.equal((await failureOf(downloading.run({ resolve: () => Promise.resolve([]) }))).code, "noResultFile");
  });

  test("row 41: a private host is refused if the account's base URL is public", async (context) => {
    const downloading = await startDownloading(context, file);
    const failure = await failureOf(downloading.run({ allowPrivateHosts: false }));
    assert.equal(failure.code, "unexpectedResponse");
    assert.equal(downloading.store.requests.length, 0, "nothing was sent");
  });

  test("a URL with http to another computer is refused for every account", async (context) => {
    const downloading = await startDownloading(context, file);
    const resolve = () => Promise.resolve([{ index: 0, name, url: "http://192.168.7.7/x.csv" }]);
    assert.equal((await failureOf(downloading.run({ resolve }))).code, "unexpectedResponse");
  });
});
