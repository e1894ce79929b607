import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import * as v from "valibot";
import { defined } from "../../../src/model/defined.ts";
import { always, type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";
import { behaveAs } from "./otherDisk.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const other = exportBytes(300_000, "older");
const run = promisify(execFile);

async function assertWhole(downloading: Downloading, expected = file): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(expected));
}

describe("disks and folders (rows 23 to 26)", () => {
  test("row 24: overwrite replaces the existing file", async (context) => {
    const downloading = await startDownloading(context, file);
    await writeFile(join(downloading.folder, name), other);
    await downloading.run({ fileExists: always("overwrite") });
    await assertWhole(downloading);
  });

  test("row 24: keepBoth leaves the existing file and returns the new file's name", async (context) => {
    const downloading = await startDownloading(context, file);
    await writeFile(join(downloading.folder, name), other);
    const { files } = await downloading.run({ fileExists: always("keepBoth") });
    assert.equal((await downloading.files()).length, 2);
    assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(other));
    assert.notEqual(files[0]?.name, name);
    assert.equal(sha256(await readFile(new URL(files[0]?.uri ?? ""))), sha256(file));
  });

  test("row 24: skip leaves the existing file, fetches nothing, and says so", async (context) => {
    const downloading = await startDownloading(context, file);
    await writeFile(join(downloading.folder, name), other);
    const { files } = await downloading.run({ fileExists: always("skip") });
    await assertWhole(downloading, other);
    assert.equal(files[0]?.skipped, true);
    assert.equal(files[0].sha256, sha256(other));
    assert.equal(downloading.store.requests.length, 0);
  });

  test("row 24: a file that appears during the download is not overwritten without asking", async (context) => {
    const downloading = await startDownloading(context, file, async ({ serve }) => {
      await writeFile(join(downloading.folder, name), other);
      serve();
    });
    const asked: string[] = [];
    await downloading.run({
      fileExists: (paths) => {
        asked.push(...paths);
        return Promise.resolve(["keepBoth"]);
      },
    });
    assert.equal(asked.length, 1);
    assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(other));
    assert.equal((await downloading.files()).length, 2);
  });

  test("row 25: a disk that is too small for the file is reported before a byte is written", async (context) => {
    const bytes = 2 ** 52;
    const downloading = await startDownloading(context, file, ({ response }) => {
      response.writeHead(200, { "content-length": String(bytes) });
      response.write(file);
    });
    const failure = await failureOf(downloading.run());
    assert.equal(failure.code, "diskFull");
    assert.ok((failure.details.missingBytes ?? 0) > bytes / 2);
    assert.deepEqual(await downloading.files(), []);
  });

  test("row 25: a disk that is too small for the rest of a file is reported before a byte of the rest is written", async (context) => {
    const total = 2 ** 52;
    const downloading = await startDownloading(context, file, ({ turn, from = 0, response, cut, etag }) => {
      if (turn > 0) {
        const headers = {
          "content-range": `bytes ${from}-${total - 1}/${total}`,
          "content-length": String(total - from),
        };
        response.writeHead(206, { etag, ...headers }).write(file.subarray(from));
        return;
      }
      // Without a length, nobody can tell at the beginning.
      response.writeHead(200, { etag }).write(file.subarray(0, 200_000), () => cut());
    });
    const failure = await failureOf(downloading.run());
    assert.equal(failure.code, "diskFull");
    assert.ok((failure.details.missingBytes ?? 0) > total / 2);
    const part = (await downloading.files()).find((each) => each.endsWith(".part"));
    assert.ok((await stat(join(downloading.folder, part ?? ""))).size <= 200_000);
  });

  test("row 25: a disk that fills up during the download is diskFull, and the part is kept", async (context) => {
    if (!(await hasOwnDisks())) {
      context.skip("a small disk of one's own needs Linux and the right to mount one");
      return;
    }
    const size = 3_000_000;
    const downloading = await startDownloading(context, file, ({ response, etag }) => {
      // Without a length nobody can look ahead.
      response.writeHead(200, { etag });
      response.end(exportBytes(size));
    });
    const disk = join(downloading.folder, "disk");
    await mkdir(disk);
    const program = join(import.meta.dirname, "downloadingChild.ts");
    const script = `mount -t tmpfs -o size=1m none "$1" && "$2" "$3" "$4" "$1" && ls -l "$1"`;
    const { stdout } = await run("unshare", [
      "-rm",
      "sh",
      "-c",
      script,
      "sh",
      disk,
      process.execPath,
      program,
      downloading.store.url,
    ]);
    const [line = "", ...listing] = stdout.split("\n");
    const outcome = v.parse(v.object({ code: v.string(), missingBytes: v.number() }), JSON.parse(line));
    assert.equal(outcome.code, "diskFull");
    assert.ok(outcome.missingBytes > 0);
    const kept = listing.find((each) => each.endsWith(".part")) ?? "";
    assert.ok(Number(kept.split(/\s+/)[4]) > 500_000, stdout);
  });

  for (const [what, coding, kept] of [
    ["a body that unpacks to very much", "gzip", false],
    ["a body without a length", undefined, true],
  ] as const) {
    test(`row 25: ${what} stops before the last of the disk is used, and its part is ${kept ? "kept" : "removed"}`, async (context) => {
      const large = Buffer.alloc(64 * 1024 * 1024, "1,2,3\n");
      // Packing it takes as long as a stall, so it is done before somebody waits.
      const body = coding === undefined ? large : gzipSync(large);
      const downloading = await startDownloading(context, file, ({ response, etag }) => {
        response.writeHead(200, { etag, ...defined({ "content-encoding": coding }) });
        response.end(body);
      });
      behaveAs(context, downloading.folder, { space: () => ({ total: 2 ** 40, free: 2 ** 28 }) });
      const failure = await failureOf(downloading.run());
      assert.equal(failure.code, "diskFull");
      assert.match(failure.message, /512 MiB are kept free/);
      assert.equal(downloading.store.requests.length, 1);
      const parts = (await downloading.files()).filter((each) => each.endsWith(".part"));
      assert.equal(parts.length, kept ? 1 : 0);
      assert.equal((await downloading.files()).length, kept ? 2 : 0);
      for (const part of parts) assert.ok((await stat(join(downloading.folder, part))).size < 20_000_000);
    });
  }

  test("row 26: a folder that is a file is notWritable", async (context) => {
    const downloading = await startDownloading(context, file);
    const folder = join(downloading.folder, "not-a-folder");
    await writeFile(folder, "");
    const failure = await failureOf(downloading.run({ folder }));
    assert.equal(failure.code, "notWritable");
    assert.ok(failure.details.path?.startsWith(folder));
  });

  test(
    "row 26: a folder where the system creates none is notWritable at once",
    { skip: process.platform !== "linux" },
    async (context) => {
      const downloading = await startDownloading(context, file);
      const failure = await failureOf(downloading.run({ folder: "/proc/task-exports/a" }));
      assert.equal(failure.code, "notWritable");
      assert.match(failure.message, /Couldn't write to \/proc\/task-exports\/a\./);
    },
  );

  test("row 26: a folder without write permission is notWritable", async (context) => {
    if (process.getuid?.() === 0 || process.platform === "win32") {
      context.skip("the superuser may write anywhere, and Windows has other rights");
      return;
    }
    const downloading = await startDownloading(context, file);
    const folder = join(downloading.folder, "read-only");
    await mkdir(folder);
    await chmod(folder, 0o500);
    assert.equal((await failureOf(downloading.run({ folder }))).code, "notWritable");
  });

  test("row 26: a missing folder is created, and only its owner can read it and the file", async (context) => {
    const downloading = await startDownloading(context, file);
    const folder = join(downloading.folder, "new", "exports");
    const { files } = await downloading.run({ folder });
    if (process.platform === "win32") return;
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(new URL(files[0]?.uri ?? ""))).mode & 0o777, 0o600);
  });

  for (const [what, given] of [
    ["300 characters", `${"ü".repeat(300)}.csv`],
    ["a way out of the folder", "../../../etc/cron.d/x.csv"],
    ["device names and control characters", "CON\u0000\u202E.csv"],
  ] as const) {
    test(`row 23: a name with ${what} becomes one safe name in the folder, for file and part`, async (context) => {
      const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter }) => {
        if (turn === 0) cutAfter(150_000);
        else serve();
      });
      const resolve = () => Promise.resolve([{ index: 0, name: given, url: downloading.store.url }]);
      const { files } = await downloading.run({ resolve });
      assert.equal(files[0]?.resumed, 1);
      assert.deepEqual(await downloading.files(), [files[0].name]);
      assert.match(files[0].name, /\.csv$/);
    });
  }

  test("a template that leaves the folder is refused", async (context) => {
    const downloading = await startDownloading(context, file);
    const failure = await failureOf(downloading.run({ relativePath: () => "../outside.csv" }));
    assert.equal(failure.code, "notWritable");
    assert.equal(downloading.store.requests.length, 0);
  });
});

async function hasOwnDisks(): Promise<boolean> {
  try {
    await run("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]);
    return true;
  } catch {
    return false;
  }
}
