import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { partPaths, type PartPaths } from "../../../src/download/part/partPaths.ts";
import { tryLock } from "../../../src/disk/fileLock.ts";
import { findParts, removePart, removePartsOf, removeStaleParts } from "../../../src/download/part/parts.ts";
import type { Sidecar } from "../../../src/download/part/sidecar.ts";
import { systemClock } from "../../../src/http/clock.ts";
import type { DownloadResult } from "../../../src/model/contract.ts";
import { always, type Changes, type Downloading, failureOf, hastyClock, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";
import { hugeFile, type Obstacle, obstacles, secret } from "./obstacles.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const key = { accountId: "account-1", taskId: "12345", fileIndex: 0 };
const never = new AbortController().signal;

/** The names that belong to a part, also those of earlier versions. */
const ownNames: readonly [what: string, pathOf: (paths: PartPaths) => string][] = [
  ["part", ({ part }) => part],
  ["sidecar", ({ sidecar }) => sidecar],
  ["lock", ({ lock }) => lock],
  ["new sidecar", ({ sidecar }) => `${sidecar}.new`],
  ["new lock", ({ lock }) => `${lock}.new`],
];

async function assertWhole(path: string): Promise<void> {
  assert.ok((await lstat(path)).isFile());
  assert.equal(sha256(await readFile(path)), sha256(file));
}

function pathsIn(downloading: Downloading): PartPaths {
  return partPaths(join(downloading.folder, name), key);
}

async function temporary(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-outside-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Downloads into folders that each contain something else at the same one of our names. */
async function tryEach(
  context: TestContext,
  pathOf: (paths: PartPaths) => string,
  check: (run: (changes?: Changes) => Promise<DownloadResult>, path: string, obstacle: Obstacle) => Promise<void>,
  candidates = obstacles,
): Promise<void> {
  const downloading = await startDownloading(context, file, undefined, { clock: hastyClock() });
  for (const [index, obstacle] of candidates.entries()) {
    const folder = join(downloading.folder, String(index));
    await mkdir(folder);
    const paths = partPaths(join(folder, name), key);
    const path = pathOf(paths);
    const target = await obstacle.put(path, context);
    await check((changes) => downloading.run({ folder, ...changes }), path, obstacle);
    if (target !== undefined) assert.equal(await readFile(target, "utf8"), secret, obstacle.what);
  }
}

describe("something that another program put in place of our files", () => {
  for (const [own, pathOf] of ownNames) {
    test(`is neither opened nor followed in place of the ${own}`, async (context) => {
      const check: Parameters<typeof tryEach>[2] = async (run, path, { what, isFolder }) => {
        if (isFolder === true && !path.endsWith(".new")) {
          const failure = await failureOf(run());
          assert.deepEqual([failure.code, failure.details.path], ["notWritable", path]);
          assert.ok((await lstat(path)).isDirectory());
        } else {
          const { files } = await run();
          assert.equal(files[0]?.sha256, sha256(file), what);
          await assertWhole(join(path, "..", name));
        }
      };
      await tryEach(context, pathOf, check, [...obstacles, hugeFile]);
    });
  }

  test("delays no download if it is in place of the file that marks the takeover of a lock", async (context) => {
    const check: Parameters<typeof tryEach>[2] = async (run, path, { isFolder }) => {
      const dead = { pid: 2 ** 30, host: hostname(), token: "dead" };
      await writeFile(path.replace(".takeover", ""), JSON.stringify(dead));
      if (isFolder === true) assert.equal((await failureOf(run())).details.path, path);
      else await run();
    };
    await tryEach(context, ({ lock }) => `${lock}.takeover`, check, [...obstacles, hugeFile]);
  });

  test("is kept or replaced under the final name (as chosen), and never followed", async (context) => {
    const check: Parameters<typeof tryEach>[2] = async (run, path, { what, isFolder }) => {
      const kept = await run({ fileExists: always("keepBoth") });
      assert.notEqual(kept.files[0]?.name, name, what);
      const skipped = await failureOf(run({ fileExists: always("skip") }));
      assert.deepEqual([skipped.code, skipped.details.path], ["notWritable", path]);
      const overwriting = run({ fileExists: always("overwrite") });
      if (isFolder === true) assert.equal((await failureOf(overwriting)).code, "notWritable");
      else {
        await overwriting;
        await assertWhole(path);
      }
    };
    await tryEach(context, ({ folder }) => join(folder, name), check);
  });
});

/** A note that the file is complete, as an earlier call leaves it while other files of its task are missing. */
function note(path: string, content: string, changes: Partial<Sidecar> = {}): string {
  const now = new Date(Date.now() + 60_000).toISOString();
  const placed = {
    path,
    bytes: Buffer.byteLength(content),
    sha256: createHash("sha256").update(content).digest("hex"),
    verified: "checksum",
    placedAt: now,
    taskUnfinished: true,
  } as const;
  const rest = { identity: {}, decoded: false, checksums: [], flushedBytes: 0, bootedAt: 0 };
  return JSON.stringify({ version: 1, ...key, name, ...rest, startedAt: now, updatedAt: now, placed, ...changes });
}

describe("a sidecar that somebody else wrote", () => {
  const victims: readonly [where: string, pathOf: (outside: string, folder: string) => string][] = [
    ["outside of the folder", (outside) => join(outside, "id_rsa")],
    ["outside, by way of ..", (outside, folder) => `${folder}/../${outside.slice(tmpdir().length + 1)}/id_rsa`],
    ["outside, through a folder that is a link", (_outside, folder) => join(folder, "linked", "id_rsa")],
    ["outside, through a link", (_outside, folder) => join(folder, "link")],
    ["on another drive", () => "Z:\\id_rsa"],
    ["on another computer", () => "\\\\server\\share\\id_rsa"],
    ["with a zero byte in its name", (_outside, folder) => `${folder}/a\0b`],
    ["without an absolute path", () => "id_rsa"],
    ["that is the folder itself", (_outside, folder) => folder],
  ];
  test("doesn't make another file the export", { skip: process.platform === "win32" }, async (context) => {
    const downloading = await startDownloading(context, file);
    for (const [index, [where, pathOf]] of victims.entries()) {
      const folder = join(downloading.folder, String(index));
      await mkdir(folder);
      const outside = await temporary(context);
      await writeFile(join(outside, "id_rsa"), "PRIVATE");
      await symlink(outside, join(folder, "linked"));
      await symlink(join(outside, "id_rsa"), join(folder, "link"));
      await writeFile(partPaths(join(folder, name), key).sidecar, note(pathOf(outside, folder), "PRIVATE"));
      const { files } = await downloading.run({ folder });
      assert.deepEqual([files[0]?.requests, files[0]?.name], [1, name], where);
      await assertWhole(join(folder, name));
    }
  });

  test("doesn't count if it belongs to another file, although it has the name of ours", async (context) => {
    const downloading = await startDownloading(context, file);
    await writeFile(join(downloading.folder, "other.csv"), "a,b");
    const path = join(downloading.folder, "other.csv");
    await writeFile(pathsIn(downloading).sidecar, note(path, "a,b", { taskId: "6" }));
    const { files } = await downloading.run();
    assert.deepEqual([files[0]?.requests, files[0]?.name], [1, name]);
    assert.deepEqual(await findParts(downloading.folder), []);
  });

  test("doesn't count for a waiting process unless the file is as it says", async (context) => {
    const downloading = await startDownloading(context, file, undefined, { clock: hastyClock() });
    const paths = pathsIn(downloading);
    const lock = await tryLock(paths.lock, systemClock, never);
    const path = join(downloading.folder, "other.csv");
    await writeFile(path, "a,c");
    let isWaiting = false;
    const { files } = await downloading.run({
      onProgress: async ({ phase }) => {
        if (phase !== "waiting" || isWaiting) return;
        isWaiting = true;
        await writeFile(paths.sidecar, note(path, "a,b"));
        await lock?.release();
      },
    });
    assert.equal(files[0]?.name, name);
    await assertWhole(join(downloading.folder, name));
  });

  test("doesn't get into a request if its values can't be those of a file", async (context) => {
    const downloading = await startDownloading(context, file);
    for (const identity of [
      { etag: '"v1"\r\nX-Injected: 1', total: file.length },
      { etag: `"${"v".repeat(100_000)}"`, total: file.length },
      { total: 1e300 },
      { total: 10 },
    ]) {
      const paths = pathsIn(downloading);
      await writeFile(paths.part, file.subarray(0, 200_000));
      const { placed, ...content } = JSON.parse(note("", "", { bootedAt: Date.now(), identity })) as Sidecar;
      assert.ok(placed);
      await writeFile(paths.sidecar, JSON.stringify({ ...content, flushedBytes: 200_000 }));
      await downloading.run();
      await assertWhole(join(downloading.folder, name));
    }
    const { requests } = downloading.store;
    assert.deepEqual(
      requests.map(({ headers }) => [headers.range, headers["x-injected"]]),
      Array.from({ length: 4 }, () => [undefined, undefined]),
    );
  });

  test("with a final path outside the folder still counts, but that path is ignored", async (context) => {
    const downloading = await interrupted(context);
    const [part] = await findParts(downloading.folder);
    const { sidecar } = part?.paths ?? assert.fail("there is no part");
    const content = JSON.parse(await readFile(sidecar, "utf8")) as Sidecar;
    await writeFile(sidecar, JSON.stringify({ ...content, finalPath: "/etc/passwd" }));
    const [found] = await findParts(downloading.folder);
    assert.deepEqual([found?.bytes, found?.finalPath], [200_000, undefined]);
  });
});

/** A download that broke off, with its part on the disk. */
async function interrupted(context: TestContext, relativePath = name): Promise<Downloading> {
  const downloading = await startDownloading(context, file, ({ turn, request, cutAfter }) => {
    if (turn === 0) cutAfter(200_000);
    else request.socket.resetAndDestroy();
  });
  await failureOf(downloading.run({ relativePath: () => relativePath }, { retryBudgetMs: 0 }));
  downloading.store.behave = ({ serve }) => serve();
  return downloading;
}

describe("folders inside the download folder", () => {
  for (const depth of [1, 3, 5, 12]) {
    test(`a part below a template with ${depth} folders is found, resumed and removed`, async (context) => {
      const relativePath = [...Array.from({ length: depth }, (_, index) => `Café ${index}`), name].join("/");
      const removed = await interrupted(context, relativePath);
      await removePartsOf(removed.folder, "account-1", "another");
      assert.equal((await findParts(removed.folder)).length, 1);
      await removePartsOf(removed.folder, "account-1", "12345");
      assert.deepEqual(await findParts(removed.folder), []);
      const below = await readdir(removed.folder, { recursive: true, withFileTypes: true });
      assert.ok(below.every((entry) => entry.isDirectory()));

      const resumed = await interrupted(context, relativePath);
      const [part] = await findParts(resumed.folder);
      assert.equal(part?.finalPath, join(resumed.folder, relativePath));
      const { files } = await resumed.run({ relativePath: () => relativePath });
      assert.equal(files[0]?.resumed, 1);
      await assertWhole(join(resumed.folder, relativePath));
      assert.deepEqual(await findParts(resumed.folder), []);

      const old = await interrupted(context, relativePath);
      assert.equal(await removeStaleParts(old.folder, 60_000), 0);
      assert.equal(await removeStaleParts(old.folder, -1), 1);
    });
  }

  test("a folder called node_modules is searched unless it contains the packages of a project", async (context) => {
    const downloading = await interrupted(context, `node_modules/${name}`);
    assert.equal((await findParts(downloading.folder)).length, 1);
    await writeFile(join(downloading.folder, "package.json"), "{}");
    assert.deepEqual(await findParts(downloading.folder), []);
  });

  test("the download folder itself may be a link", { skip: process.platform === "win32" }, async (context) => {
    const downloading = await startDownloading(context, file);
    const [real, folder] = [join(downloading.folder, "real"), join(downloading.folder, "linked")];
    await mkdir(real);
    await symlink(real, folder);
    const { files } = await downloading.run({ folder });
    assert.equal(files[0]?.name, name);
    await assertWhole(join(real, name));
  });

  for (const isBroken of [false, true]) {
    test(`a ${isBroken ? "broken " : ""}link inside the download folder is not followed`, async (context) => {
      if (process.platform === "win32") return;
      const downloading = await startDownloading(context, file);
      const outside = await temporary(context);
      const linked = join(downloading.folder, "Shop");
      await symlink(isBroken ? join(outside, "new") : outside, linked);
      const failure = await failureOf(downloading.run({ relativePath: () => `Shop/2026/${name}` }));
      assert.deepEqual([failure.code, failure.details.path], ["notWritable", linked]);
      assert.deepEqual(await readdir(outside), []);
      assert.equal(downloading.store.requests.length, 0);
    });
  }

  test("parts behind a link are neither found nor removed", async (context) => {
    if (process.platform === "win32") return;
    const downloading = await interrupted(context);
    const folder = await temporary(context);
    await symlink(downloading.folder, join(folder, "linked"));
    await removePartsOf(folder, "account-1", "12345");
    assert.equal(await removeStaleParts(folder, -1), 0);
    assert.equal((await findParts(downloading.folder)).length, 1);
  });
});

describe("removing unfinished files", () => {
  test("a part with a date in the future is removed, too", async (context) => {
    const downloading = await interrupted(context);
    const future = new Date(Date.now() + 86_400_000 * 365);
    for (const each of await downloading.files()) await utimes(join(downloading.folder, each), future, future);
    assert.equal(await removeStaleParts(downloading.folder, -1), 1);
  });

  test("a part that can't be removed doesn't prevent the removal of others", async (context) => {
    const downloading = await interrupted(context);
    for (const mark of ["00000000", "ffffffff"]) {
      await writeFile(join(downloading.folder, `a.csv.${mark}.part`), "");
      await mkdir(join(downloading.folder, `a.csv.${mark}.part.json`));
    }
    assert.equal(await removeStaleParts(downloading.folder, -1), 1);
    assert.deepEqual(await findParts(downloading.folder), []);
  });

  test("a file of a task that can't be removed doesn't prevent the removal of its other files", async (context) => {
    const downloading = await interrupted(context);
    const other = join(downloading.folder, "Other");
    await downloading.run({ folder: other });
    const paths = partPaths(join(other, name), key, downloading.folder);
    await mkdir(paths.part);
    const { placed, ...content } = JSON.parse(note("", "")) as Sidecar;
    assert.ok(placed);
    await writeFile(paths.sidecar, JSON.stringify(content));
    await removePartsOf(downloading.folder, "account-1", "12345");
    assert.deepEqual(await downloading.files(), ["Other"]);
    assert.equal((await readdir(other)).length, 3);
  });

  test("nothing is removed while a process downloads it, whatever the date of its lock", async (context) => {
    const downloading = await interrupted(context);
    const [part] = await findParts(downloading.folder);
    const { paths } = part ?? assert.fail("there is no part");
    const lock = await tryLock(paths.lock, systemClock, never);
    const past = new Date(Date.now() - 3_600_000);
    await utimes(paths.lock, past, past);
    assert.equal(await removePart({ paths }), false);
    assert.equal((await findParts(downloading.folder)).length, 1);
    await lock?.release();
    assert.equal(await removePart({ paths }), true);
    assert.deepEqual(await downloading.files(), []);
  });

  test("temporary files of a killed process are removed with the part, but recent ones of other files stay", async (context) => {
    const downloading = await interrupted(context);
    const [part] = await findParts(downloading.folder);
    const { paths } = part ?? assert.fail("there is no part");
    const old = [`${paths.sidecar}.0123abcd.new`, `${paths.lock}.waiting-0123abcd`];
    for (const each of old) {
      await writeFile(each, "");
      await utimes(each, 0, 0);
    }
    await writeFile(`${paths.lock}.waiting-ffffffff`, "");
    const others = [`${paths.part}.backup`, `${paths.sidecar}.new`, `${paths.lock}.backup`];
    for (const each of others) {
      await writeFile(each, "somebody's");
      await utimes(each, 0, 0);
    }
    await removePart({ paths });
    assert.deepEqual(
      (await downloading.files()).map((each) => each.split(".part")[1]),
      [".backup", ".json.new", ".lock.backup", ".lock.waiting-ffffffff"],
    );
  });
});
