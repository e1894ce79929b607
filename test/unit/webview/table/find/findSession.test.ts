import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import type { FindProgress } from "../../../../../src/table/tableTypes.ts";
import { FindSession } from "../../../../../src/webview/table/find/findSession.ts";
import { rowPosition } from "../../../../../src/table/view/rowIdentity.ts";
import { createHostLink } from "../../../../../src/webview/table/hostLink.ts";
import { OpenPort } from "../../../channel/conversation.ts";

const pattern = { text: "a", regex: false, caseSensitive: false, wholeWord: false };

function progressOf(search: number, matches: number, done: boolean): FindProgress {
  return { search, matches, searchedBytes: done ? 100 : 50, bytes: 100, done };
}

interface Posted {
  readonly id: number;
  readonly name: string;
}

function isPosted(message: unknown): message is Posted {
  return typeof message === "object" && message !== null && "name" in message;
}

/** A session whose host is the test. */
function sessionOf() {
  const port = new OpenPort();
  const link = createHostLink(port);
  const done: number[] = [];
  const session = new FindSession(link, {
    onChange: () => undefined,
    onMatch: () => undefined,
    onDone: ({ matches }) => done.push(matches),
  });
  /** Answers the latest request of a name. */
  const answer = async (name: string, given: unknown): Promise<void> => {
    const request = port.posted.filter(isPosted).findLast((one) => one.name === name);
    assert.ok(request, `nothing was asked for ${name}`);
    port.receive({ type: "answer", id: request.id, answer: given });
    await settled();
  };
  return {
    session,
    done,
    search: () => session.search(pattern, { position: rowPosition(0), column: 0 }),
    tell: (event: FindProgress) => port.receive({ type: "event", name: "find", event }),
    answer,
  };
}

describe("A search in the find bar", () => {
  it("shows the progress of a search whose number is lower than that of the search before it", async () => {
    const { session, done, search, tell, answer } = sessionOf();
    search();
    await answer("find", progressOf(5, 0, false));
    tell(progressOf(5, 3, true));
    assert.deepEqual(done, [3]);
    session.end();
    await answer("endFind", null);
    search();
    await answer("find", progressOf(1, 0, false));
    tell(progressOf(1, 4, true));
    assert.deepEqual(session.view.progress, progressOf(1, 4, true));
    assert.deepEqual(done, [3, 4]);
  });

  it("accepts any number after the file is read in another way, even if the old search never ended", async () => {
    const { session, search, tell, answer } = sessionOf();
    search();
    await answer("find", progressOf(2, 1, true));
    search();
    await answer("find", progressOf(2, 0, false));
    tell(progressOf(2, 9, true));
    assert.deepEqual(session.view.progress, progressOf(2, 9, true));
  });

  it("keeps progress that arrives before the search's number is known", async () => {
    const { session, search, tell, answer } = sessionOf();
    search();
    tell(progressOf(1, 7, true));
    assert.equal(session.view.progress, undefined);
    await answer("find", progressOf(1, 0, false));
    assert.deepEqual(session.view.progress, progressOf(1, 7, true));
  });

  it("ignores progress of the search before it, even if both have the same number", async () => {
    const { session, search, tell, answer } = sessionOf();
    search();
    await answer("find", progressOf(1, 0, false));
    session.end();
    search();
    tell(progressOf(1, 99, true));
    await answer("endFind", null);
    await answer("find", progressOf(1, 0, false));
    tell(progressOf(2, 5, true));
    assert.deepEqual(session.view.progress, progressOf(1, 0, false));
  });

  it("stays finished if an older event arrives late", async () => {
    const { session, search, tell, answer } = sessionOf();
    search();
    await answer("find", progressOf(1, 0, false));
    tell(progressOf(1, 6, true));
    tell(progressOf(1, 2, false));
    assert.equal(session.view.progress?.matches, 6);
  });
});
