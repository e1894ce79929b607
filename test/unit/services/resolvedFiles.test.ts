import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { resolvedFiles } from "../../../src/services/resolvedFiles.ts";

const answer = {
  service: "Spaaza",
  endpoint: "https://services-prod.spaaza.com",
  taskId: "7",
  headers: {},
  details: { status: 200 },
  now: 0,
  lifetimeMs: 1000,
  signal: new AbortController().signal,
};
const internal = { ...answer, endpoint: "https://10.0.0.5/services" };
const local = { ...answer, endpoint: "http://127.0.0.1:4000" };

describe("the download URLs of a service", () => {
  it("may lead to public hosts, and keep every character, because it may be signed", async () => {
    const url = "https://Store.example.com:443/a/../b/%7Efile.csv?b=2&a=%20+x#z";
    assert.equal((await resolvedFiles([url], answer))[0]?.url, url);
  });

  for (const host of [
    "127.0.0.1",
    "localhost",
    "10.1.2.3",
    "192.168.0.9",
    "169.254.169.254",
    "[::1]",
    "[fd00::1]",
    "2130706433",
  ]) {
    it(`may lead to ${host} only if the service is also in such a network`, async () => {
      const url = `https://${host}/a.csv?sig=planted`;
      await assert.rejects(resolvedFiles([url], answer), (error: Error & { code?: string }) => {
        assert.equal(error.code, "unexpectedResponse");
        assert.doesNotMatch(JSON.stringify(error) + error.message, /planted/);
        return true;
      });
      assert.equal((await resolvedFiles([url], internal)).length, 1);
    });
  }

  it("may be unencrypted only on this computer", async () => {
    assert.equal((await resolvedFiles(["http://127.0.0.1:10000/a.csv"], local)).length, 1);
    await assert.rejects(resolvedFiles(["http://10.0.0.5/a.csv"], internal), { code: "unexpectedResponse" });
  });

  it("are all rejected if one of them can't be used", () =>
    assert.rejects(resolvedFiles(["https://a.example.com/1.csv", "ftp://a.test/2.csv"], answer), {
      code: "unexpectedResponse",
    }));

  for (const sign of ["\n", "\r", "\t", "\0", "\u001b", "\u0085", "\u2028"]) {
    it(`are refused with ${JSON.stringify(sign)} in them, because links are copied one a line`, () =>
      assert.rejects(resolvedFiles([`https://a.example.com/1.csv?a=${sign}rm -rf ~`], answer), {
        code: "unexpectedResponse",
      }));
  }

  it("cause noResultFile if there are none", () => assert.rejects(resolvedFiles([], answer), { code: "noResultFile" }));
});

describe("the name of a file if its URL has none", () => {
  const namesOf = async (...links: string[]): Promise<string[]> =>
    (await resolvedFiles(links, answer)).map(({ name }) => name);

  it("is made of the task's ID, with a number only if there are several files", async () => {
    assert.deepEqual(await namesOf("https://a.example.com/"), ["export-7"]);
    assert.deepEqual(await namesOf("https://a.example.com/", "https://a.example.com/b.csv", "https://a.example.com"), [
      "export-7-1",
      "b.csv",
      "export-7-3",
    ]);
  });
});
