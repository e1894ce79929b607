import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createFileQueue, type FileQueue } from "../../../src/download/fileQueue.ts";
import { isCancelled } from "../../../src/model/exportError.ts";
import { failureOf, laterMoment, longStallMs, startDownloading, until } from "./downloading.ts";
import { exportBytes } from "./faultyStore.ts";

const never = new AbortController().signal;
const file = exportBytes(100_000);

/** Work that ends when told. */
function heldWork(): { work: () => Promise<string>; end: (answer: string) => void; begun: () => boolean } {
  let isBegun = false;
  let end: (answer: string) => void = () => undefined;
  const promise = new Promise<string>((resolve) => {
    end = resolve;
  });
  const work = (): Promise<string> => {
    isBegun = true;
    return promise;
  };
  return { work, end, begun: () => isBegun };
}

function enqueue<T>(
  queue: FileQueue,
  work: (leave: () => void) => Promise<T>,
  signal = never,
): { end: Promise<T>; told: string[] } {
  const told: string[] = [];
  const end = queue.run(work, {
    signal,
    onWaiting: () => told.push("waiting"),
    onTurn: () => told.push("turn"),
  });
  return { end, told };
}

describe("The queue of files", () => {
  test("starts files at once while the limit allows it, without reporting a wait", async () => {
    const queue = createFileQueue(() => 1);
    const { end, told } = enqueue(queue, () => Promise.resolve("done"));
    assert.equal(await end, "done");
    assert.deepEqual(told, []);
  });

  test("makes the other files wait, reports it, and starts them in the order of their requests", async () => {
    const queue = createFileQueue(() => 1);
    const works = [heldWork(), heldWork(), heldWork()] as const;
    const runs = works.map(({ work }) => enqueue(queue, work));
    assert.deepEqual(
      runs.map(({ told }) => told),
      [[], ["waiting"], ["waiting"]],
    );
    works[0].end("first");
    await runs[0]?.end;
    await new Promise(setImmediate);
    assert.deepEqual(
      works.map(({ begun }) => begun()),
      [true, true, false],
    );
    assert.deepEqual(runs[1]?.told, ["waiting", "turn"]);
    works[1].end("second");
    works[2].end("third");
    assert.deepEqual(await Promise.all(runs.map(({ end }) => end)), ["first", "second", "third"]);
  });

  test("starts the next file when one leaves its slot early, and that slot is not given away twice", async () => {
    const queue = createFileQueue(() => 1);
    const [leaving, second, third] = [heldWork(), heldWork(), heldWork()];
    let leaveSlot: () => void = () => undefined;
    const first = enqueue(queue, (leave) => {
      leaveSlot = leave;
      return leaving.work();
    });
    const others = [second, third].map(({ work }) => enqueue(queue, work));
    leaveSlot();
    leaveSlot();
    await new Promise(setImmediate);
    assert.deepEqual([second.begun(), third.begun()], [true, false]);
    leaving.end("first");
    assert.equal(await first.end, "first");
    await new Promise(setImmediate);
    assert.equal(third.begun(), false);
    second.end("second");
    third.end("third");
    assert.deepEqual(await Promise.all(others.map(({ end }) => end)), ["second", "third"]);
  });

  test("continues if a file fails", async () => {
    const queue = createFileQueue(() => 1);
    const failing = enqueue(queue, () => Promise.reject(new Error("no")));
    const following = enqueue(queue, () => Promise.resolve("yes"));
    await assert.rejects(failing.end, /^Error: no$/);
    assert.equal(await following.end, "yes");
  });

  test("removes a waiting file at once if it is canceled, and never starts it", async () => {
    const queue = createFileQueue(() => 1);
    const [held, left] = [heldWork(), heldWork()];
    const controller = new AbortController();
    const first = enqueue(queue, held.work);
    const second = enqueue(queue, left.work, controller.signal);
    controller.abort();
    assert.ok(isCancelled(await failureOf(second.end)));
    held.end("done");
    await first.end;
    await new Promise(setImmediate);
    assert.equal(left.begun(), false);
  });

  test("doesn't start a file that is already canceled", async () => {
    const { work, begun } = heldWork();
    const { end, told } = enqueue(
      createFileQueue(() => 1),
      work,
      AbortSignal.abort(),
    );
    assert.ok(isCancelled(await failureOf(end)));
    assert.equal(begun(), false);
    assert.deepEqual(told, []);
  });

  test("starts no other file until a canceled one has finished its cleanup", async () => {
    const queue = createFileQueue(() => 1);
    const [tidying, next] = [heldWork(), heldWork()];
    const controller = new AbortController();
    const first = enqueue(queue, tidying.work, controller.signal);
    const second = enqueue(queue, next.work);
    controller.abort();
    await new Promise(setImmediate);
    assert.equal(next.begun(), false);
    tidying.end("tidied");
    assert.equal(await first.end, "tidied");
    next.end("done");
    await second.end;
  });

  test("follows changes of the setting when the next file comes", async () => {
    let limit = 1;
    const queue = createFileQueue(() => limit);
    const works = Array.from({ length: 5 }, heldWork);
    const begun = (): number => works.filter((each) => each.begun()).length;
    const runs = works.slice(0, 3).map(({ work }) => enqueue(queue, work).end);
    assert.equal(begun(), 1);
    limit = 3;
    runs.push(...works.slice(3).map(({ work }) => enqueue(queue, work).end));
    await new Promise(setImmediate);
    assert.equal(begun(), 3);
    limit = 1;
    works[0]?.end("");
    works[1]?.end("");
    await Promise.all(runs.slice(0, 2));
    await new Promise(setImmediate);
    assert.equal(begun(), 3);
    for (const { end } of works) end("");
    await Promise.all(runs);
  });

  test("runs one file at a time if the limit is invalid", async () => {
    const queue = createFileQueue(() => 0.5);
    assert.equal(await enqueue(queue, () => Promise.resolve("done")).end, "done");
  });
});

