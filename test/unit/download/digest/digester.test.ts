import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { appendFile, mkdtemp, readdir, readlink, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { createDigester, type Digester } from "../../../../src/download/digest/digester.ts";

const workerUrl = new URL("../../../../src/download/digest/digestWorker.ts", import.meta.url);
const digesterUrl = new URL("../../../../src/download/digest/digester.ts", import.meta.url);
const { signal } = new AbortController();
const content = randomBytes(3_500_000);
const sha256 = createHash("sha256").update(content).digest("hex");
const md5 = createHash("md5").update(content).digest("hex");

/** Open files and threads are counted in /proc. */
const onLinux = { skip: process.platform !== "linux" };

let folder = "";
let path = "";
let digester: Digester;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "digest-"));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  path = join(folder, `${randomBytes(6).toString("hex")}.part`);
  digester = createDigester(workerUrl, { idleMs: 50 });
  await writeFile(path, "");
});
afterEach(async () => {
  await digester.dispose();
});

async function openFiles(): Promise<string[]> {
  const handles = await readdir("/proc/self/fd");
  const targets = await Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => "")));
  return targets.filter((target) => target.startsWith(folder));
}

describe("a file's digest", () => {
  it("covers the whole file, however it grows", async () => {
    const digest = digester.follow(path, ["md5", "crc32c"]);
    for (let end = 0; end < content.length;) {
      const step = content.subarray(end, end + 300_000);
      await appendFile(path, step);
      end += step.length;
      digest.written(end);
    }
    const digests = await digest.finish(content.length, signal);
    assert.equal(digests.sha256, sha256);
    assert.equal(digests.md5, md5);
    assert.match(digests.crc32c ?? "", /^[0-9a-f]{8}$/);
  });

  it("includes the bytes that were there before a part is resumed", async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    digest.written(2_000_000);
    assert.deepEqual(await digest.finish(content.length, signal), { sha256 });
  });

  it("leaves out bytes beyond the file's total length", async () => {
    await writeFile(path, Buffer.concat([content, Buffer.from("more")]));
    assert.equal((await digester.follow(path, []).finish(content.length, signal)).sha256, sha256);
  });

  it("of an empty file is the digest of no bytes", async () => {
    const empty = createHash("sha256").digest("hex");
    assert.equal((await digester.follow(path, []).finish(0, signal)).sha256, empty);
  });

  it("starts over when the file starts over, even after the digest was finished", async () => {
    await writeFile(path, randomBytes(content.length));
    const digest = digester.follow(path, []);
    digest.written(content.length);
    digest.restart();
    await writeFile(path, content);
    digest.written(content.length);
    assert.equal((await digest.finish(content.length, signal)).sha256, sha256);
    digest.restart();
    await writeFile(path, content.subarray(0, 10));
    const short = createHash("sha256").update(content.subarray(0, 10)).digest("hex");
    assert.equal((await digest.finish(10, signal)).sha256, short);
  });

  it("is right for many files at once", async () => {
    const files = Array.from({ length: 40 }, (_, number) => ({
      path: join(folder, `many-${number}`),
      bytes: randomBytes(number * 50_000),
    }));
    const found = await Promise.all(
      files.map(async (file) => {
        await writeFile(file.path, file.bytes);
        return digester.follow(file.path, []).finish(file.bytes.length, signal);
      }),
    );
    assert.deepEqual(
      found.map((digests) => digests.sha256),
      files.map((file) => createHash("sha256").update(file.bytes).digest("hex")),
    );
  });

  it("reports when the file is closed, so that it can be renamed", onLinux, async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    digest.written(2_000_000);
    await digest.finish(content.length, signal);
    assert.deepEqual(await openFiles(), []);
    await rename(path, `${path}.done`);
  });

  it("leaves no file open if it is no longer needed", onLinux, async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    digest.written(content.length);
    while ((await openFiles()).length === 0) await sleep(1);
    digest.dispose();
    while ((await openFiles()).length > 0) await sleep(1);
  });

  it("closes the file before it reads it from the start again", onLinux, async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    digest.written(content.length);
    while ((await openFiles()).length === 0) await sleep(1);
    digest.restart();
    while ((await openFiles()).length > 0) await sleep(1);
    assert.equal((await digest.finish(content.length, signal)).sha256, sha256);
  });
});

