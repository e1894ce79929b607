import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { TaskLinks } from "../../../../src/download/transfer/fileLinks.ts";
import type { ResolvedFile, ServiceCall } from "../../../../src/model/contract.ts";
import { type Later, later } from "../later.ts";

const call: ServiceCall = { signal: new AbortController().signal };

/** Two files with links of the nth answer. */
function list(nth: number, names = ["a.csv", "b.csv"]): ResolvedFile[] {
  return names.map((name, index) => ({ index, name, url: `https://store.test/${name}?sig=${nth}` }));
}

/** Links of a service that counts how often it is asked, and answers the nth time as told. */
function linksOf(answer: (nth: number) => ResolvedFile[] | Promise<ResolvedFile[]> = list) {
  const asked: ServiceCall[] = [];
  const links = new TaskLinks((given) => {
    asked.push(given);
    return Promise.resolve(answer(asked.length));
  });
  return { links, asked };
}

describe("the links of a task's files", () => {
  it("are those of the service's list, which is there after the first request", async () => {
    const { links, asked } = linksOf();
    assert.deepEqual(links.files, []);
    await links.refresh(call);
    assert.deepEqual(links.files, list(1));
    assert.deepEqual(asked, [call]);
    assert.equal(links.of(0).current(), "https://store.test/a.csv?sig=1");
    assert.equal(links.of(1).current(), "https://store.test/b.csv?sig=1");
  });

  it("are renewed for the files of the first list, even in another order", async () => {
    const { links } = linksOf((nth) =>
      nth === 1
        ? list(1)
        : list(nth)
            .toReversed()
            .map((file, index) => ({ ...file, index })),
    );
    await links.refresh(call);
    await links.refresh(call);
    assert.deepEqual(links.files, list(1));
    assert.equal(links.of(0).current(), "https://store.test/a.csv?sig=2");
    assert.equal(links.of(1).current(), "https://store.test/b.csv?sig=2");
  });

  it("can't be had for a task without files", async () => {
    const { links } = linksOf(() => []);
    await assert.rejects(links.refresh(call), { code: "noResultFile" });
  });

  it("can't be renewed if the service lists other files or none", async () => {
    const { links } = linksOf((nth) => (nth === 1 ? list(1) : nth === 2 ? list(2, ["a.csv", "c.csv"]) : []));
    await links.refresh(call);
    await assert.rejects(links.refresh(call), { code: "fileChanged" });
    await assert.rejects(links.refresh(call), { code: "noResultFile" });
  });

  it("don't exist for a file that the task doesn't have", async () => {
    const { links } = linksOf();
    await links.refresh(call);
    assert.throws(() => links.of(2).current(), { code: "fileChanged" });
  });
});

describe("the link of one file", () => {
  it("is read when it is first used, and stays until it is renewed", async () => {
    const { links } = linksOf();
    await links.refresh(call);
    const late = links.of(0);
    await links.refresh(call);
    assert.equal(late.current(), "https://store.test/a.csv?sig=2");
    await links.refresh(call);
    assert.equal(late.current(), "https://store.test/a.csv?sig=2");
  });

  it("is requested again if it is the one that was used", async () => {
    const { links, asked } = linksOf();
    await links.refresh(call);
    const link = links.of(0);
    link.current();
    await link.renew(call);
    assert.equal(link.current(), "https://store.test/a.csv?sig=2");
    assert.equal(asked.length, 2);
  });

  it("is not requested again if another file already has new ones", async () => {
    const { links, asked } = linksOf();
    await links.refresh(call);
    const [one, other] = [links.of(0), links.of(1)];
    one.current();
    other.current();
    await one.renew(call);
    await other.renew(call);
    assert.equal(other.current(), "https://store.test/b.csv?sig=2");
    assert.equal(asked.length, 2);
  });
});

describe("several files whose links expire together", () => {
  /** The first list at once, later ones when a test says so. */
  function held() {
    const waiting: Later<ResolvedFile[]>[] = [];
    const { links, asked } = linksOf((nth) => {
      if (nth === 1) return list(1);
      const answer = later<ResolvedFile[]>();
      waiting.push(answer);
      return answer.promise;
    });
    return { links, asked, waiting };
  }

  it("share one request, and the next expiry is another one", async () => {
    const { links, asked, waiting } = held();
    await links.refresh(call);
    const both = [links.refresh(call), links.refresh(call)];
    waiting[0]?.resolve(list(2));
    await Promise.all(both);
    assert.equal(asked.length, 2);
    const next = links.refresh(call);
    assert.equal(asked.length, 3);
    waiting[1]?.resolve(list(3));
    await next;
  });

  it("all fail if that request fails, and the next one asks again", async () => {
    const { links, asked, waiting } = held();
    await links.refresh(call);
    const both = [links.refresh(call), links.refresh(call)];
    waiting[0]?.reject(new Error("refused"));
    for (const each of both) await assert.rejects(each, /refused/);
    const next = links.refresh(call);
    assert.equal(asked.length, 3);
    waiting[1]?.resolve(list(3));
    await next;
  });

  it("still get their links if the one that asked is canceled", async () => {
    const { links, asked, waiting } = held();
    await links.refresh(call);
    const abort = new AbortController();
    const canceled = assert.rejects(links.refresh({ signal: abort.signal }), { code: "cancelled" });
    const other = links.refresh(call);
    abort.abort();
    await canceled;
    while (asked.length < 3) await nextTurn();
    waiting[1]?.resolve(list(3));
    await other;
    assert.equal(links.of(0).current(), "https://store.test/a.csv?sig=3");
  });

  it("don't keep one waiting that is canceled itself", async () => {
    const { links, asked, waiting } = held();
    await links.refresh(call);
    const abort = new AbortController();
    const other = links.refresh(call);
    const canceled = links.refresh({ signal: abort.signal });
    abort.abort();
    await assert.rejects(canceled, { code: "cancelled" });
    assert.equal(asked.length, 2);
    waiting[0]?.resolve(list(2));
    await other;
  });
});
