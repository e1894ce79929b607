import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isLoopbackHost, isPrivateHost, isSafeTransport, requireSafeEndpoint } from "../../../src/model/hostRules.ts";

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

/** The first and the last address of each range that is not public, and their public neighbors. */
const ranges: [first: string, last: string, before: string | undefined, after: string | undefined][] = [
  ["0.0.0.0", "0.255.255.255", undefined, "1.0.0.0"],
  ["10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["224.0.0.0", "255.255.255.255", "223.255.255.255", undefined],
  ["[::]", "[1fff:ffff::ffff]", undefined, "[2000::]"],
  ["[2001::]", "[2001:1ff:ffff::ffff]", "[2000:ffff::ffff]", "[2001:200::]"],
  ["[2001:db8::]", "[2001:db8:ffff::ffff]", "[2001:db7:ffff::ffff]", "[2001:db9::]"],
  ["[2002::]", "[2002:ffff::ffff]", "[2001:ffff::ffff]", "[2003::]"],
  ["[3fff::]", "[3fff:fff:ffff::ffff]", "[3ffe:ffff::ffff]", "[3fff:1000::]"],
  ["[4000::]", "[ffff:ffff::ffff]", "[3fff:ffff::ffff]", undefined],
  ["[::fffe:ffff:ffff]", "[::fffe:ffff:ffff]", undefined, "[::ffff:1.0.0.0]"],
  ["[::ffff:224.0.0.0]", "[::1:0:0:0]", "[::ffff:223.255.255.255]", undefined],
];

describe("a range of addresses", () => {
  for (const [first, last, ...outsiders] of ranges) {
    it(`is private from ${first} to ${last}, and not beyond`, () => {
      for (const address of [first, last]) assert.equal(isPrivateHost(host(address)), true, address);
      for (const address of outsiders.filter((each) => each !== undefined)) {
        assert.equal(isPrivateHost(host(address)), false, address);
      }
    });
  }

  it("is this machine only from 127.0.0.0 to 127.255.255.255, and at ::1", () => {
    for (const address of ["127.0.0.0", "127.255.255.255", "[::1]"]) assert.ok(isLoopbackHost(host(address)), address);
    for (const address of ["126.255.255.255", "128.0.0.0", "[::2]"]) assert.ok(!isLoopbackHost(host(address)), address);
  });
});

describe("a name that is never public", () => {
  const lastLabels =
    "localhost local localdomain internal intranet private corp home mail lan svc consul invalid test onion alt arpa";
  for (const label of lastLabels.split(" ")) {
    it(`ends in .${label}, and doesn't only contain it`, () => {
      assert.equal(isPrivateHost(`a.${label}`), true);
      assert.equal(isPrivateHost(`a.x${label}`), false);
      assert.equal(isPrivateHost(`${label}.com`), false);
      assert.equal(isPrivateHost(`a.${label}.com`), false);
    });
  }

  it("is not this machine if it only ends or begins like its name", () => {
    for (const name of ["alocalhost", "localhost.com", "localhost.localdomain"]) assert.ok(!isLoopbackHost(name), name);
  });
});

describe("whether data may be sent to a URL", () => {
  for (const [url, isSafe] of [
    ["https://example.com/", true],
    ["https://127.0.0.1/", true],
    ["http://127.0.0.1/", true],
    ["http://localhost./", true],
    ["http://10.0.0.1/", false],
    ["http://example.com/", false],
    ["ftp://127.0.0.1/", false],
    ["file:///tmp/a", false],
  ] as const) {
    it(`${url}: ${isSafe ? "yes" : "no"}`, () => assert.equal(isSafeTransport(new URL(url)), isSafe));
  }
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
    ["https://planted@services-prod.spaaza.com", /can't contain a username/],
    ["https://:planted@services-prod.spaaza.com", /can't contain a username/],
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
