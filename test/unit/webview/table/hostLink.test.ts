import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HostLink, Refusal } from "../../../../src/webview/table/hostLink.ts";

function linked() {
  const posted: unknown[] = [];
  const link = new HostLink((message) => posted.push(message));
  return { link, posted };
}

describe("The link to the host", () => {
  it("gives each request its own answer", async () => {
    const { link, posted } = linked();
    const one = link.request("cell", { row: 1, column: 0 });
    const two = link.request("cell", { row: 2, column: 0 });
    assert.deepEqual(posted, [
      { type: "request", id: 1, name: "cell", argument: { row: 1, column: 0 } },
      { type: "request", id: 2, name: "cell", argument: { row: 2, column: 0 } },
    ]);
    link.receive({ type: "answer", id: 2, answer: { text: "two" } });
    link.receive({ type: "answer", id: 1, answer: { text: "one" } });
    assert.deepEqual([await one, await two], [{ text: "one" }, { text: "two" }]);
  });

  it("tells a refusal with its code", async () => {
    const { link } = linked();
    const asked = link.request("endFind", {});
    link.receive({ type: "refusal", id: 1, code: "fileChanged", message: "The file has changed." });
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof Refusal);
      assert.deepEqual([error.code, error.message], ["fileChanged", "The file has changed."]);
      return true;
    });
  });

  it("settles a cancelled request at once and tells the host, and takes no late answer", async () => {
    const { link, posted } = linked();
    const cancelling = new AbortController();
    const asked = link.request("cell", { row: 1, column: 0 }, cancelling.signal);
    cancelling.abort();
    await assert.rejects(asked, { code: "cancelled" });
    assert.deepEqual(posted.at(-1), { type: "cancel", id: 1 });
    link.receive({ type: "answer", id: 1, answer: { text: "late" } });
    await assert.rejects(link.request("cell", { row: 1, column: 0 }, cancelling.signal));
    assert.equal(posted.length, 2, "nothing is asked with a signal that has ended");
  });

  it("says nothing to the host when a signal ends after the answer", async () => {
    const { link, posted } = linked();
    const cancelling = new AbortController();
    const asked = link.request("cell", { row: 1, column: 0 }, cancelling.signal);
    link.receive({ type: "answer", id: 1, answer: { text: "" } });
    await asked;
    cancelling.abort();
    assert.equal(posted.length, 1);
  });

  it("refuses an answer that makes no sense", async () => {
    const { link } = linked();
    const asked = link.request("rows", { from: 0, count: 1 });
    link.receive({ type: "answer", id: 1, answer: { rows: "none" } });
    await assert.rejects(asked, { code: "unexpectedAnswer" });
  });

  it("hands events on by name, and leaves alone what is none of the host's", () => {
    const { link } = linked();
    const heard: unknown[] = [];
    link.on("command", (command) => heard.push(command));
    link.on("notice", (notice) => heard.push(notice));
    for (const noise of [null, 1, "x", [], {}, { type: "event" }, { type: "event", name: "toString", event: {} }]) {
      link.receive(noise);
    }
    link.receive({ type: "event", name: "command", event: { no: "command" } });
    link.receive({ type: "event", name: "command", event: { command: "find" } });
    link.receive({ type: "event", name: "notice", event: null });
    assert.deepEqual(heard, [{ command: "find" }, null]);
  });
});
