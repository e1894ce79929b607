import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { writeText } from "../../../src/disk/writeText.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const never = new AbortController().signal;

async function emptyFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-text-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function* pieces(count: number, each: (piece: number) => void = () => undefined): AsyncGenerator<string> {
  for (let piece = 0; piece < count; piece++) {
    each(piece);
    yield `${"x".repeat(9)}\n`;
    await Promise.resolve();
  }
}

describe("writing text to a file", () => {
  it("replaces an existing file only when the text is complete", async (context) => {
    const target = join(await emptyFolder(context), "selection.csv");
    await writeFile(target, "before");
    const seen: string[] = [];
    const text = (async function* () {
      for await (const piece of pieces(3)) {
        seen.push(await readFile(target, "utf8"));
        yield piece;
      }
    })();
    await writeText(text, target, never);
    assert.deepEqual(seen, ["before", "before", "before"]);
    assert.equal(await readFile(target, "utf8"), "xxxxxxxxx\n".repeat(3));
  });

  it("creates an empty file if there is nothing to write", async (context) => {
    const target = join(await emptyFolder(context), "selection.csv");
    await writeText(pieces(0), target, never);
    assert.equal(await readFile(target, "utf8"), "");
  });

  it("keeps the existing file and leaves nothing else if it is canceled", async (context) => {
    const folder = await emptyFolder(context);
    const target = join(folder, "selection.csv");
    await writeFile(target, "before");
    const stop = new AbortController();
    const text = pieces(1_000, (piece) => {
      if (piece === 500) stop.abort();
    });
    await assert.rejects(writeText(text, target, stop.signal), { code: "cancelled" });
    assert.deepEqual(await readdir(folder), ["selection.csv"]);
    assert.equal(await readFile(target, "utf8"), "before");
  });

  it("fails with the error of its source, and leaves nothing behind", async (context) => {
    const folder = await emptyFolder(context);
    const text = pieces(10, (piece) => {
      if (piece === 5) throw new ExportError("fileChanged", "The file was read again.");
    });
    await assert.rejects(writeText(text, join(folder, "selection.csv"), never), { code: "fileChanged" });
    assert.deepEqual(await readdir(folder), []);
  });

  it("is refused if the folder doesn't exist", async (context) => {
    const target = join(await emptyFolder(context), "gone", "selection.csv");
    await assert.rejects(writeText(pieces(1), target, never), { code: "notWritable" });
  });

  it("asks for the next piece only when nearly all earlier ones are written", async (context) => {
    const folder = await emptyFolder(context);
    const mebibyte = 1024 ** 2;
    const text = (async function* () {
      for (let made = 0; made < 16; made++) {
        const [growing] = await readdir(folder);
        const written = growing === undefined ? 0 : (await stat(join(folder, growing))).size;
        assert.ok(made * mebibyte - written <= 3 * mebibyte, `${made} pieces made, ${written} bytes written`);
        yield "x".repeat(mebibyte);
      }
    })();
    await writeText(text, join(folder, "selection.csv"), never);
  });
});
