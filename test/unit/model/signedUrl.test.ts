import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expiryOf, fileNameOf } from "../../../src/model/signedUrl.ts";

const noon = "2026-01-31T12:00:00.000Z";

describe("the time when a signed URL expires", () => {
  const told: [store: string, query: string, end: string][] = [
    ["S3", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260131T115500Z&X-Amz-Expires=300&X-Amz-Signature=1", noon],
    ["S3 in lower case", "x-amz-date=20260131T115500Z&x-amz-expires=300", noon],
    ["Google Cloud Storage", "X-Goog-Date=20260131T110000Z&X-Goog-Expires=3600&X-Goog-Signature=1", noon],
    ["S3 and Google in their older form, and CloudFront", `Expires=${Date.parse(noon) / 1000}&Signature=1`, noon],
    ["Azure Blob", "sv=2024-11-04&se=2026-01-31T12%3A00%3A00Z&sr=b&sig=1", noon],
    [
      "CloudFront with a policy that has every sign of its alphabet",
      `Policy=${cloudFrontPolicy(Date.parse(noon) / 1000, "???>>>ÿþ~~~")}&Signature=1`,
      noon,
    ],
    ["CloudFront with a policy", `Policy=${cloudFrontPolicy(Date.parse(noon) / 1000)}&Signature=1`, noon],
  ];
  for (const [store, query, end] of told) {
    it(`is read for ${store}`, () => assert.equal(expiryOf(`https://store.test/a.csv?${query}`)?.toISOString(), end));
  }

  for (const query of [
    "",
    "se=2026-01-31T12:00:00Z",
    "Expires=soon",
    "Expires=999999999999",
    "sig=1&se=Fri, 13 Sep 275760 00:00:00 GMT",
    "X-Amz-Date=99991231T235959Z&X-Amz-Expires=300",
    "X-Amz-Date=20260131T115500Z",
    "X-Amz-Date=yesterday&X-Amz-Expires=300",
    "X-Amz-Date=20269931T115500Z&X-Amz-Expires=300",
    "sig=1&se=soon",
    "Policy=%%%",
  ]) {
    it(`is not guessed from ${JSON.stringify(query)}`, () =>
      assert.equal(expiryOf(`https://store.test/a.csv?${query}`), undefined));
  }

  it("is tested with every sign that CloudFront uses in its own way", () => {
    assert.match(cloudFrontPolicy(1, "???>>>ÿþ~~~"), /-.*~|~.*-/);
    assert.match(cloudFrontPolicy(1, "*"), /^[\w~-]+$/);
  });

  it("is the first one of a URL with several, and the next one if that can't be read", () => {
    const amazon = "X-Amz-Date=20260131T115500Z&X-Amz-Expires=300";
    const later = `Expires=${Date.parse(noon) / 1000 + 60}`;
    const endOf = (query: string): string | undefined => expiryOf(`https://store.test/a?${query}`)?.toISOString();
    assert.equal(endOf(`${later}&${amazon}`), noon);
    assert.equal(endOf(`${later}&X-Amz-Date=20260131T115500Z&X-Amz-Expires=x`), "2026-01-31T12:01:00.000Z");
    assert.equal(endOf("Expires=soon&sig=1&se=2026-01-31T12:00:00Z"), noon);
    assert.equal(endOf(`sig=1&se=soon&Policy=${cloudFrontPolicy(Date.parse(noon) / 1000)}`), noon);
  });

  it("is not read from a date or a number with something before or after it", () => {
    for (const [from, seconds] of [
      ["x20260131T115500Z", "300"],
      ["20260131T115500Zx", "300"],
      ["20260131T115500Z", "x300"],
      ["20260131T115500Z", "300x"],
      ["20260131T115500Z", "3000000000"],
    ]) {
      assert.equal(expiryOf(`https://store.test/a?X-Amz-Date=${from}&X-Amz-Expires=${seconds}`), undefined);
    }
    assert.notEqual(expiryOf("https://store.test/a?X-Amz-Date=20260131T115500Z&X-Amz-Expires=999999999"), undefined);
  });

  it("is unknown if the text is not a URL", () => assert.equal(expiryOf("nonsense"), undefined));
});

describe("the file's name in a URL", () => {
  const names: [url: string, name: string][] = [
    ["https://store.test/a/Wallet_Export-12345.csv?X-Amz-Signature=1", "Wallet_Export-12345.csv"],
    ["https://store.test/a%20b%C3%BC.csv", "a bü.csv"],
    ["https://store.test/%2e%2e%2fescaped.csv", "../escaped.csv"],
    ["https://store.test/100%.csv", "100%.csv"],
    ["https://store.test/folder/", ""],
    ["https://store.test", ""],
    ["nonsense", ""],
  ];
  for (const [url, name] of names) {
    it(`is ${JSON.stringify(name)} in ${url}`, () => assert.equal(fileNameOf(url), name));
  }
});

/** The JSON of a policy in CloudFront's own base64. */
function cloudFrontPolicy(seconds: number, resource = "*"): string {
  const statement = { Resource: resource, Condition: { DateLessThan: { "AWS:EpochTime": seconds } } };
  const base64 = Buffer.from(JSON.stringify({ Statement: [statement] })).toString("base64");
  return base64.replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");
}
