import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { describe, it } from "node:test";
import { createRedactor } from "../../../src/model/redact.ts";

/** Only the channel is needed. It is closed, as after the window was closed. */
const editor = `
  const closed = () => { throw new Error("Channel has been closed"); };
  const channel = { debug: closed, info: closed, warn: closed, error: closed, dispose() {} };
  export const window = { createOutputChannel: () => channel };
  export class Disposable {}
  export class EventEmitter {}
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: `data:text/javascript,${encodeURIComponent(editor)}`, shortCircuit: true }
      : next(specifier, context),
});
const { Log } = await import("../../../src/vscode/log.ts");

describe("the log", () => {
  it("never ends the work that it is about", () => {
    const broken = (): never => {
      throw new SyntaxError("planted-secret");
    };
    for (const redactor of [
      createRedactor(),
      { remember: broken, redact: broken, redactData: broken, describe: broken },
    ]) {
      const log = new Log(redactor);
      assert.doesNotThrow(() => {
        log.debug("a");
        log.info("b");
        log.warn("c", new Error("d"));
        log.error("e", new Error("f"));
      });
    }
  });
});
