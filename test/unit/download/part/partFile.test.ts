import assert from "node:assert/strict";
import { link, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { uptime } from "node:os";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { CreatedFolders } from "../../../../src/download/part/createdFolders.ts";
import { PartFile, removePartFiles } from "../../../../src/download/part/partFile.ts";
import { partPaths } from "../../../../src/download/part/partPaths.ts";
import { defined } from "../../../../src/model/defined.ts";
import { readSidecar, writeSidecar } from "../../../../src/download/part/sidecar.ts";
import { openPart, partOwner, partWith } from "./openPart.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const key = { accountId: "account-1", taskId: "12345", fileIndex: 0, name: "a.csv" };
const beginning = { identity: { etag: '"v1"', total: 6 }, decoded: false, checksums: [] };

describe("The part of a file", () => {
  it("is never written through a link that another program put in its place", async (context) => {
    if (process.platform === "win32") return;
    const folder = await temporaryFolder(context);
    const paths = partPaths(join(folder, "a.csv"), key);
    const elsewhere = join(folder, "elsewhere");
    await writeFile(elsewhere, "not ours");
    await symlink(elsewhere, paths.part);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abc")]);
    await part.close();
    assert.equal(await readFile(elsewhere, "utf8"), "not ours");
    assert.equal(await readFile(paths.part, "utf8"), "abc");
  });

  it("continues where it was closed", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abc")]);
    await part.close();
    const again = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    assert.equal(again.length, 3);
    assert.deepEqual(again.beginning?.identity, beginning.identity);
    await again.append([Buffer.from("def")]);
    await again.close();
    assert.equal(await readFile(paths.part, "utf8"), "abcdef");
  });

  for (const [what, total] of [
    ["of known length", 6],
    ["of unknown length", undefined],
  ] as const) {
    it(`${what} doesn't change a file that was linked to it`, async (context) => {
      const folder = await temporaryFolder(context);
      const paths = partPaths(join(folder, "a.csv"), key);
      const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
      await part.begin({ identity: defined({ etag: '"v1"', total }), decoded: false, checksums: [] });
      await part.append([Buffer.from("abc")]);
      await part.close();
      await link(paths.part, join(folder, "linked"));
      const again = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
      assert.equal(again.length, 0);
      await again.begin(beginning);
      await again.append([Buffer.from("def")]);
      await again.close();
      assert.equal(await readFile(join(folder, "linked"), "utf8"), "abc");
      assert.equal(await readFile(paths.part, "utf8"), "def");
    });
  }

  it("starts over if it is longer than its file", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abcdefg")]);
    await part.close();
    const again = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    assert.deepEqual([again.length, again.beginning], [0, undefined]);
    await again.close();
  });

  it("is emptied if it belongs to another file", async (context) => {
    const paths = partPaths(join(await temporaryFolder(context), "a.csv"), key);
    const part = await PartFile.open(paths, key, new CreatedFolders(paths.folder));
    await part.begin(beginning);
    await part.append([Buffer.from("abc")]);
    await part.close();
    const other = await PartFile.open(paths, { ...key, taskId: "6" }, new CreatedFolders(paths.folder));
    assert.deepEqual([other.length, other.beginning], [0, undefined]);
    await other.close();
  });
});

/** Opens a part again whose note was changed meanwhile. */
async function openAgain(part: PartFile, changes: object = {}, owner: object = {}): Promise<PartFile> {
  await part.close();
  const note = await readSidecar(part.paths);
  assert.ok(note);
  await writeSidecar(part.paths, { ...note, ...changes });
  const again = await PartFile.open(part.paths, { ...partOwner, ...owner }, new CreatedFolders(part.paths.folder));
  await again.close();
  return again;
}

