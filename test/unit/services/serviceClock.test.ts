import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import { createSpaazaService } from "../../../src/services/spaaza/spaazaService.ts";
import { createTextRevealService } from "../../../src/services/textReveal/textRevealService.ts";
import { createFakeClock } from "../http/fakeClock.ts";
import { accessTo, call } from "./serviceFixture.ts";

const link = "https://files.example.test/a.csv";

/** Answers without a date, which the servers of tests always send. */
function answering(body: unknown): HttpClient {
  return {
    send: () => Promise.resolve({ status: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(body))]) }),
    close: () => Promise.resolve(),
  };
}

describe("a download URL from a service that sends no date", () => {
  const options = { retryBudgetMs: () => 0, clock: createFakeClock(0) };

  it("is valid for an hour with Spaaza, by this computer's clock", async () => {
    const service = createSpaazaService(answering({ url: link }), options);
    const access = accessTo("spaaza", "https://a.test", { kind: "privileged", tokenId: "i", tokenSecret: "s" });
    const [file] = await service.resolveDownload(access, "7", call);
    assert.equal(file?.expiresAt, "1970-01-01T01:00:00.000Z");
  });

  it("is valid for five minutes with TextReveal, by this computer's clock", async () => {
    const service = createTextRevealService(answering([link]), options);
    const access = accessTo("textreveal", "https://a.test", { kind: "accessToken", token: "t" });
    const [file] = await service.resolveDownload(access, "f47ac10b-58cc-4372-a567-0e02b2c3d479", call);
    assert.equal(file?.expiresAt, "1970-01-01T00:05:00.000Z");
  });

  it("can come from the known addresses of the services", () => {
    const http = answering({});
    assert.deepEqual(
      createSpaazaService(http, options).endpoints.map(({ url }) => url),
      ["https://services-prod.spaaza.com", "https://services-test01.spaaza.com"],
    );
    const textReveal = createTextRevealService(http, options);
    assert.deepEqual(textReveal.endpoints, [{ url: "https://api.textreveal.com/v3" }]);
    assert.equal(textReveal.defaultEndpoint, "https://api.textreveal.com/v3");
    assert.equal(textReveal.defaultLoginEndpoint, "https://login.textreveal.com/oauth/token");
    assert.deepEqual([textReveal.id, textReveal.label], ["textreveal", "TextReveal"]);
  });
});
