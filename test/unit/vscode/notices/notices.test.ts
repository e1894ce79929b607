import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Emitter } from "../../../../src/vscode/emitter.ts";
import { type Notice, Notices } from "../../../../src/vscode/notices/notices.ts";

function windowWith(isFocused: boolean) {
  const focus = new Emitter<undefined>();
  const shown: string[] = [];
  let focused = isFocused;
  const notices = new Notices({
    isFocused: () => focused,
    onDidFocus: (listener) => focus.event(() => listener()),
    showTogether: (kind, count) => void shown.push(`${count} ${kind}`),
  });
  const add = (kind: Notice["kind"], text: string): void => notices.add({ kind, show: () => void shown.push(text) });
  const comeBack = (): void => {
    focused = true;
    focus.fire(undefined);
  };
  return { notices, shown, add, comeBack };
}

describe("Notices", () => {
  it("are shown at once while the window is focused, and not again later", () => {
    const { shown, add, comeBack } = windowWith(true);
    add("downloaded", "a.csv");
    assert.deepEqual(shown, ["a.csv"]);
    comeBack();
    assert.deepEqual(shown, ["a.csv"]);
  });

  it("wait until the person comes back, and then several downloads are one notice", () => {
    const { shown, add, comeBack } = windowWith(false);
    for (const name of ["a.csv", "b.csv", "c.csv"]) add("downloaded", name);
    assert.deepEqual(shown, []);
    comeBack();
    assert.deepEqual(shown, ["3 downloaded"]);
    comeBack();
    assert.deepEqual(shown, ["3 downloaded"]);
  });

  it("say alone what happened alone, and each failure with its reason", () => {
    const { shown, add, comeBack } = windowWith(false);
    add("failed", "no file");
    add("downloaded", "a.csv");
    add("failed", "no network");
    comeBack();
    assert.deepEqual(shown, ["a.csv", "no file", "no network"]);
  });

  it("are few, also after many failures", () => {
    const { shown, add, comeBack } = windowWith(false);
    for (let n = 0; n < 10; n++) add("failed", String(n));
    comeBack();
    assert.deepEqual(shown, ["10 failed"]);
  });

  it("are not shown anymore when the window closes", () => {
    const { notices, shown, add, comeBack } = windowWith(false);
    add("downloaded", "a.csv");
    notices.dispose();
    comeBack();
    assert.deepEqual(shown, []);
  });
});
