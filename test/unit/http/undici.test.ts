import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";

const run = promisify(execFile);
const source = path.resolve(import.meta.dirname, "../../../src/http/undiciClient.ts");

/** Loads the client and sends a request, then tells what became of the place where fetch looks for its dispatcher. */
const program = (client: string, found: string) => `
  const place = Symbol.for("undici.globalDispatcher.1");
  const dispatcher = { dispatch() { throw new Error("not to be used"); } };
  ${found}
  const before = Object.getOwnPropertyDescriptor(globalThis, place);
  const { createHttpClient } = await import(${JSON.stringify(client)});
  const http = createHttpClient(() => ({ connectTimeoutMs: 1000, stallTimeoutMs: 1000 }));
  const { signal } = new AbortController();
  const error = await http.send({ url: "http://127.0.0.1:1/", signal }).catch((reason) => reason);
  await http.close();
  const after = Object.getOwnPropertyDescriptor(globalThis, place);
  const same = before === undefined ? after === undefined
    : after !== undefined && Object.keys(before).every((key) => before[key] === after[key]);
  console.log(JSON.stringify({ code: error.code, there: after !== undefined, same }));
`;

const absent = "";
const present =
  "Object.defineProperty(globalThis, place, { value: dispatcher, writable: true, enumerable: false, configurable: false });";

async function tell(client: string, found: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program(client, found)]);
  return JSON.parse(stdout);
}

describe("undici as this extension loads it", () => {
  let folder: string;
  let bundle: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "task-exports-bundle-"));
    bundle = path.join(folder, "client.mjs");
    await build({
      entryPoints: [source],
      outfile: bundle,
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      target: "node22",
      banner: { js: 'import{createRequire as c}from"node:module";const require=c(import.meta.url);' },
    });
  });
  after(() => rm(folder, { recursive: true }));

  it("doesn't set a global dispatcher if there is none", async () => {
    assert.deepEqual(await tell(source, absent), { code: "offline", there: false, same: true });
  });

  it("doesn't change the global dispatcher of the host", async () => {
    assert.deepEqual(await tell(source, present), { code: "offline", there: true, same: true });
  });

  it("does neither in the bundle", async () => {
    assert.deepEqual(await tell(bundle, absent), { code: "offline", there: false, same: true });
    assert.deepEqual(await tell(bundle, present), { code: "offline", there: true, same: true });
  });
});
