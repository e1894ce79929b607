import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  callByPerson,
  CommandCall,
  commandArgument,
  isInteractive,
  toCommandCall,
} from "../../../src/vscode/commandCall.ts";

class FakeUri {
  readonly scheme = "file";
  readonly fsPath = "/exports/a.csv";
}

const isUri = (value: object): boolean => value instanceof FakeUri;
const call = (passed: unknown): CommandCall => toCommandCall(passed, isUri);

describe("The caller of a command", () => {
  it("is a person for the palette and for keys, which pass nothing", () => {
    assert.deepEqual(call(undefined), new CommandCall("person", {}));
    assert.deepEqual(call(null), new CommandCall("person", {}));
  });

  it("is a person for a row of the tree, and only the row's argument is passed on", () => {
    const row = { label: "Spaaza", id: "account/1", command: "x", [commandArgument]: { accountId: "1" } };
    assert.deepEqual(call(row), new CommandCall("person", { accountId: "1" }));
  });

  it("is a person for several selected rows, and the command gets the files of all of them", () => {
    const rows = ["a", "b"].map((uri) => ({ [commandArgument]: { taskId: "7", uri } }));
    const group = { [commandArgument]: {} };
    const passed = (selected: unknown): unknown => toCommandCall(rows[0], isUri, selected).argument;
    assert.deepEqual(passed([...rows, group]), { taskId: "7", uri: "a", uris: ["a", "b"] });
    assert.deepEqual(passed([rows[0], group]), { taskId: "7", uri: "a" });
    assert.deepEqual(passed({ also: "something else" }), { taskId: "7", uri: "a" });
  });

  it("is a person for a menu of VS Code that passes the file it belongs to", () => {
    const uri = new FakeUri();
    assert.deepEqual(call(uri), new CommandCall("person", { uri }));
  });

  it("is a program for an object that somebody built, as it is", () => {
    const request = { taskId: 12345, label: "mine" };
    assert.equal(call(request).caller, "program");
    assert.equal(call(request).argument, request);
  });

  it("is a program for a value that is not an object, so that the mistake is reported to it", () => {
    assert.deepEqual(call("12345"), new CommandCall("program", "12345"));
  });

  it("is what a call says, for our own buttons, links and tools", () => {
    assert.deepEqual(call(callByPerson({ taskId: "7" })), new CommandCall("person", { taskId: "7" }));
    assert.equal(call(new CommandCall("link", { taskId: "7" })).caller, "link");
    assert.equal(call(new CommandCall("tool", { taskId: "7" })).caller, "tool");
  });

  it("is asked and shown results when it is a person or a link, and never when it is a program or a tool", () => {
    assert.deepEqual((["person", "link", "program", "tool"] as const).map(isInteractive), [true, true, false, false]);
  });
});
