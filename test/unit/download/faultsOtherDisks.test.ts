import assert from "node:assert/strict";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { partPaths } from "../../../src/download/part/partPaths.ts";
import { tryLock } from "../../../src/disk/fileLock.ts";
import { findParts, removePartsOf, removeStaleParts } from "../../../src/download/part/parts.ts";
import { copyFile } from "../../../src/disk/copyFile.ts";
import { writeText } from "../../../src/disk/writeText.ts";
import { systemClock } from "../../../src/http/clock.ts";
import { formatJsonFile, formattedPath } from "../../../src/format/formatJson.ts";
import { unpackedPath, unpackGzip } from "../../../src/format/unpackGzip.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { always, type Changes, type Downloading, failureOf, hastyClock, startDownloading } from "./downloading.ts";
import { exportBytes, sha256 } from "./faultyStore.ts";
import { mountDisk } from "./mountedDisk.ts";
import { behaveAs, type DiskTraits } from "./otherDisk.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(400_000);
const never = new AbortController().signal;

async function assertWhole(path: string, expected = file): Promise<void> {
  assert.equal(sha256(await readFile(path)), sha256(expected));
}

async function temporary(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-disk-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What FAT can't do, as Linux shows it. */
const fat: DiskTraits = {
  chmod: "EPERM",
  link: "EPERM",
  flushFolder: "EINVAL",
  ignoresCase: true,
  dateStepMs: 2000,
};

const disks: readonly (readonly [what: string, DiskTraits])[] = [
  ["FAT", fat],
  [
    "a network drive",
    { chmod: "EPERM", link: "EOPNOTSUPP", flushFolder: "EACCES", setDates: "EPERM", ignoresCase: true },
  ],
  ["HFS+", { ignoresCase: true, decomposes: true }],
  [
    "a mounted folder that can do little",
    { chmod: "ENOSYS", link: "ENOSYS", flushFile: "EINVAL", flushFolder: "ENOTSUP" },
  ],
];

/** The one set of tests for all disks. */
const abilities: readonly (readonly [does: string, (downloading: Downloading, folder: string) => Promise<unknown>])[] =
  [
    [
      "a download gets its name, and nothing else is left",
      async (downloading, folder) => {
        const { files } = await downloading.run({ folder });
        assert.deepEqual([files[0]?.verified, await readdir(folder)], ["length", [name]]);
        await assertWhole(join(folder, name));
      },
    ],
    [
      "a download that was interrupted deep in the folder is found, resumed and removed",
      async (downloading, folder) => {
        const relativePath = (): string => `Spaaza/Café/2026-01-31/${name}`;
        await interrupt(downloading, { folder, relativePath });
        const [part, ...others] = await findParts(folder);
        assert.deepEqual([part?.bytes, part?.ownerLives, others], [200_000, false, []]);
        const key = { accountId: "account-1", taskId: "12345", fileIndex: 0 };
        assert.equal(part?.paths.part, partPaths(join(folder, relativePath()), key).part);
        const { files } = await downloading.run({ folder, relativePath });
        assert.equal(files[0]?.resumed, 1);
        await assertWhole(join(folder, relativePath()));

        await interrupt(downloading, { folder, relativePath, fileExists: always("keepBoth") });
        await removePartsOf(folder, "account-1", "12345");
        assert.deepEqual(await findParts(folder), []);
        assert.deepEqual(await readdir(join(folder, relativePath(), "..")), [name]);
      },
    ],
    [
      "an existing file is kept, replaced or skipped as chosen",
      async (downloading, folder) => {
        await writeFile(join(folder, name), "older");
        await downloading.run({ folder, fileExists: always("skip") });
        await downloading.run({ folder, fileExists: always("keepBoth") });
        await downloading.run({ folder, fileExists: always("keepBoth") });
        assert.equal(await readFile(join(folder, name), "utf8"), "older");
        const copies = [2, 3].map((copy) => name.replace(".csv", ` (${copy}).csv`));
        for (const copy of copies) await assertWhole(join(folder, copy));
        await downloading.run({ folder, fileExists: always("overwrite") });
        await assertWhole(join(folder, name));
        assert.deepEqual((await readdir(folder)).sort(), [name, ...copies].sort());
      },
    ],
    [
      "names that are one on some disks become several files",
      async (downloading, folder) => {
        const names = ["Café.csv", "CAFÉ.csv", "Cafe\u0301.csv"];
        const resolve = () =>
          Promise.resolve(names.map((each, index) => ({ index, name: each, url: downloading.store.url })));
        const { files } = await downloading.run({ folder, resolve });
        assert.equal((await readdir(folder)).length, 3);
        for (const { uri } of files)
          await assertWhole(new URL(uri).pathname.split("/").map(decodeURIComponent).join("/"));
      },
    ],
    [
      "two processes don't write the same part",
      async (downloading, folder) => {
        const { lock } = partPaths(join(folder, name), { accountId: "account-1", taskId: "12345", fileIndex: 0 });
        const held = await tryLock(lock, systemClock, never);
        assert.equal((await failureOf(downloading.run({ folder, whenBusy: "fail" }))).code, "busyElsewhere");
        await held?.release();
        await downloading.run({ folder, whenBusy: "fail" });
        assert.deepEqual(await readdir(folder), [name]);
      },
    ],
    [
      "copies and texts replace what has their name",
      async (_downloading, folder) => {
        const source = join(folder, "source.csv");
        await writeFile(source, file);
        await writeFile(join(folder, "copy.csv"), "older");
        await copyFile(source, join(folder, "copy.csv"), "overwrite", never);
        await assertWhole(join(folder, "copy.csv"));
        await writeText(pieces(), join(folder, "text.csv"), never);
        assert.equal(await readFile(join(folder, "text.csv"), "utf8"), "id\n1\n");
        assert.deepEqual((await readdir(folder)).sort(), ["copy.csv", "source.csv", "text.csv"]);
      },
    ],
    [
      "archives are unpacked and JSON is formatted beside what is there",
      async (_downloading, folder) => {
        await putDerivable(folder);
        for (const [derive, result, content] of derivations(folder)) {
          await writeFile(result, "older");
          const made = await derive();
          assert.notEqual(made, result);
          assert.equal(await readFile(made, "utf8"), content);
          assert.equal(await derive(), made, "the file of the first call is used again");
          assert.equal(await readFile(result, "utf8"), "older");
        }
        assert.equal((await readdir(folder)).length, 6);
      },
    ],
    [
      "old parts are removed, young ones stay",
      async (downloading, folder) => {
        await interrupt(downloading, { folder });
        assert.equal(await removeStaleParts(folder, 60_000), 0);
        assert.equal(await removeStaleParts(folder, -1), 1);
        assert.deepEqual(await readdir(folder), []);
      },
    ],
  ];

const json = '{"a":1}';
const formatted = '{\n  "a": 1\n}\n';

/** An archive and a JSON file. */
async function putDerivable(folder: string): Promise<void> {
  await writeFile(join(folder, "packed.csv.gz"), gzipSync(file));
  await writeFile(join(folder, "small.json"), json);
}

/** What is made from them: how, under which name, and its content. */
function derivations(
  folder: string,
): readonly (readonly [derive: () => Promise<string>, path: string, content: string])[] {
  const [archive, source] = [join(folder, "packed.csv.gz"), join(folder, "small.json")];
  const options = { indent: 2, signal: never };
  return [
    [() => unpackGzip(archive, unpackedPath(archive), never), unpackedPath(archive), file.toString()],
    [() => formatJsonFile(source, formattedPath(source), options), formattedPath(source), formatted],
  ];
}

/** A download that breaks off, so that its part is on the disk. */
async function interrupt(downloading: Downloading, changes: Changes): Promise<void> {
  const { store } = downloading;
  let requests = 0;
  store.behave = ({ request, cutAfter }) => {
    requests += 1;
    if (requests === 1) cutAfter(200_000);
    else request.socket.resetAndDestroy();
  };
  await failureOf(downloading.run(changes, { retryBudgetMs: 0 }));
  store.behave = ({ serve }) => serve();
}

async function* pieces(): AsyncGenerator<string> {
  yield "id\n";
  await Promise.resolve();
  yield "1\n";
}

for (const [what, traits] of disks) {
  describe(what, () => {
    for (const [does, check] of abilities) {
      test(`${does}, on a disk that behaves like ${what}`, async (context) => {
        const downloading = await startDownloading(context, file);
        const folder = await temporary(context);
        behaveAs(context, folder, traits);
        await check(downloading, folder);
      });
    }
  });
}

describe("on a disk of its own", () => {
  for (const [does, check] of abilities) {
    test(`${does}, on a disk of its own`, async (context) => {
      const downloading = await startDownloading(context, file);
      const disk = await diskOf(context);
      const folder = await mkdtemp(join(disk, "task-exports-"));
      context.after(() => rm(folder, { recursive: true, force: true }));
      await check(downloading, folder);
    });
  }
});

/**
 * A folder on another disk: the one in `TASK_EXPORTS_DISK`, or FAT if it can be mounted here. Otherwise the usual disk,
 * and the tests above are all that is known about FAT.
 */
async function diskOf(context: TestContext): Promise<string> {
  const given = process.env["TASK_EXPORTS_DISK"];
  if (given !== undefined && given !== "") return given;
  const mounted = await mountDisk(context, "vfat");
  if ("folder" in mounted) return mounted.folder;
  context.diagnostic(`On the usual disk, because no FAT can be mounted here: ${mounted.missing}`);
  return tmpdir();
}

describe("a name that differs from an existing file's only in case", () => {
  test("counts as taken on a disk that ignores case", async (context) => {
    const downloading = await startDownloading(context, file);
    const folder = await temporary(context);
    behaveAs(context, folder, fat);
    await writeFile(join(folder, name.toUpperCase()), "older");
    await downloading.run({ folder, fileExists: always("keepBoth") });
    assert.equal(await readFile(join(folder, name), "utf8"), "older");
    assert.equal((await readdir(folder)).length, 2);
  });
});

interface Failing {
  readonly traits: DiskTraits;
  /** Whether a change has failed. */
  readonly hasFailed: () => boolean;
  readonly heal: () => void;
}

/** A full disk still lets files be removed. */
const fullCodes = ["ENOSPC", "EDQUOT"];

/** A disk that fails at its changes from a certain one on, or only at that one. */
function failingDisk(code: string, first: number, lasts: boolean): Failing {
  let [changes, hasFailed, isHealed] = [0, false, false];
  const beforeChange: DiskTraits["beforeChange"] = (change) => {
    changes += 1;
    if (isHealed || (lasts ? changes < first : changes !== first)) return undefined;
    hasFailed = true;
    return change === "remove" && fullCodes.includes(code) ? undefined : code;
  };
  return { traits: { beforeChange }, hasFailed: () => hasFailed, heal: () => (isHealed = true) };
}

describe("a disk that fails at any change", () => {
  for (const [code, expected, lasts] of [
    ["ENOSPC", "diskFull", true],
    ["ENOSPC", "diskFull", false],
    ["EDQUOT", "diskFull", true],
    ["EROFS", "notWritable", true],
    ["EIO", "notWritable", true],
    ["EIO", "notWritable", false],
  ] as const) {
    const when = lasts ? "from then on" : "once";
    test(`with ${code} ${when} causes ${expected}, and the next call gets the file`, async (context) => {
      const downloading = await startDownloading(context, file, undefined, { clock: hastyClock() });
      const base = await temporary(context);
      for (let [first, wasReached] = [1, true]; wasReached; first += 1) {
        const folder = join(base, String(first));
        await mkdir(folder);
        const { traits, hasFailed, heal } = failingDisk(code, first, lasts);
        behaveAs(context, folder, traits);
        const changes = { folder, relativePath: () => join("Shop", name), fileExists: always("keepBoth") };
        const path = join(folder, "Shop", name);
        const failure = await errorOf(downloading.run(changes));
        if (failure !== undefined) assert.equal(failure.code, expected, `change ${first}`);
        if (failure === undefined || (await isThere(path))) await assertWhole(path);
        wasReached = hasFailed();
        heal();
        await letLocksAge(join(folder, "Shop"));
        const { files } = await downloading.run(changes);
        await assertWhole(join(folder, "Shop", files[0]?.name ?? ""));
        assert.deepEqual(await findParts(folder), [], `change ${first}`);
        assert.ok(first < 100);
      }
    });
  }
});

describe("a disk that is full while a file is made from another one", () => {
  for (const code of fullCodes) {
    for (const [at, what] of ["unpacking", "formatting"].entries()) {
      test(`causes diskFull with ${code} at any moment of ${what}, leaves nothing, and the next call works`, async (context) => {
        const folder = await temporary(context);
        await putDerivable(folder);
        let failures = 0;
        for (let [first, wasReached] = [1, true]; wasReached; first += 1) {
          const { traits, hasFailed, heal } = failingDisk(code, first, true);
          behaveAs(context, folder, { ...fat, ...traits });
          const [derive, path, content] = derivations(folder)[at] ?? assert.fail();
          const failure = await errorOf(derive());
          wasReached = hasFailed();
          heal();
          // A file that only can't be flushed at the end is complete.
          if (failure === undefined) assert.equal(await readFile(path, "utf8"), content, `change ${first}`);
          else {
            assert.equal(failure.code, "diskFull", `change ${first}`);
            assert.deepEqual((await readdir(folder)).sort(), ["packed.csv.gz", "small.json"], `change ${first}`);
            failures += 1;
          }
          assert.equal(await derive(), path);
          assert.equal(await readFile(path, "utf8"), content);
          await rm(path);
          assert.ok(first < 100);
        }
        assert.ok(failures > 2, `${failures} failures`);
      });
    }
  }
});

/** A lock that could be neither written nor removed is waited for until it is old. */
async function letLocksAge(folder: string): Promise<void> {
  const names = (await isThere(folder)) ? await readdir(folder) : [];
  const past = new Date(Date.now() - 60_000);
  for (const lock of names.filter((each) => each.endsWith(".lock"))) await utimes(join(folder, lock), past, past);
}

async function errorOf(work: Promise<unknown>): Promise<ExportError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
