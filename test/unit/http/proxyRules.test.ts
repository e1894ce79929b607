import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chooseProxy, type ProxySettings, secretsOf } from "../../../src/http/proxyRules.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const nothingSet: ProxySettings = { support: "override", proxy: "", noProxy: [], authorization: "", environment: {} };
const target = "https://files.example.test/export.csv?sig=planted";
const proxy = "http://proxy.example.test:3128";

function choose(settings: Partial<ProxySettings>, url = target) {
  return chooseProxy(url, { ...nothingSet, ...settings });
}

function uriOf(settings: Partial<ProxySettings>, url = target): string | undefined {
  return choose(settings, url)?.uri;
}

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

describe("which proxy is used", () => {
  it("is none if none is set", () => {
    assert.equal(choose({}), undefined);
    assert.equal(choose({ proxy: "  ", environment: { HTTPS_PROXY: " " } }), undefined);
  });

  it("is the one in the setting, even if the environment has another", () =>
    assert.equal(uriOf({ proxy, environment: { HTTPS_PROXY: "http://other:1" } }), proxy));

  it("is none if proxy support is off, whatever else is set", () =>
    assert.equal(choose({ support: "off", proxy, environment: { HTTPS_PROXY: proxy } }), undefined));

  it("is the same for all other values of proxy support", () => {
    for (const support of ["on", "fallback", "override"] as const) assert.equal(uriOf({ support, proxy }), proxy);
  });

  it("is found in the environment by scheme, with lower-case names first", () => {
    const names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    names.forEach((name, place) => {
      const environment = Object.fromEntries(names.slice(place).map((each, index) => [each, `http://p:${index + 1}`]));
      assert.equal(uriOf({ environment }), "http://p:1", name);
    });
    const plain = "http://files.example.test/";
    assert.equal(uriOf({ environment: { https_proxy: proxy } }, plain), undefined);
    assert.equal(uriOf({ environment: { HTTP_PROXY: proxy } }, plain), proxy);
  });

  it("may have no scheme, and is reached over https if its scheme says so", () => {
    assert.equal(uriOf({ environment: { HTTPS_PROXY: "proxy.example.test:3128" } }), proxy);
    assert.equal(uriOf({ proxy: "https://proxy.example.test/" }), "https://proxy.example.test");
  });

  it("is none for this computer, in any spelling", () => {
    for (const host of ["localhost", "app.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "[::ffff:127.0.0.1]"]) {
      assert.equal(choose({ proxy }, `https://${host}:8080/`), undefined, host);
    }
    assert.equal(uriOf({ proxy }, "https://127.0.0.1.example.test/"), proxy);
  });

  for (const unusable of ["socks5://127.0.0.1:1080", "http://", "http://us er:planted@proxy:99999"]) {
    it(`can't be determined if the value is invalid, and the error names the setting: ${unusable.replace(/planted/, "…")}`, () => {
      for (const settings of [{ proxy: unusable }, { environment: { ALL_PROXY: unusable } }]) {
        assert.throws(
          () => choose(settings),
          (error) =>
            error instanceof ExportError &&
            error.code === "proxy" &&
            /http\.proxy\b/.test(error.message) &&
            !JSON.stringify([error.message, error.details, String(error.cause)]).includes("planted"),
        );
      }
    });
  }
});

describe("the credentials for a proxy", () => {
  it("are none if none are set", () => assert.deepEqual(choose({ proxy }), { uri: proxy }));

  it("are taken from its address and removed there", () => {
    const choice = choose({ proxy: "http://j%40ne:p%3Ass%2F%C3%A9@proxy.example.test:3128" });
    assert.deepEqual(choice, { uri: proxy, authorization: basic("j@ne:p:ss/é") });
  });

  it("may be a password with a percent sign, or a user name alone", () => {
    assert.equal(choose({ proxy: "http://u:100%@p:1" })?.authorization, basic("u:100%"));
    assert.equal(choose({ proxy: "http://u@p:1" })?.authorization, basic("u:"));
  });

  it("are the header in the setting, even if the address has others", () => {
    const settings = { proxy: "http://u:p@p:1", authorization: " Bearer abc " };
    assert.equal(choose(settings)?.authorization, "Bearer abc");
  });

  it("cause an error that doesn't contain them if they can't be sent", () =>
    assert.throws(
      () => choose({ proxy, authorization: "Bearer planted\r\nx: y" }),
      (error) =>
        error instanceof ExportError &&
        error.code === "proxy" &&
        error.message.includes("http.proxyAuthorization") &&
        !error.message.includes("planted"),
    ));

  it("have secret parts that the redactor gets", () => {
    assert.deepEqual(secretsOf(basic("u:p:w")), [basic("u:p:w").slice(6), "p:w"]);
    assert.deepEqual(secretsOf("Bearer abc"), ["abc"]);
    assert.deepEqual(secretsOf("abc"), ["abc"]);
  });
});

describe("the exceptions from the proxy", () => {
  const cases: [entry: string, direct: string[], proxied: string[]][] = [
    ["*", ["https://files.example.test/"], []],
    [
      "example.test",
      ["https://example.test/", "https://a.b.example.test/", "https://EXAMPLE.test./"],
      ["https://notexample.test/", "https://example.test.evil.test/"],
    ],
    [".example.test", ["https://a.example.test/", "https://example.test/"], ["https://notexample.test/"]],
    ["*.Example.test", ["https://a.example.test/"], ["https://notexample.test/"]],
    ["example.test:8443", ["https://example.test:8443/"], ["https://example.test/", "https://example.test:18443/"]],
    ["example.test:443", ["https://example.test/"], ["http://example.test/", "https://example.test:8443/"]],
    ["10.1.2.3", ["https://10.1.2.3/", "https://10.1.2.3:8443/"], ["https://10.1.2.30/", "https://110.1.2.3/"]],
    ["10.1.2.3:8443", ["https://10.1.2.3:8443/"], ["https://10.1.2.3/"]],
    ["10.0.0.0/8", ["https://10.200.3.4/"], ["https://11.0.0.1/", "https://10.example.test/"]],
    ["fd00::1", ["https://[fd00:0::1]:8443/"], ["https://[fd00::2]/"]],
    ["[fd00::1]:8443", ["https://[fd00::1]:8443/"], ["https://[fd00::1]/"]],
    ["fd00::/8", ["https://[fd12::9]/"], ["https://[fe80::1]/", "https://10.0.0.1/"]],
    ["10.0.0.0/99", [], ["https://10.0.0.1/"]],
    [":443", [], ["https://example.test/"]],
  ];

  for (const [entry, direct, proxied] of cases) {
    it(`can be ${entry}, in the setting and in the environment`, () => {
      for (const settings of [
        { proxy, noProxy: ["other.test", ` ${entry} `] },
        { proxy, environment: { NO_PROXY: `other.test, ${entry}` } },
        { environment: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, no_proxy: `${entry} other.test` } },
      ]) {
        for (const url of direct) assert.equal(uriOf(settings, url), undefined, url);
        for (const url of proxied) assert.equal(uriOf(settings, url), proxy, url);
      }
    });
  }

  it("come only from the setting if it has any", () => {
    const environment = { NO_PROXY: "example.test" };
    assert.equal(uriOf({ proxy, environment }), undefined);
    assert.equal(uriOf({ proxy, noProxy: ["other.test"], environment }), proxy);
  });

  it("work even if the proxy's address is invalid", () =>
    assert.equal(choose({ proxy: "socks5://p:1", noProxy: ["example.test"] }), undefined));
});

