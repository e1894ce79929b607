import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { describe, it } from "node:test";
import {
  canBelongTo,
  earlierPartPaths,
  type FileKey,
  fileKeyText,
  isLeftover,
  isSameFile,
  partPaths,
  pathsOfLeftover,
  withoutPartEnding,
} from "../../../../src/download/part/partPaths.ts";

const key: FileKey = { accountId: "account-1", taskId: "12345", fileIndex: 0 };
const others: readonly FileKey[] = [
  { ...key, accountId: "account-2" },
  { ...key, taskId: "12346" },
  { ...key, fileIndex: 1 },
];
const mark = "0123456789abcdef";
const folder = join("/", "downloads");

describe("the paths of a part", () => {
  const paths = partPaths(join(folder, "orders", "a.csv"), key);

  it("are next to the final path, and begin with the name of the file and a mark of 16 hexadecimal digits", () => {
    assert.match(paths.mark, /^[0-9a-f]{16}$/);
    assert.equal(paths.part, join(folder, "orders", `a.csv.${paths.mark}.part`));
    assert.equal(paths.sidecar, `${paths.part}.json`);
    assert.equal(paths.lock, `${paths.part}.lock`);
  });

  it("name the file, and the download folder, which is the folder of the file unless it is given", () => {
    assert.deepEqual(paths.key, key);
    assert.equal(paths.folder, join(folder, "orders"));
    assert.equal(partPaths(join(folder, "orders", "a.csv"), key, folder).folder, folder);
  });

  it("are the same each time, and others for another file, task or account", () => {
    assert.equal(partPaths(join(folder, "orders", "a.csv"), { ...key }).part, paths.part);
    for (const other of others) assert.notEqual(partPaths(join(folder, "orders", "a.csv"), other).mark, paths.mark);
  });

  it("leave room for all endings within the 255 bytes of a name", () => {
    const long = partPaths(join(folder, `${"a".repeat(300)}.csv`), key);
    assert.equal(Buffer.byteLength(basename(long.part)), 255 - 64 + `.${mark}.part`.length);
    assert.match(basename(long.part), /^a+\.csv\.[0-9a-f]{16}\.part$/);
    assert.ok(Buffer.byteLength(`${basename(long.lock)}.waiting-01234567`) <= 255);
  });

  it("had a mark of half the length in earlier versions", () => {
    const earlier = earlierPartPaths(join(folder, "orders", "a.csv"), key);
    assert.equal(earlier.mark, paths.mark.slice(0, 8));
    assert.equal(earlier.part, join(folder, "orders", `a.csv.${earlier.mark}.part`));
    assert.deepEqual([earlier.folder, earlier.key], [join(folder, "orders"), key]);
    assert.equal(earlierPartPaths(join(folder, "orders", "a.csv"), key, folder).folder, folder);
  });
});

describe("whether paths belong to a file", () => {
  const path = join(folder, "a.csv");

  it("is told by the mark in their names, of this or an earlier version", () => {
    for (const { mark: found } of [partPaths(path, key), earlierPartPaths(path, key)]) {
      const paths = pathsOfLeftover(join(folder, `a.csv.${found}.part`), folder);
      assert.ok(paths);
      assert.equal(canBelongTo(paths, key), true);
      for (const other of others) assert.equal(canBelongTo(paths, other), false);
    }
  });

  it("is also told by the file that they were made for, because marks can be alike", () => {
    const paths = partPaths(path, key);
    for (const other of others) assert.equal(canBelongTo({ ...paths, key: other }, key), false);
    assert.equal(canBelongTo(paths, { ...key }), true);
  });
});

describe("the key of a file", () => {
  it("is the same as another one if account, task and index are", () => {
    assert.equal(isSameFile(key, { ...key }), true);
    for (const other of others) assert.equal(isSameFile(key, other), false);
  });

  it("is another text for every file", () => {
    const texts = [key, ...others].map(fileKeyText);
    assert.equal(new Set(texts).size, texts.length);
    assert.equal(fileKeyText({ ...key }), texts[0]);
  });
});

describe("what a download can leave in a folder", () => {
  const part = join(folder, `a.csv.${mark}.part`);
  const endings = ["", ".json", ".lock", ".lock.takeover", ".lock.waiting-0a1b2c3d", ".json.0a1b2c3d.new"];

  for (const ending of [...endings, ".lock.0a1b2c3d.new"]) {
    it(`is found by its name: part${ending}`, () => {
      for (const found of [part, part.replace(mark, mark.slice(0, 8))]) {
        const foundMark = found === part ? mark : mark.slice(0, 8);
        assert.equal(isLeftover(found + ending), true);
        assert.deepEqual(pathsOfLeftover(found + ending, "/other"), {
          part: found,
          sidecar: `${found}.json`,
          lock: `${found}.lock`,
          mark: foundMark,
          folder: "/other",
        });
      }
    });
  }

  for (const name of [
    "a.csv",
    "a.csv.part",
    `a.csv.${mark}.part.csv`,
    `a.csv.${mark}.PART`,
    `a.csv.${mark}0.part`,
    `a.csv.${mark.slice(1)}.part`,
    `a.csv.${mark.toUpperCase()}.part`,
    `a.csv.${mark}.part.json.waiting`,
    `a.csv.${mark}.part.lock.waiting-0a1b2c3`,
    `a.csv.${mark}.part.lock.0a1b2c3d.new.csv`,
    `a.csv.${mark}.part.0a1b2c3d.new`,
  ]) {
    it(`is no file of another name: ${name}`, () => {
      assert.equal(isLeftover(join(folder, name)), false);
      assert.equal(pathsOfLeftover(join(folder, name), folder), undefined);
    });
  }

  it("may have a line break in its name", () => {
    assert.equal(pathsOfLeftover(`a\nb.csv.${mark}.part.json`, folder)?.part, `a\nb.csv.${mark}.part`);
  });

  it("has the file's own path without its ending", () => {
    assert.equal(withoutPartEnding(part), join(dirname(part), "a.csv"));
    assert.equal(withoutPartEnding(join(folder, "a.csv.01234567.part")), join(folder, "a.csv"));
    assert.equal(withoutPartEnding(join(folder, "a.csv")), join(folder, "a.csv"));
  });
});
