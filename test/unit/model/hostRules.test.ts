import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isLoopbackHost, isPrivateHost, requireSafeEndpoint } from "../../../src/model/hostRules.ts";

/** As everybody gets it: through the URL parser, which writes an address in one form. */
const host = (text: string) => new URL(`https://${text}/`).hostname;

const loopback = [
  "localhost",
  "LOCALHOST.",
  "api.localhost",
  "127.0.0.1",
  "127.9.9.9",
  "127.1",
  "0x7f000001",
  "[::1]",
  "[::ffff:127.0.0.1]",
];
const inside = [
  ...loopback,
  ...[
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "198.18.0.1",
  ],
  ...[
    "224.0.0.1",
    "255.255.255.255",
    "[::]",
    "[fc00::1]",
    "[fdff::1]",
    "[fe80::1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::a00:1]",
  ],
  ...["192.0.2.1", "198.51.100.9", "203.0.113.255", "192.88.99.1"],
  // Addresses that carry an IPv4 address: 6to4, NAT64, SIIT, Teredo; and some that nobody is assigned.
  ...["[2002:7f00:1::]", "[64:ff9b:1::a9fe:a9fe]", "[::ffff:0:127.0.0.1]", "[::ffff:0:8.8.8.8]", "[2001:0:a9fe::1]"],
  ...["[::127.0.0.1]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[4000::1]"],
  ...["kubernetes.default.svc", "server.corp", "nas.home", "db.private", "x.mail", "web.service.consul", "a.test"],
  ...["hidden.onion", "NAS.HOME."],
  ...["[ff02::1]", "intranet", "printer.local", "db.internal", "router.lan", "nas.home.arpa"],
];
const outside = [
  ...["spaaza.com", "services-prod.spaaza.com", "local.example.com", "notlocalhost.com", "8.8.8.8", "172.15.0.1"],
  ...[
    "172.32.0.1",
    "192.167.1.1",
    "100.63.0.1",
    "100.128.0.1",
    "[2606:4700::1111]",
    "[::ffff:8.8.8.8]",
    "[2a00:1450::1]",
    "[2001:4860::8888]",
    "corp.example.com",
    "home.com",
    "223.255.255.255",
  ],
];

describe("a host", () => {
  for (const name of loopback) it(`is this machine: ${name}`, () => assert.ok(isLoopbackHost(host(name))));
  for (const name of [...outside, "10.0.0.1", "0.0.0.0", "[::]", "localhost.example.com"]) {
    it(`is not this machine: ${name}`, () => assert.ok(!isLoopbackHost(host(name))));
  }
  for (const name of inside) it(`is private: ${name}`, () => assert.ok(isPrivateHost(host(name))));
  for (const name of outside) it(`is public: ${name}`, () => assert.ok(!isPrivateHost(host(name))));
});

describe("a base URL", () => {
  const accepted: [given: string, kept: string][] = [
    [" https://services-prod.spaaza.com/ ", "https://services-prod.spaaza.com"],
    ["https://API.textreveal.com/v3//", "https://api.textreveal.com/v3"],
    ["http://127.0.0.1:4000/v3?x=1#y", "http://127.0.0.1:4000/v3"],
    ["http://localhost:4000", "http://localhost:4000"],
    ["https://10.0.0.5:8443", "https://10.0.0.5:8443"],
  ];
  for (const [given, kept] of accepted) {
    it(`is kept as ${kept} when given as ${JSON.stringify(given)}`, () =>
      assert.equal(requireSafeEndpoint(given), kept));
  }

  const refused: [given: string, message: RegExp][] = [
    ["", /not a valid URL/],
    ["services-prod.spaaza.com", /not a valid URL/],
    ["http://services-prod.spaaza.com", /must start with https/],
    ["http://10.0.0.5", /must start with https/],
    ["ftp://127.0.0.1", /must start with https/],
    ["https://user:planted@services-prod.spaaza.com", /can't contain a username/],
  ];
  for (const [given, message] of refused) {
    it(`is refused in a plain sentence when given as ${JSON.stringify(given)}`, () =>
      assert.throws(
        () => requireSafeEndpoint(given),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, "invalidRequest");
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /planted/);
          return true;
        },
      ));
  }
});
