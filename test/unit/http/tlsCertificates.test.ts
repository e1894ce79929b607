import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import tls from "node:tls";
import { promisify } from "node:util";
import { createCertificateStore } from "../../../src/http/certificates.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { type SecureServer, startSecureServer } from "./secureServer.ts";
import { createTestAuthority, type TestAuthority } from "./testAuthority.ts";

const run = promisify(execFile);
const childFile = join(import.meta.dirname, "trustingChild.ts");

let folder: string;
let one: TestAuthority;
let two: TestAuthority;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "task-exports-certificates-"));
  [one, two] = await Promise.all([createTestAuthority(), createTestAuthority()]);
});
after(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const withFile = (caFile: string) => ({ caFile, systemStore: false });

function sameCertificate(left: string, right: string): boolean {
  return left.replace(/\s/g, "") === right.replace(/\s/g, "");
}

describe("the certificates that are trusted", () => {
  it("are Node's own if nothing is set", () => assert.equal(createCertificateStore().trusted(withFile("")), undefined));

  it("are Node's own and those in the file", async () => {
    const caFile = await fileOf("two.pem", `# first\r\n${one.cert}\n# second\n${two.cert}`);
    const trusted = createCertificateStore().trusted(withFile(caFile));
    assert.equal(trusted?.length, new Set(tls.getCACertificates("default").map((text) => text.trim())).size + 2);
    for (const { cert } of [one, two]) assert.ok(trusted.some((text) => sameCertificate(text, cert)));
  });

  it("are just Node's own if the file adds none", async () => {
    const [first = ""] = tls.getCACertificates("default");
    const caFile = await fileOf("known.pem", `${first}\n`);
    assert.equal(createCertificateStore().trusted(withFile(caFile)), undefined);
  });

  it("are the same array until the file changes", async () => {
    const caFile = await fileOf("changing.pem", one.cert);
    const store = createCertificateStore();
    const before = store.trusted(withFile(caFile));
    assert.equal(store.trusted(withFile(caFile)), before);
    await writeFile(caFile, two.cert);
    await utimes(caFile, 1, 1);
    const after = store.trusted(withFile(caFile));
    assert.ok(after?.some((text) => sameCertificate(text, two.cert)));
    assert.ok(!after?.some((text) => sameCertificate(text, one.cert)));
    assert.equal(store.trusted(withFile("")), undefined);
  });

  it("are Node's built-in ones and those in the file if the host can't list others", async (context) => {
    context.mock.method(tls, "getCACertificates", () => {
      throw new TypeError("not built in");
    });
    const caFile = await fileOf("company.pem", one.cert);
    const trusted = createCertificateStore().trusted({ caFile, systemStore: true });
    assert.deepEqual(
      trusted,
      [...tls.rootCertificates, one.cert].map((text) => text.trim()),
    );
    assert.equal(createCertificateStore().trusted({ caFile: "", systemStore: true }), undefined);
  });

  const broken: [what: string, content: string | undefined, expected: RegExp][] = [
    ["that is not there", undefined, /Couldn't read/],
    ["that is empty", "", /not a valid PEM/],
    ["that is something else", "id,name\n1,abc\n", /not a valid PEM/],
    ["of which a certificate is cut off", "CUT", /not a valid PEM/],
    [
      "of which a certificate is none",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      /not a valid PEM/,
    ],
  ];
  for (const [what, content, expected] of broken) {
    it(`can't be read from a file ${what}, and the error names the file and its setting`, async () => {
      const text = content === "CUT" ? one.cert + two.cert.slice(0, 400) : content;
      const caFile = text === undefined ? join(folder, "missing.pem") : await fileOf("broken.pem", text);
      const store = createCertificateStore();
      for (let time = 0; time < 2; time++)
        assert.throws(() => store.trusted(withFile(caFile)), naming(caFile, expected));
    });
  }

  it("can't be read from a folder, a device or a huge file, which is not opened", async () => {
    const huge = await fileOf("huge.pem", one.cert);
    await truncate(huge, 2 ** 25);
    for (const caFile of [folder, devNull, huge]) {
      assert.throws(() => createCertificateStore().trusted(withFile(caFile)), naming(caFile, /Couldn't read/));
    }
  });
});

function naming(caFile: string, expected: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof ExportError &&
    error.code === "tls" &&
    error.details.path === caFile &&
    error.message.includes(caFile) &&
    error.message.includes("taskExports.network.caFile") &&
    expected.test(error.message);
}

describe("a company's authority", () => {
  let server: SecureServer;
  let ofOne: string;
  let ofTwo: string;
  let empty: string;
  let noStores: string;

  before(async () => {
    server = await startSecureServer(await one.issue(["127.0.0.1"]));
    ofOne = await fileOf("one.pem", one.cert);
    ofTwo = await fileOf("other.pem", two.cert);
    empty = await fileOf("empty.pem", "");
    noStores = await mkdtemp(join(folder, "none-"));
  });
  after(() => server[Symbol.asyncDispose]());

  async function ask(extra: string, store: string, ...settings: string[]): Promise<string> {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: extra, SSL_CERT_FILE: store, SSL_CERT_DIR: noStores };
    const url = `https://127.0.0.1:${server.port}/`;
    const { stdout } = await run(process.execPath, [childFile, url, ...settings], { env });
    return stdout;
  }

  it("may be in NODE_EXTRA_CA_CERTS, with or without a certificate file", async () => {
    const answers = [ask(ofOne, empty, ""), ask(ofOne, empty, ofTwo), ask(ofTwo, empty, ofTwo)];
    assert.deepEqual(await Promise.all(answers), ["abc", "abc", "tls"]);
  });

  it(
    "may be in the system's store, with or without a certificate file",
    { skip: process.platform !== "linux" },
    async () => {
      const answers = [ask("", ofOne, "", "system"), ask("", ofOne, ofTwo, "system"), ask("", ofTwo, "", "system")];
      assert.deepEqual(await Promise.all(answers), ["abc", "abc", "tls"]);
    },
  );

  it("doesn't count in the system's store if VS Code's settings exclude that", async () => {
    assert.equal(await ask("", ofOne, ""), "tls");
  });
});