describe("an exception from the proxy", () => {
  const isExcepted = (exception: string, host: string): boolean =>
    choose({ proxy, noProxy: [exception] }, `https://${host}/`) === undefined;

  it("may be a range of addresses, down to a single one", () => {
    assert.equal(isExcepted("8.8.8.8/32", "8.8.8.8"), true);
    assert.equal(isExcepted("8.8.8.8/32", "8.8.8.9"), false);
    assert.equal(isExcepted("8.8.8.8/0", "1.2.3.4"), true);
    assert.equal(isExcepted("2001:db8::1/128", "[2001:db8::1]"), true);
    assert.equal(isExcepted("2001:db8::1/128", "[2001:db8::2]"), false);
    assert.equal(isExcepted("2001:db8::/33", "[2001:db8::2]"), true);
  });

  it("is ignored if the range is invalid", () => {
    for (const range of [
      "8.8.8.8/33",
      "2001:db8::1/129",
      "8.8.8.8/x",
      "x8.8.8.8/8",
      "8.8.8.8/8x",
      "name/8",
      "/8",
      "8.8.8.8/",
    ]) {
      for (const host of ["8.8.8.8", "[2001:db8::1]", "name"]) assert.equal(isExcepted(range, host), false, range);
    }
  });

  it("may be one address", () => {
    assert.equal(isExcepted("8.8.8.8", "8.8.8.8"), true);
    assert.equal(isExcepted("8.8.8.8", "8.8.8.9"), false);
    assert.equal(isExcepted("2001:db8::1", "[2001:db8::1]"), true);
    assert.equal(isExcepted("[2001:db8::1]:443", "[2001:db8::1]"), true);
    assert.equal(isExcepted("[2001:db8::1]:444", "[2001:db8::1]"), false);
  });
});