/** A task of so many files, each under its own path in the store. */
function taskOf(origin: string, taskId: string, count: number) {
  const files = Array.from({ length: count }, (_, index) => {
    const name = `${taskId}-${index}.csv`;
    return { index, name, url: `${origin}/${name}` };
  });
  return { taskId, resolve: () => Promise.resolve(files) };
}

describe("several tasks at once", () => {
  test("share the limit of the setting", async (context) => {
    let [open, most] = [0, 0];
    const threeAreOpen = laterMoment();
    const downloading = await startDownloading(
      context,
      file,
      async ({ serve, response }) => {
        open += 1;
        most = Math.max(most, open);
        response.on("close", () => (open -= 1));
        if (open === 3) threeAreOpen.now();
        await threeAreOpen.come;
        serve();
      },
      { parallelFiles: () => 3, stallTimeoutMs: longStallMs },
    );
    const { origin } = downloading.store;
    await Promise.all(["a", "b", "c"].map((taskId) => downloading.run(taskOf(origin, taskId, 4))));
    assert.equal(most, 3);
    assert.equal((await downloading.files()).length, 12);
  });

  test("a waiting task says so, can be canceled at once, and doesn't stop others", async (context) => {
    const firstMayEnd = laterMoment();
    const downloading = await startDownloading(
      context,
      file,
      async ({ serve }) => {
        await firstMayEnd.come;
        serve();
      },
      { parallelFiles: () => 1, stallTimeoutMs: longStallMs },
    );
    const { origin, requests } = downloading.store;
    const first = downloading.run(taskOf(origin, "first", 1));
    await until(() => requests.length === 1);
    const controller = new AbortController();
    const phases: [string, string | undefined][] = [];
    const second = downloading.run({
      ...taskOf(origin, "second", 2),
      signal: controller.signal,
      onProgress: ({ phase, reason, retryInMs }) => {
        phases.push([phase, reason]);
        assert.equal(retryInMs, undefined);
      },
    });
    await until(() => phases.length === 2);
    controller.abort();
    assert.equal((await failureOf(second)).code, "cancelled");
    assert.deepEqual(phases, [
      ["resolving", undefined],
      ["waiting", "Waiting for other downloads to finish."],
    ]);
    firstMayEnd.now();
    await first;
    assert.deepEqual(await downloading.files(), ["first-0.csv"]);
    assert.deepEqual(
      requests.map(({ url }) => url),
      ["/first-0.csv"],
    );
  });

  test("a file that fails stops neither other files of its task nor other tasks", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      ({ request, response, serve }) => {
        if (request.url === "/a-0.csv") response.writeHead(404).end();
        else serve();
      },
      { parallelFiles: () => 1 },
    );
    const { origin } = downloading.store;
    const [failure, result] = await Promise.all([
      failureOf(downloading.run(taskOf(origin, "a", 2))),
      downloading.run(taskOf(origin, "b", 2)),
    ]);
    assert.equal(failure.code, "fileMissing");
    assert.equal(result.files.length, 2);
    const placed = (await downloading.files()).filter((name) => name.endsWith(".csv"));
    assert.deepEqual(placed, ["a-1.csv", "b-0.csv", "b-1.csv"]);
  });

  test("a file that waited uses the download URL that another file has requested meanwhile", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      ({ request, response, serve }) => {
        if (request.url?.endsWith("sig=1") === true) response.writeHead(403).end("Request has expired");
        else serve();
      },
      { parallelFiles: () => 1 },
    );
    const { store } = downloading;
    await downloading.run({
      resolve: () => {
        downloading.resolved += 1;
        const url = (name: string): string => `${store.origin}/${name}?sig=${downloading.resolved}`;
        return Promise.resolve(["a.csv", "b.csv", "c.csv"].map((name, index) => ({ index, name, url: url(name) })));
      },
    });
    const links = store.requests.map(({ url }) => url.split("?")[1]);
    assert.deepEqual(links, ["sig=1", "sig=2", "sig=2", "sig=2"]);
  });

  test("a file that is requested twice counts once", async (context) => {
    const downloading = await startDownloading(context, file, undefined, { parallelFiles: () => 1 });
    const task = taskOf(downloading.store.origin, "a", 1);
    const [one, two] = await Promise.all([downloading.run(task), downloading.run(task)]);
    assert.deepEqual(one, two);
    assert.equal(downloading.store.requests.length, 1);
  });

  test("a file's path doesn't depend on whether other files of the same name are downloaded", async (context) => {
    const downloading = await startDownloading(context, file);
    const files = [0, 1].map((index) => ({ index, name: "x.csv", url: `${downloading.store.origin}/${index}` }));
    const resolve = () => Promise.resolve(files);
    const { files: alone } = await downloading.run({ resolve, files: [1] });
    const { files: both } = await downloading.run({ resolve });
    assert.equal(alone[0]?.name, "x (2).csv");
    assert.deepEqual(
      both.map(({ name }) => name),
      ["x.csv", "x (2).csv"],
    );
  });

  test("a body that is not the file doesn't let the next file go first", async (context) => {
    const whole = exportBytes(200_000);
    const headers = { etag: '"strong"', "accept-ranges": "bytes", "content-length": String(whole.length) };
    const requested: string[] = [];
    const downloading = await startDownloading(
      context,
      whole,
      ({ request, response, cutAfter, serve }) => {
        requested.push(request.url ?? "");
        const turn = requested.filter((url) => url === "/0").length;
        if (request.url === "/1") serve();
        else if (turn === 1) cutAfter(100_000, headers);
        else if (turn === 2) response.writeHead(200, headers).end(Buffer.alloc(whole.length, "x"));
        // If the next file may go first, it is requested meanwhile.
        else setTimeout(serve, 200);
      },
      { parallelFiles: () => 1 },
    );
    const files = [0, 1].map((index) => ({
      index,
      name: `${index}.csv`,
      url: `${downloading.store.origin}/${index}`,
    }));
    await downloading.run({ resolve: () => Promise.resolve(files) });
    // Either file can begin.
    const order = requested[0] === "/0" ? requested : requested.toReversed();
    assert.deepEqual(order, ["/0", "/0", "/0", "/1"]);
  });
});
