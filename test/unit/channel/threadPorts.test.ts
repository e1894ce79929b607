import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { WorkerPort } from "../../../src/channel/threadPorts.ts";
import { requesterOn } from "./conversation.ts";

const program = (name: string): URL => new URL(name, import.meta.url);
const timeout = 60_000;

function startWorker(test: TestContext) {
  const port = new WorkerPort(program("calcWorker.ts"), {});
  test.after(() => port.terminate());
  return { port, requester: requesterOn(port, { onWaiting: (isWaiting) => port.keepAlive(isWaiting) }) };
}

async function runProcess(what: "waiting" | "idle"): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(program("idleProcess.ts")), what], {
    timeout,
  });
  return stdout;
}

describe("A channel to a worker thread", { timeout }, () => {
  it("carries requests, answers and events", async (test) => {
    const { requester } = startWorker(test);
    const named = new Promise((resolve) => requester.on("named", resolve));
    assert.equal(await requester.ask("add", [1, 2]), 3);
    assert.equal(await named, "worker");
  });

  it("rejects waiting requests when the thread is terminated during its work", async (test) => {
    const { port, requester } = startWorker(test);
    const waiting = assert.rejects(requester.ask("wait", null), { code: "ended" });
    await requester.ask("add", [1, 2]);
    await port.terminate();
    await waiting;
    await assert.rejects(requester.ask("add", [1, 2]), { code: "ended" });
  });

  it("rejects waiting requests with the cause when the thread crashes", async (test) => {
    const { requester } = startWorker(test);
    const waiting = assert.rejects(requester.ask("wait", null), { code: "ended", message: "out of order" });
    await assert.rejects(requester.ask("fail", "out of order"), { code: "ended", message: "out of order" });
    await waiting;
  });

  it("rejects waiting requests when the thread exits by itself", async (test) => {
    const { requester } = startWorker(test);
    await assert.rejects(requester.ask("fail", "exit"), { code: "ended" });
  });

  it("rejects all requests when the thread can't be started", async (test) => {
    const port = new WorkerPort(program("noSuchWorker.ts"), {});
    test.after(() => port.terminate());
    await assert.rejects(requesterOn(port).ask("add", [1, 2]), { code: "ended" });
    const late = requesterOn(port);
    await assert.rejects(late.ask("add", [1, 2]), { code: "ended" }, "also for those who come after its end");
  });

  it("keeps the process alive only while a request waits for its answer", async () => {
    assert.equal(await runProcess("waiting"), "42");
    assert.equal(await runProcess("idle"), "");
  });
});
