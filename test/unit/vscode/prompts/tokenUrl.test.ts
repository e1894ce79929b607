import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { needsTokenUrl } from "../../../../src/vscode/prompts/tokenUrl.ts";

const textReveal = {
  defaultEndpoint: "https://api.textreveal.com/v3",
  defaultLoginEndpoint: "https://login.textreveal.com/oauth/token",
};
const own = "https://textreveal.example.com";

describe("The token URL", () => {
  it("is asked for if credentials are exchanged for a token and the service has its own URL", () => {
    assert.equal(needsTokenUrl(textReveal, own, "apiKey"), true);
    assert.equal(needsTokenUrl(textReveal, own, "custom"), true);
  });

  it("is not asked for with an access token, which needs no exchange", () => {
    assert.equal(needsTokenUrl(textReveal, own, "accessToken"), false);
  });

  it("is not asked for at the default URL, or for a service without access tokens", () => {
    assert.equal(needsTokenUrl(textReveal, textReveal.defaultEndpoint, "apiKey"), false);
    assert.equal(needsTokenUrl({}, own, "privileged"), false);
  });
});
