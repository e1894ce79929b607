import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { ExportError } from "../../../../src/model/exportError.ts";
import { hasInvisibles } from "../../../../src/model/invisibleCharacters.ts";
import {
  accountInLink,
  linkText,
  type LinkUri,
  namedAccount,
  readLink,
} from "../../../../src/vscode/links/taskLink.ts";

const base = "vscode://task-exports.task-exports";

/** What VS Code passes on of a link: its `Uri` has decoded the query once. */
function asPassed(link: string): LinkUri {
  const [, path = "", query = "", fragment = ""] =
    /^vscode:\/\/[^/]+([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(link) ?? [];
  return { path, query: decodeURIComponent(query), fragment };
}

function uri(query: string, path = "/download"): LinkUri {
  return { path, query, fragment: "" };
}

const unit = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  fc.constantFrom("%", "&", "+", "=", "#", ";", "?", "/", ":", " ", '"', "<", "2"),
);
const visible = fc
  .array(unit, { minLength: 1, maxLength: 60 })
  .map((units) => units.join(""))
  .filter((text) => text.trim() !== "" && !hasInvisibles(text));

describe("A link to a task", () => {
  it("contains the account and the task, and can be read again", () => {
    const link = linkText(base, { action: "download", account: "spaaza:Shop in Amsterdam", taskId: "12345" });
    assert.equal(link, `${base}/download?account=spaaza%3AShop%20in%20Amsterdam&task=12345`);
    const read = { action: "download", account: "spaaza:Shop in Amsterdam", taskId: "12345" };
    assert.deepEqual(readLink(asPassed(link)), read);
  });

  it("can be read again whatever an account and a task are called", () => {
    fc.assert(
      fc.property(visible, visible, (account, taskId) => {
        const link = linkText(base, { action: "task", account, taskId });
        assert.doesNotMatch(link, /\s|"|</);
        assert.deepEqual(readLink(asPassed(link)), { action: "task", account, taskId });
      }),
    );
  });

  it("names an account by its service and its name, not by its ID", () => {
    const named = accountInLink({ service: "spaaza", label: "Shop: A&B" });
    assert.equal(named, "spaaza:Shop: A&B");
    assert.deepEqual(namedAccount(named), { service: "spaaza", label: "Shop: A&B" });
    assert.equal(namedAccount("4f2d3c1b-0000-4000-8000-000000000000"), undefined);
    const long = accountInLink({ service: "spaaza", label: "x".repeat(200) });
    assert.equal(readLink(uri(`account=${long}&task=1`)).account, long);
  });

  const foreign = [
    "host",
    "path",
    "folder",
    "command",
    "open",
    "credential",
    "token",
    "fileExists",
    "Account",
    "__proto__",
  ];
  for (const name of foreign) {
    it(`is refused as a whole if it also contains “${name}”`, () => {
      assert.throws(() => readLink(uri(`account=spaaza:a&task=1&${name}=x`)), {
        code: "invalidRequest",
        message: new RegExp(`^This link can't be used: it contains “${name}”`),
      });
    });
  }

  const refused: [why: string, link: LinkUri][] = [
    ["another path", uri("account=a&task=1", "/run")],
    ["a path that only begins alike", uri("account=a&task=1", "/download/x")],
    ["a property of every object as its path", uri("account=a&task=1", "constructor")],
    ["no path", uri("account=a&task=1", "")],
    ["a fragment", { path: "/download", query: "account=a&task=1", fragment: "x" }],
    ["no task", uri("account=a")],
    ["no account", uri("task=1")],
    ["an empty task", uri("account=a&task=%20")],
    ["two tasks", uri("account=a&task=1&task=2")],
    ["a long account", uri(`account=${"a".repeat(301)}&task=1`)],
    ["a long task", uri(`account=a&task=${"1".repeat(201)}`)],
    ["a line break", uri("account=a&task=1%0A2")],
    ["text that is written backwards", uri("account=a\u202eb&task=1")],
  ];
  for (const [why, link] of refused) {
    it(`is refused with ${why}`, () => assert.throws(() => readLink(link), { code: "invalidRequest" }));
  }

  it("is refused before it is read if it is very long", () => {
    assert.throws(() => readLink(uri(`account=a&task=${"1".repeat(2000)}`)), { message: /: it is too long\./ });
  });

  it("is either read completely or refused with a short sentence, whatever it contains", () => {
    const part = fc.oneof(
      fc.constantFrom("account", "task", "=", "&", "%26", "folder", "?", "#", "+", "\u202e", "%00", "spaaza:", "1"),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    const query = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(query, fc.constantFrom("/download", "/task", "/", "/x"), (text, path) => {
        try {
          const { account, taskId } = readLink(uri(text, path));
          assert.ok(path === "/download" || path === "/task");
          assert.deepEqual([...new URLSearchParams(text).keys()].toSorted(), ["account", "task"]);
          assert.ok(!hasInvisibles(account + taskId));
        } catch (error) {
          assert.ok(error instanceof ExportError, String(error));
          assert.equal(error.code, "invalidRequest");
          assert.ok(error.message.length < 300);
        }
      }),
    );
  });
});
