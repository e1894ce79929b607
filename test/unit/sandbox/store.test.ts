import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startSandbox } from "../../../sandbox/sandbox.ts";
import { askSpaaza, askStore, askTextReveal, linksOf, useSandbox } from "./runningSandbox.ts";

async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-test-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("The sandbox's store", { concurrency: true }, () => {
  const running = useSandbox({ textRevealLinkSeconds: 2 });
  const spaazaLink = async (id: number): Promise<string> =>
    linksOf(await askSpaaza(running(), `/tasks/${id}/download_url`))[0] ?? "";

  it("accepts a URL until it expires, and refuses it afterwards", async () => {
    const path = "/tasks/00000000-0000-4000-8000-000000000001/download";
    // On a busy machine, a URL may expire before it is used.
    const accepted = async (): Promise<string> => {
      for (;;) {
        const [link = ""] = linksOf(await askTextReveal(running(), path));
        if ((await askStore(link)).status === 200) return link;
      }
    };
    const link = await accepted();
    let refused = await askStore(link);
    while (refused.status === 200) {
      await sleep(50);
      refused = await askStore(link);
    }
    assert.equal(refused.status, 403);
    assert.match(refused.text, /AuthorizationFailure/);
    await accepted();
  });

  it("refuses a URL if its expiry, path or signature was changed", async () => {
    const link = await spaazaLink(12349);
    await spaazaLink(12350);
    const changed = [
      link.replace(/se=20\d\d/, "se=2099"),
      link.replace("Product_Export-12349.csv", "Product_Export-12350.json"),
      link.replace(/sig=[^&]+/, "sig=AAAA"),
      link.replace(/\?.*/, ""),
    ];
    for (const url of changed) {
      assert.notEqual(url, link);
      assert.ok([403, 404].includes((await askStore(url)).status), url.replace(/\?.*/, ""));
    }
  });

  it("responds to a range request with 206 and a strong ETag", async () => {
    const link = await spaazaLink(12349);
    const { status, headers, text } = await askStore(link, { range: "bytes=5-9" });
    assert.equal(status, 206);
    assert.match(headers.get("content-range") ?? "", /^bytes 5-9\/\d+$/);
    assert.match(headers.get("etag") ?? "", /^"/);
    assert.equal(text, (await askStore(link)).text.slice(5, 10));
  });

  it("records every header that it receives, and finds no credentials unless a client sends them", async () => {
    const link = await spaazaLink(12350);
    await askStore(link, { "x-seen": "an ordinary header" });
    const before = await running().store.readLog();
    assert.ok(before.includes("an ordinary header"));
    assert.ok(!/"authorization"/i.test(before));
    await askStore(link, { authorization: "Bearer leaked-for-the-test" });
    assert.ok((await running().store.readLog()).includes("leaked-for-the-test"));
  });

  it("keeps its files in a given folder for the next run", async (test) => {
    const folder = await temporaryFolder(test);
    const stored: (string | null)[] = [];
    for (let run = 0; run < 2; run++) {
      const sandbox = await startSandbox({ folder });
      const [link = ""] = linksOf(await askSpaaza(sandbox, "/tasks/12349/download_url"));
      stored.push((await askStore(link)).headers.get("etag"));
      await sandbox.close();
    }
    assert.equal(stored[0], stored[1]);
    assert.ok(stored[0]);
  });
});

describe("The sandbox as a program", { concurrency: true }, () => {
  const run = async (test: TestContext): Promise<{ child: ChildProcess; origin: string; temporary: string }> => {
    const temporary = await temporaryFolder(test);
    const program = path.resolve(import.meta.dirname, "../../../sandbox/main.ts");
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      stdio: ["ignore", "pipe", "inherit"],
    });
    test.after(() => child.kill("SIGKILL"));
    let said = "";
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      said += String(chunk);
      if (said.includes("Ctrl+C")) break;
    }
    child.stdout.resume();
    const [, origin = ""] = /^store (http:\S+)$/m.exec(said) ?? [];
    assert.equal((await askStore(origin)).status, 400);
    assert.equal((await readdir(temporary)).length, 1);
    return { child, origin, temporary };
  };

  it("starts without creating a file, and leaves no process and no folder after Ctrl+C", async (test) => {
    const { child, origin, temporary } = await run(test);
    const [folder = ""] = await readdir(temporary);
    const log = await readFile(path.join(temporary, folder, "azurite.log"), "utf8");
    assert.ok(log.includes("/sandbox/exports?"), "the container is made");
    assert.ok(!log.includes("/sandbox/exports/"), "and no file in it");
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
    assert.deepEqual(await readdir(temporary), []);
    await assert.rejects(fetch(origin));
  });

  it("leaves no process and no folder of the store when it is killed", async (test) => {
    const { child, origin, temporary } = await run(test);
    child.kill("SIGKILL");
    for (let attempt = 0; attempt < 100 && (await readdir(temporary)).length > 0; attempt++) await sleep(50);
    assert.deepEqual(await readdir(temporary), []);
    await assert.rejects(fetch(origin));
  });

  it("doesn't start if that was canceled before or meanwhile", async (test) => {
    const folder = await temporaryFolder(test);
    await assert.rejects(startSandbox({ folder, signal: AbortSignal.abort() }), { name: "AbortError" });
    await assert.rejects(startSandbox({ folder, signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
  });
});