describe("the note about a part", () => {
  it("says what its bytes belong to, when it was begun and where the file will be", async (context) => {
    const folder = await temporaryFolder(context);
    const paths = partPaths(join(folder, "Shop", "a.csv"), key, folder);
    const folders = new CreatedFolders(folder);
    await folders.make(join(folder, "Shop"));
    const part = await PartFile.open(paths, key, folders);
    assert.deepEqual([part.length, part.beginning, await readSidecar(paths)], [0, undefined, undefined]);
    part.setFinalPath(join(folder, "Shop", "b.csv"));
    const checksums = [{ algorithm: "md5", value: "00" }] as const;
    await part.begin({ ...beginning, decoded: true, checksums });
    await part.close();
    const note = await readSidecar(paths);
    assert.ok(note);
    const { bootedAt, startedAt, updatedAt, ...rest } = note;
    assert.deepEqual(rest, {
      version: 1,
      ...key,
      identity: beginning.identity,
      decoded: true,
      checksums,
      finalPath: join(folder, "Shop", "b.csv"),
      createdFolders: ["Shop"],
      flushedBytes: 0,
    });
    assert.ok(Math.abs(bootedAt - (Date.now() - uptime() * 1000)) < 2000);
    assert.equal(startedAt, updatedAt);
    assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000);
  });

  it("has no final path and no folders if there are none", async (context) => {
    const part = await partWith(context, 3);
    const note = await readSidecar(part.paths);
    assert.ok(note && !("finalPath" in note) && !("createdFolders" in note));
  });
});

describe("a part that is opened again", () => {
  const length = async (context: TestContext, changes?: object, owner?: object): Promise<number> =>
    (await openAgain(await partWith(context, 100), changes, owner)).length;

  it("counts whole if the computer wasn't restarted, give or take two seconds", async (context) => {
    const booted = Date.now() - uptime() * 1000;
    assert.equal(await length(context), 100);
    for (const [difference, counted] of [
      [1500, 100],
      [-1500, 100],
      [2500, 30],
      [-2500, 30],
    ] as const) {
      assert.equal(
        await length(context, { bootedAt: booted + difference, flushedBytes: 30 }),
        counted,
        `${difference}`,
      );
    }
    assert.equal(await length(context, { bootedAt: 0, flushedBytes: 200 }), 100, "there are no more bytes than these");
  });

  it("is cut to the bytes that count", async (context) => {
    const part = await openAgain(await partWith(context, 100), { bootedAt: 0, flushedBytes: 30 });
    assert.equal((await stat(part.paths.part)).size, 30);
  });

  for (const [what, changes, owner] of [
    [
      "it is a note about a placed file",
      { placed: { path: "/a", bytes: 1, sha256: "", verified: "length", placedAt: "", taskUnfinished: true } },
      {},
    ],
    ["it has another name", { name: "b.csv" }, {}],
    ["it is for another account", {}, { accountId: "account-2" }],
    ["it is for another file of the task", {}, { fileIndex: 1 }],
    ["it is longer than the file", { identity: { etag: '"v1"', total: 99 } }, {}],
  ] as const) {
    it(`counts nothing if ${what}`, async (context) => {
      assert.equal(await length(context, changes, owner), 0);
    });
  }

  it("counts if it is as long as the file", async (context) =>
    assert.equal(await length(context, { identity: { etag: '"v1"', total: 100 } }), 100));

  it("may have another name only if it is whole", async (context) => {
    for (const [total, counted] of [
      [100, 100],
      [101, 0],
    ] as const) {
      const part = await partWith(context, 100);
      await link(part.paths.part, `${part.paths.part}.linked`);
      assert.equal((await openAgain(part, { identity: { etag: '"v1"', total } })).length, counted);
    }
  });
});