describe("a digest that can't be computed", () => {
  it("fails with truncated if the file has become shorter", async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    await truncate(path, 1_000_000);
    digest.written(content.length);
    await assert.rejects(digest.finish(content.length, signal), { code: "truncated", details: { path } });
  });

  it("fails with truncated if the final length is less than what was written", onLinux, async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    digest.written(content.length);
    while ((await openFiles()).length === 0) await sleep(1);
    await sleep(50);
    await assert.rejects(digest.finish(10, signal), { code: "truncated" });
  });

  it("fails if the file is missing, even if that was noticed before the end", async () => {
    const missing = join(folder, "missing");
    await assert.rejects(digester.follow(missing, []).finish(1, signal), { code: "notWritable" });
    const digest = digester.follow(missing, []);
    digest.written(2_000_000);
    await sleep(100);
    await assert.rejects(digest.finish(2_000_000, signal), { code: "notWritable", details: { path: missing } });
  });

  it("is canceled at once, and can be started again for the same file", async () => {
    await writeFile(path, content);
    const digest = digester.follow(path, []);
    const abort = new AbortController();
    const finishing = digest.finish(content.length, abort.signal);
    abort.abort();
    await assert.rejects(finishing, { code: "cancelled" });
    await assert.rejects(digest.finish(content.length, signal), { code: "cancelled" });
    await assert.rejects(digest.finish(content.length, AbortSignal.abort()), { code: "cancelled" });
    digest.restart();
    assert.equal((await digest.finish(content.length, signal)).sha256, sha256);
  });

  it("is canceled if the digester is disposed before it starts or meanwhile", async () => {
    await writeFile(path, content);
    const finishing = digester.follow(path, []).finish(content.length, signal);
    const [outcome] = await Promise.allSettled([finishing, digester.dispose()]);
    assert.equal(outcome.status, "rejected");
    await assert.rejects(digester.follow(path, []).finish(content.length, signal), { code: "cancelled" });
  });
});

describe("the digest thread", () => {
  it("may crash: waiting digests fail, and the next file gets a new thread", async () => {
    const crashing = join(folder, "crashingWorker.mjs");
    await writeFile(
      crashing,
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", (message) => {
         if (message.argument?.path?.endsWith("crash")) throw new Error("boom");
         if (message.argument?.path?.endsWith("exit")) process.exit(0);
       });
       await import(${JSON.stringify(workerUrl.href)});`,
    );
    const fragile = createDigester(new URL(`file://${crashing}`));
    try {
      await writeFile(path, content);
      for (const fatal of ["crash", "exit"]) {
        const waiting = fragile.follow(path, []);
        const rejected = assert.rejects(waiting.finish(content.length + 1_000, signal), { code: "truncated" });
        await rejected;
        const caught = fragile.follow(path, []);
        const doomed = fragile.follow(join(folder, fatal), []);
        await assert.rejects(doomed.finish(1, signal), { code: "notWritable" });
        await assert.rejects(caught.finish(content.length, signal), { code: "notWritable" });
        assert.equal((await fragile.follow(path, []).finish(content.length, signal)).sha256, sha256);
      }
    } finally {
      await fragile.dispose();
    }
  });

  it("ends when it is idle, and starts again for the next file", onLinux, async () => {
    const threads = async (): Promise<number> => (await readdir("/proc/self/task")).length;
    const without = await threads();
    await writeFile(path, content);
    for (let round = 0; round < 2; round++) {
      assert.equal((await digester.follow(path, []).finish(content.length, signal)).sha256, sha256);
      assert.ok((await threads()) > without);
      for (let waited = 0; (await threads()) > without; waited += 20) {
        assert.ok(waited < 5_000, "the worker did not end");
        await sleep(20);
      }
    }
  });

  it("keeps the process alive only while a digest is needed", async () => {
    await writeFile(path, content);
    const run = async (statements: string): Promise<string> => {
      const program = `
        import { createDigester } from ${JSON.stringify(digesterUrl.href)};
        const digester = createDigester(new URL(${JSON.stringify(workerUrl.href)}), { idleMs: 60_000 });
        const digest = digester.follow(${JSON.stringify(path)}, []);
        digest.written(${content.length});
        ${statements}`;
      const options = { timeout: 60_000 };
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], options);
      return stdout.trim();
    };
    assert.equal(await run("console.log('never finished')"), "never finished");
    const finish = `(await digest.finish(${content.length}, new AbortController().signal)).sha256`;
    assert.equal(await run(`console.log(${finish})`), sha256);
  });
});
