import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import type { FileSource, FileSourceOptions } from "../../../../src/table/source/fileSource.ts";
import { openFileSource } from "../../../../src/table/source/fileSource.ts";
import { NoFile, problemOf } from "../../../../src/table/source/fileProblem.ts";
import { processorMs } from "../../model/processorTime.ts";

let folder: string;
let file: string;
let opened: FileSource[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "table-source-"));
  file = path.join(folder, "export.csv");
  opened = [];
  writeFileSync(file, "0123456789");
});

afterEach(() => {
  for (const source of opened) source.close();
  rmSync(folder, { recursive: true });
});

function open(options?: FileSourceOptions): FileSource {
  const source = openFileSource(file, options);
  opened.push(source);
  return source;
}

function textAt(source: FileSource, position: number, length: number): string {
  const target = Buffer.alloc(length);
  return target.subarray(0, source.read(target, position)).toString();
}

function failure(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return assert.fail("Nothing was thrown.");
}

describe("A file as a source of bytes", () => {
  it("reads from any place, and fewer bytes at its end", () => {
    const source = open();
    assert.equal(source.size, 10);
    assert.deepEqual(
      [textAt(source, 3, 4), textAt(source, 8, 4), textAt(source, 10, 4), textAt(source, 99, 4)],
      ["3456", "89", "", ""],
    );
  });

  it("reads up to a given size, and further after it grew", () => {
    const source = open({ size: 4 });
    assert.deepEqual([source.size, textAt(source, 2, 9)], [4, "23"]);
    assert.equal(source.grew(6), 6);
    assert.equal(textAt(source, 2, 9), "2345");
    appendFileSync(file, "abc");
    assert.equal(source.size, 6);
    assert.equal(source.grew(), 13);
    assert.equal(textAt(source, 9, 9), "9abc");
    assert.equal(open({ size: 99 }).size, 13);
  });

  it("says that the file changed if it gets shorter", () => {
    const source = open();
    writeFileSync(file, "0123");
    assert.equal(textAt(source, 0, 4), "0123");
    for (const work of [() => textAt(source, 2, 4), () => source.grew(), () => source.grew(3)]) {
      assert.throws(work, { name: "ExportError", code: "fileChanged" });
    }
  });

  it(
    "lets go of the file when it is closed",
    { skip: process.platform !== "linux" && "Only Linux lists them." },
    () => {
      const source = open();
      assert.equal(openHandles(), 1);
      source.close();
      assert.equal(openHandles(), 0);
    },
  );
});

/** How many handles of this process lead to the file. */
function openHandles(): number {
  return readdirSync("/proc/self/fd").filter((handle) => {
    try {
      return readlinkSync(`/proc/self/fd/${handle}`) === file;
    } catch {
      return false;
    }
  }).length;
}

describe(
  "A file that is let go of while nobody reads",
  { skip: process.platform !== "linux" && "Only Linux lists handles." },
  () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
    afterEach(() => mock.timers.reset());

    it("is closed after a second without a read, and opened again for the next", () => {
      const source = open({ closesWhenIdle: true });
      textAt(source, 0, 1);
      mock.timers.tick(1_000);
      assert.equal(openHandles(), 1);
      mock.timers.tick(1_000);
      assert.equal(openHandles(), 0);
      appendFileSync(file, "abc");
      assert.equal(textAt(source, 8, 4), "89");
      assert.equal(openHandles(), 1);
      assert.equal(source.grew(), 13);
      source.close();
      assert.equal(openHandles(), 0);
    });

    it("stays open by default", () => {
      open();
      mock.timers.tick(5_000);
      assert.equal(openHandles(), 1);
    });

    it("says that the file changed or is missing if another one has its place", () => {
      const source = open({ closesWhenIdle: true });
      mock.timers.tick(2_000);
      writeFileSync(`${file}.new`, "0123456789");
      renameSync(`${file}.new`, file);
      assert.throws(() => textAt(source, 0, 1), { code: "fileChanged" });
      assert.equal(openHandles(), 0);
      rmSync(file);
      assert.throws(() => textAt(source, 0, 1), { code: "fileMissing" });
    });
  },
);

describe("A file with blank lines at its end", () => {
  for (const bytesPerCharacter of [1, 2] as const) {
    it(`ends before its blank lines, wherever it grows in between (bytes per character: ${bytesPerCharacter})`, () => {
      const units = { bytesPerCharacter, littleEndian: true, spacesAreBlank: true };
      const encoded = (text: string): Buffer => Buffer.from(text, bytesPerCharacter === 1 ? "latin1" : "utf16le");
      const text = "a,b\n1,2 \r\n \n\r\n\n3,4\r\n\n\x1a";
      const lengths: number[] = [];
      writeFileSync(file, "");
      const source = open();
      source.trimBlankLines(units, 0);
      for (const byte of encoded(text)) {
        appendFileSync(file, Buffer.of(byte));
        lengths.push(source.grew());
        const again = open();
        again.trimBlankLines(units, 0);
        assert.equal(source.size, again.size, `after ${lengths.length} bytes`);
      }
      assert.equal(source.size, encoded("a,b\n1,2 \r\n \n\r\n\n3,4\r\n").length);
    });
  }

  it("is not looked through again for blank lines when it grows", () => {
    writeFileSync(file, Buffer.concat([Buffer.from("a,b\n1,2\n"), Buffer.alloc(16 << 20, "\n")]));
    const opened = (): FileSource => {
      const source = open();
      source.trimBlankLines({ bytesPerCharacter: 1, littleEndian: true, spacesAreBlank: true }, 0);
      return source;
    };
    const onceMs = processorMs(opened);
    const source = opened();
    const tookMs = processorMs(() => {
      for (let times = 0; times < 30; times++) {
        appendFileSync(file, "\n\n");
        source.grew();
      }
    });
    assert.equal(source.size, 8);
    assert.ok(tookMs < 3 * onceMs, `${tookMs} ms to grow 30 times, ${onceMs} ms to look once`);
  });
});

describe("A file that cannot be opened", () => {
  it("is missing, or unreadable with the system's reason", () => {
    rmSync(file);
    const missing = failure(() => openFileSource(file));
    assert.deepEqual(problemOf(missing), { kind: "missing" });
    assert.throws(() => openFileSource(file), { name: "ExportError", code: "fileMissing" });
    writeFileSync(file, "");
    assert.deepEqual(problemOf(failure(() => openFileSource(path.join(file, "x")))), { kind: "missing" });
    assert.deepEqual(problemOf(failure(() => openFileSource(folder))), { kind: "unreadable", reason: "EISDIR" });
    assert.deepEqual(problemOf(new NoFile("x", false)), { kind: "unreadable", reason: "EINVAL" });
    assert.deepEqual(problemOf(new Error("odd")), { kind: "unreadable", reason: "odd" });
  });

  it("is unreadable without the right to read", { skip: process.platform === "win32" && "No such rights." }, () => {
    chmodSync(file, 0o000);
    // Root may read everything, so that for a moment this process is nobody.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      assert.deepEqual(problemOf(failure(() => openFileSource(file))), { kind: "unreadable", reason: "EACCES" });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it("is a pipe, which is not waited for", { skip: process.platform === "win32" && "No pipes in folders." }, () => {
    const pipe = path.join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    assert.deepEqual(problemOf(failure(() => openFileSource(pipe))), { kind: "unreadable", reason: "EINVAL" });
  });
});
