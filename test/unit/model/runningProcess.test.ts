import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { describe, it } from "node:test";
import { isRunning } from "../../../src/model/runningProcess.ts";

describe("Whether a process runs", () => {
  it("is true for this process, and false for one that has ended", async () => {
    const ended = spawn(process.execPath, ["-e", ""]);
    await once(ended, "exit");
    assert.equal(isRunning(process.pid), true);
    assert.equal(isRunning(ended.pid ?? 0), false);
  });

  for (const [code, isThere] of [
    ["EPERM", true],
    ["ESRCH", false],
  ] as const) {
    it(`is ${isThere} if the system answers ${code}`, (context) => {
      const kill = context.mock.method(process, "kill", () => {
        throw Object.assign(new Error(code), { code });
      });
      assert.equal(isRunning(123), isThere);
      assert.deepEqual(kill.mock.calls[0]?.arguments, [123, 0], "no signal is sent");
    });
  }
});