describe("the bytes of a part", () => {
  it("are appended in any number of chunks, which are freed unless they are views", async (context) => {
    const part = await partWith(context, 0);
    const whole = new Uint8Array([1, 2, 3]);
    const larger = new Uint8Array([9, 4, 5, 9]);
    await part.append([whole, larger.subarray(1, 3)]);
    assert.equal(part.length, 5);
    assert.deepEqual([...(await readFile(part.paths.part))], [1, 2, 3, 4, 5]);
    assert.deepEqual([whole.byteLength, larger.byteLength], [0, 4]);
    await part.append([]);
    assert.equal(part.length, 5);
  });

  it("can be read at the end, as many as there are", async (context) => {
    const part = await partWith(context, 0);
    await part.append([Buffer.from("abcdef")]);
    assert.equal((await part.tail(2)).toString(), "ef");
    assert.equal((await part.tail(6)).toString(), "abcdef");
    assert.equal((await part.tail(0)).byteLength, 0);
  });

  it("are gone when the part begins again", async (context) => {
    const part = await partWith(context, 100);
    await part.begin({ ...beginning, identity: { etag: '"v2"' } });
    assert.deepEqual([part.length, (await stat(part.paths.part)).size], [0, 0]);
    assert.equal((await readSidecar(part.paths))?.identity.etag, '"v2"');
  });

  it("are flushed after five seconds, and the note says how many", async (context) => {
    const start = Date.now();
    let now = start;
    context.mock.method(Date, "now", () => now);
    const part = await partWith(context, 10);
    const flush = context.mock.method(part, "flush");
    const noted = async (bytes: number): Promise<void> => {
      while ((await readSidecar(part.paths))?.flushedBytes !== bytes) await sleep(1);
    };
    now = start + 4999;
    await part.append([Buffer.from("a")]);
    assert.equal(flush.mock.callCount(), 0);
    now = start + 5000;
    await part.append([Buffer.from("b")]);
    assert.equal(flush.mock.callCount(), 1);
    await noted(12);
    await part.append([Buffer.from("c")]);
    assert.equal(flush.mock.callCount(), 1, "the five seconds begin again");
    now = start + 10_000;
    await part.append([Buffer.from("d")]);
    await noted(14);
  });

  it("are flushed after 64 MiB", async (context) => {
    const part = await partWith(context, 0);
    const flush = context.mock.method(part, "flush");
    await part.append([Buffer.alloc(64 * 1024 * 1024 - 1)]);
    assert.equal(flush.mock.callCount(), 0);
    await part.append([Buffer.alloc(1)]);
    assert.equal(flush.mock.callCount(), 1);
    await part.append([Buffer.alloc(1)]);
    assert.equal(flush.mock.callCount(), 1, "one flush at a time");
    while ((await readSidecar(part.paths))?.flushedBytes !== 64 * 1024 * 1024) await sleep(1);
    await part.append([Buffer.alloc(1)]);
    assert.equal(flush.mock.callCount(), 1, "the 64 MiB begin again");
  });

  it("are noted as flushed only if they still belong to the part", async (context) => {
    const start = Date.now();
    let now = start;
    context.mock.method(Date, "now", () => now);
    for (const change of ["closed", "begun again", "failed"] as const) {
      const part = await partWith(context, 10);
      let end = (): void => undefined;
      const held = new Promise<void>((resolve, reject) => {
        end = () => (change === "failed" ? reject(new Error("no")) : resolve());
      });
      context.mock.method(part, "flush", () => held);
      now += 5000;
      await part.append([Buffer.from("a")]);
      if (change === "closed") await part.close();
      if (change === "begun again") await part.begin(beginning);
      end();
      await held.catch(() => undefined);
      await nextTurn();
      // Waits for what is being noted.
      await part.close();
      assert.equal((await readSidecar(part.paths))?.flushedBytes, 0, change);
    }
  });
});

describe("the end of a part", () => {
  it("closes its file once and keeps everything, however often it is closed", async (context) => {
    const part = await partWith(context, 3);
    await part.close();
    await part.close();
    assert.equal((await readdir(part.paths.folder)).length, 2);
    await assert.rejects(part.append([Buffer.from("a")]));
  });

  it("removes its part, its note and what a killed process left of notes, but nothing else", async (context) => {
    const part = await partWith(context, 3);
    const others = [`${part.paths.sidecar}.backup`, part.paths.lock];
    for (const path of [`${part.paths.sidecar}.01234567.new`, ...others]) await writeFile(path, "");
    await part.remove();
    assert.deepEqual(
      (await readdir(part.paths.folder)).sort(),
      others.map((path) => path.slice(part.paths.folder.length + 1)).sort(),
    );
    await removePartFiles(part.paths);
  });

  it("leaves no file open if the part can't be opened", async (context) => {
    const part = await openPart(context);
    await part.close();
    await mkdir(part.paths.sidecar);
    const again = await PartFile.open(part.paths, partOwner, new CreatedFolders(part.paths.folder));
    assert.equal(again.beginning, undefined);
    await again.close();
  });
});
