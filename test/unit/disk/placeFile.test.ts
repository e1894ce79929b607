import assert from "node:assert/strict";
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";

import { finalPathTaken, placeFile } from "../../../src/disk/placeFile.ts";
import { ExportError } from "../../../src/model/exportError.ts";

let folder = "";
const { signal } = new AbortController();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "place-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function part(content: string, name = "a.csv.part"): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code });
}

describe("placing a file", () => {
  it("gives it its final name, readable only by its owner, and leaves no part", async () => {
    const from = await part("id\n1\n");
    await chmod(from, 0o644);
    const wanted = join(folder, "a.csv");
    assert.equal(await placeFile(from, wanted, "keepBoth", signal), wanted);
    assert.equal(await readFile(wanted, "utf8"), "id\n1\n");
    assert.equal((await stat(wanted)).mode & 0o777, process.platform === "win32" ? 0o666 : 0o600);
    assert.deepEqual(await readdir(folder), ["a.csv"]);
  });

  for (const choice of ["overwrite", "keepBoth"] as const) {
    it(`flushes the bytes to disk before it gives the name (${choice})`, async (context) => {
      const from = await part("id\n1\n");
      const flushedBefore: number[] = [];
      const handle = await open(from, "r");
      const fileHandle: unknown = Object.getPrototypeOf(handle);
      await handle.close();
      const flush = context.mock.method(fileHandle as typeof handle, "sync");
      const options = {
        rename: async (old: string, name: string) => {
          flushedBefore.push(flush.mock.callCount());
          await rename(old, name);
        },
        link: async (old: string, name: string) => {
          flushedBefore.push(flush.mock.callCount());
          await link(old, name);
        },
      };
      await placeFile(from, join(folder, "a.csv"), choice, signal, options);
      assert.deepEqual(flushedBefore, [1]);
    });
  }

  it("replaces an existing file if overwriting was chosen", async () => {
    const wanted = join(folder, "a.csv");
    await writeFile(wanted, "old");
    assert.equal(await placeFile(await part("new"), wanted, "overwrite", signal), wanted);
    assert.equal(await readFile(wanted, "utf8"), "new");
    assert.deepEqual(await readdir(folder), ["a.csv"]);
  });

  it("gives the new file a numbered name if both are to be kept", async () => {
    const wanted = join(folder, "a.csv.gz");
    await writeFile(wanted, "old");
    assert.equal(await placeFile(await part("2"), wanted, "keepBoth", signal), join(folder, "a (2).csv.gz"));
    assert.equal(await placeFile(await part("3"), wanted, "keepBoth", signal), join(folder, "a (3).csv.gz"));
    assert.equal(await readFile(wanted, "utf8"), "old");
  });

  for (const way of ["hard links", "reserving, where the disk has no hard links"]) {
    it(`never gives the same name to two files that are placed at the same moment, by ${way}`, async () => {
      const options = way === "hard links" ? {} : { link: () => Promise.reject(refusal("ENOTSUP")) };
      const contents = Array.from({ length: 25 }, (_, number) => `content ${number}`);
      const parts = await Promise.all(contents.map((content, number) => part(content, `${number}.part`)));
      const wanted = join(folder, "a.csv");
      const placed = await Promise.all(parts.map((path) => placeFile(path, wanted, "keepBoth", signal, options)));
      assert.equal(new Set(placed).size, contents.length);
      assert.deepEqual(await Promise.all(placed.map((path) => readFile(path, "utf8"))), contents);
      assert.equal((await readdir(folder)).length, contents.length);
    });
  }

  it("finishes the work of a killed process that had already given the part its final name", async () => {
    const from = await part("whole");
    const wanted = join(folder, "a.csv");
    await link(from, wanted);
    assert.equal(await placeFile(from, wanted, "keepBoth", signal), wanted);
    assert.deepEqual(await readdir(folder), ["a.csv"]);
    assert.equal(await readFile(wanted, "utf8"), "whole");
  });

  it("tries a refused rename again for a while", async () => {
    const refusals = ["EBUSY", "EPERM", "EACCES"];
    const options = {
      rename: async (from: string, to: string) => {
        const code = refusals.shift();
        if (code !== undefined) throw refusal(code);
        await rename(from, to);
      },
    };
    const wanted = join(folder, "a.csv");
    assert.equal(await placeFile(await part("x"), wanted, "overwrite", signal, options), wanted);
    assert.deepEqual(refusals, []);
    assert.equal(await readFile(wanted, "utf8"), "x");
  });

  it("fails if a rename is refused for too long, and keeps the part", async () => {
    let tries = 0;
    const options = {
      rename: () => {
        tries++;
        return Promise.reject(refusal("EBUSY"));
      },
      giveUpAfterMs: 150,
    };
    const wanted = join(folder, "a.csv");
    await assert.rejects(placeFile(await part("x"), wanted, "overwrite", signal, options), (error) => {
      assert.ok(error instanceof ExportError);
      assert.equal(error.code, "notWritable");
      assert.equal(error.details.path, folder);
      return true;
    });
    assert.ok(tries > 1);
    assert.deepEqual(await readdir(folder), ["a.csv.part"]);
  });

  it("releases a reserved name if the file can't get it", async () => {
    const options = {
      link: () => Promise.reject(refusal("EPERM")),
      rename: () => Promise.reject(refusal("EIO")),
    };
    await assert.rejects(placeFile(await part("x"), join(folder, "a.csv"), "keepBoth", signal, options), {
      code: "notWritable",
    });
    assert.deepEqual(await readdir(folder), ["a.csv.part"]);
  });

  for (const choice of ["overwrite", "keepBoth"] as const) {
    it(`copies the file if the folder is on another disk (${choice})`, async () => {
      const other = join(folder, "other");
      await mkdir(other);
      const isElsewhere = (from: string, to: string): boolean => dirname(from) !== dirname(to);
      const options = {
        rename: (from: string, to: string) =>
          isElsewhere(from, to) ? Promise.reject(refusal("EXDEV")) : rename(from, to),
        link: (from: string, to: string) => (isElsewhere(from, to) ? Promise.reject(refusal("EXDEV")) : link(from, to)),
      };
      const wanted = join(other, "a.csv");
      await writeFile(wanted, "older");
      const placed = await placeFile(await part("whole"), wanted, choice, signal, options);
      assert.equal(placed, choice === "overwrite" ? wanted : join(other, "a (2).csv"));
      assert.equal(await readFile(placed, "utf8"), "whole");
      assert.equal((await stat(placed)).mode & 0o077, process.platform === "win32" ? 0o066 : 0);
      assert.deepEqual((await readdir(other)).length, choice === "overwrite" ? 1 : 2);
      assert.deepEqual(await readdir(folder), ["other"]);
    });
  }

  it("keeps the part, and leaves nothing on the other disk, if it can't be copied there", async () => {
    const other = join(folder, "other");
    await mkdir(other);
    const options = { rename: () => Promise.reject(refusal("EXDEV")) };
    const placing = placeFile(await part("whole"), join(other, "a.csv"), "overwrite", signal, options);
    await assert.rejects(placing, { code: "notWritable" });
    assert.deepEqual(await readdir(other), []);
    assert.equal(await readFile(join(folder, "a.csv.part"), "utf8"), "whole");
  });

  it("says that the disk is full", async () => {
    const options = { rename: () => Promise.reject(refusal("ENOSPC")) };
    await assert.rejects(placeFile(await part("x"), join(folder, "a.csv"), "overwrite", signal, options), {
      code: "diskFull",
    });
  });

  for (const choice of ["overwrite", "keepBoth"] as const) {
    it(`says that the folder is a file (${choice})`, async () => {
      await writeFile(join(folder, "file"), "");
      const wanted = join(folder, "file", "a.csv");
      await assert.rejects(placeFile(await part("x"), wanted, choice, signal), { code: "notWritable" });
    });

    it(`does nothing after it was canceled (${choice})`, async () => {
      await assert.rejects(placeFile(await part("x"), join(folder, "a.csv"), choice, AbortSignal.abort()), {
        code: "cancelled",
      });
      assert.deepEqual(await readdir(folder), ["a.csv.part"]);
    });
  }

  it("stops during its pauses if it is canceled", async () => {
    const abort = new AbortController();
    const options = {
      rename: () => {
        abort.abort();
        return Promise.reject(refusal("EBUSY"));
      },
    };
    await assert.rejects(placeFile(await part("x"), join(folder, "a.csv"), "overwrite", abort.signal, options), {
      code: "cancelled",
    });
  });

  it("does not replace a folder", async () => {
    await mkdir(join(folder, "a.csv"));
    await assert.rejects(
      placeFile(await part("x"), join(folder, "a.csv"), "overwrite", signal, { giveUpAfterMs: 100 }),
      { code: "notWritable" },
    );
  });
});

describe("a final path", () =>
  it("is taken if there is a file, a folder or a broken link, and free otherwise", async () => {
    await writeFile(join(folder, "file"), "");
    await symlink(join(folder, "nowhere"), join(folder, "link"));
    assert.equal(await finalPathTaken(join(folder, "file")), true);
    assert.equal(await finalPathTaken(folder), true);
    assert.equal(await finalPathTaken(join(folder, "link")), true);
    assert.equal(await finalPathTaken(join(folder, "free")), false);
    assert.equal(await finalPathTaken(join(folder, "file", "below")), false);
  }));
