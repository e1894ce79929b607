import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { fromFileSystem } from "../../../src/disk/fileSystemErrors.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const file = path.join(os.tmpdir(), "file.csv");
const refusedWith = (code: string): Error => Object.assign(new Error(code), { code });

describe("an error of the file system", () => {
  for (const code of ["ENOSPC", "EDQUOT"]) {
    it(`with ${code} is a full disk, and says how much is missing`, async () => {
      const cause = refusedWith(code);
      const huge = 2 ** 52;
      const error = await fromFileSystem(cause, file, huge);
      assert.ok(error instanceof ExportError);
      assert.deepEqual([error.code, error.cause, error.details.path], ["diskFull", cause, os.tmpdir()]);
      const missing = error.details.missingBytes ?? 0;
      assert.ok(missing > huge / 2 && missing < huge, `${missing}`);
    });
  }

  it("because of a quota says that at least one byte is missing, although the disk has room", async () => {
    const error = await fromFileSystem(refusedWith("EDQUOT"), file, 0);
    assert.ok(error instanceof ExportError);
    assert.equal(error.details.missingBytes, 1);
  });

  it("in a deleted folder says that all bytes are missing, because the free space is unknown", async () => {
    const error = await fromFileSystem(refusedWith("ENOSPC"), path.join(file, "none", "a"), 70);
    assert.ok(error instanceof ExportError);
    assert.equal(error.details.missingBytes, 70);
  });

  for (const code of ["EACCES", "EPERM", "EROFS", "ENOENT", "EXDEV", "EOPNOTSUPP", "EINVAL", "ENOTCONN", "UNKNOWN"]) {
    it(`with ${code} is a folder that can't be written`, async () => {
      const cause = refusedWith(code);
      const error = await fromFileSystem(cause, file, 0);
      assert.ok(error instanceof ExportError);
      assert.deepEqual([error.code, error.cause], ["notWritable", cause]);
    });
  }

  it("with EFBIG names the disk as the cause, not the permissions", async () => {
    const error = await fromFileSystem(refusedWith("EFBIG"), file, 0);
    assert.ok(error instanceof ExportError);
    assert.deepEqual([error.code, error.details.path], ["notWritable", os.tmpdir()]);
    assert.match(error.message, /can't store a file of this size/);
  });

  it("of any other kind is passed on unchanged", async () => {
    for (const error of [new Error("x"), refusedWith("ECONNRESET"), new ExportError("timeout", "")]) {
      assert.equal(await fromFileSystem(error, file, 0), error);
    }
    assert.equal((await fromFileSystem("words", file, 0)).message, "words");
  });
});
