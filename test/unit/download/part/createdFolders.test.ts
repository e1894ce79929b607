import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { TaskEvent } from "../../../../src/download/taskEvents.ts";
import { findParts, removePart, removePartsOf } from "../../../../src/download/part/parts.ts";
import { type Downloading, failureOf, startDownloading } from "../downloading.ts";
import { exportBytes } from "../faultyStore.ts";

const file = exportBytes(400_000);
/** A name template with two folders. */
const relativePath = ({ name }: { name: string }): string => join("tasks", "12345", name);

/** Starts a download whose store breaks off, and leaves its part. */
async function interrupted(context: TestContext, existing = ""): Promise<Downloading> {
  const downloading = await startDownloading(context, file, ({ turn, request, cutAfter }) => {
    if (turn === 0) cutAfter(200_000);
    else request.socket.resetAndDestroy();
  });
  await mkdir(join(downloading.folder, existing), { recursive: true });
  await failureOf(downloading.run({ relativePath }, { retryBudgetMs: 0 }));
  return downloading;
}

describe("The folders that a download created", () => {
  it("are removed when what was received is discarded", async (context) => {
    const downloading = await interrupted(context);
    assert.deepEqual(await downloading.files(), ["tasks"]);
    await removePartsOf(downloading.folder, "account-1", "12345");
    assert.deepEqual(await downloading.files(), []);
  });

  it("are removed with the part of an interrupted download", async (context) => {
    const downloading = await interrupted(context);
    const [part] = await findParts(downloading.folder);
    await removePart(part ?? assert.fail("there is no part"));
    assert.deepEqual(await downloading.files(), []);
  });

  it("stay if they were there before, or if there is anything else in them", async (context) => {
    const before = await interrupted(context, "tasks");
    await removePartsOf(before.folder, "account-1", "12345");
    assert.deepEqual(await before.files(), ["tasks"]);

    const shared = await interrupted(context);
    await writeFile(join(shared.folder, "tasks", "notes.txt"), "a person's own file");
    await removePartsOf(shared.folder, "account-1", "12345");
    assert.equal(await readFile(join(shared.folder, "tasks", "notes.txt"), "utf8"), "a person's own file");
  });

  it("are named with a file that arrives in them, also after an interruption, but not those that were there before", async (context) => {
    const downloading = await interrupted(context);
    downloading.store.behave = ({ serve }) => serve();
    const told: (readonly string[])[] = [];
    const onEvent = (event: TaskEvent): void => {
      if (event.kind === "arrived") told.push(event.folders);
    };
    const [outer, inner] = [join(downloading.folder, "tasks"), join(downloading.folder, "tasks", "12345")];
    await downloading.run({ relativePath, onEvent });
    await rm(inner, { recursive: true });
    await downloading.run({ relativePath, onEvent });
    assert.deepEqual(told, [[outer, inner], [inner]]);
  });

  it("are removed if a download is resumed and then canceled", async (context) => {
    const downloading = await interrupted(context);
    downloading.store.behave = () => undefined;
    const controller = new AbortController();
    const changes = { relativePath, signal: controller.signal, keepPartOnCancel: () => false };
    const work = failureOf(downloading.run({ ...changes, onProgress: () => controller.abort() }));
    assert.equal((await work).code, "cancelled");
    await removePartsOf(downloading.folder, "account-1", "12345");
    assert.deepEqual(await downloading.files(), []);
  });

  it("are removed if nothing was received", async (context) => {
    const downloading = await startDownloading(context, file, ({ request }) => request.socket.resetAndDestroy());
    await failureOf(downloading.run({ relativePath }, { retryBudgetMs: 0 }));
    assert.deepEqual(await downloading.files(), []);
  });

  it("are removed for several files, of which only the first created the folder", async (context) => {
    const downloading = await startDownloading(context, file, ({ request, cutAfter }) => {
      if (request.headers.range === undefined) cutAfter(200_000);
      else request.socket.resetAndDestroy();
    });
    const { url } = downloading.store;
    const resolve = () => Promise.resolve([0, 1, 2].map((index) => ({ index, name: `${index}.csv`, url })));
    await failureOf(downloading.run({ relativePath, resolve }, { retryBudgetMs: 0 }));
    assert.equal((await findParts(downloading.folder)).length, 3);
    await removePartsOf(downloading.folder, "account-1", "12345");
    assert.deepEqual(await downloading.files(), []);
  });

  it("are only those in which the part is, whatever a sidecar says", async (context) => {
    const downloading = await interrupted(context, "tasks");
    const [part] = await findParts(downloading.folder);
    const { paths } = part ?? assert.fail("there is no part");
    const outside = `${downloading.folder}-outside`;
    context.after(() => rm(outside, { recursive: true }));
    for (const each of [outside, join(downloading.folder, "other")]) await mkdir(each);
    const content: unknown = JSON.parse(await readFile(paths.sidecar, "utf8"));
    const createdFolders = ["other", "..", ".", "", "tasks/../other", `../${basename(outside)}`];
    await writeFile(paths.sidecar, JSON.stringify({ ...(content as object), createdFolders }, undefined, 1));
    await removePart({ paths });
    assert.deepEqual(await downloading.files(), ["other", "tasks"]);
  });
});
