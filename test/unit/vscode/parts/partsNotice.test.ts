import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { incompleteInWords } from "../../../../src/vscode/parts/partsNotice.ts";

const complete = { leftOut: [], notDownloaded: [], tooMany: 0 };

describe("The notice of a table that lacks files", () => {
  it("is absent if no file is missing", () => assert.equal(incompleteInWords(complete), undefined));

  it("names each file and says why it is missing", () =>
    assert.equal(
      incompleteInWords({
        ...complete,
        leftOut: [
          { name: "a.csv", problem: { kind: "missing" } },
          { name: "b.csv", problem: { kind: "unreadable", reason: "EACCES" } },
        ],
        notDownloaded: [2],
      }),
      "Not all parts are shown. a.csv was moved or deleted. b.csv can't be read (EACCES). " +
        "Part 3 isn't downloaded.",
    ));

  for (const [kind, sentence] of [
    ["empty", "a is empty."],
    ["gzip", "a is an archive."],
    ["zip", "a is an archive."],
    ["binary", "a isn't a table."],
    ["page", "a isn't a table."],
    ["brokenJson", "a isn't a table."],
  ] as const) {
    it(`says of a file of the kind ${kind}: ${sentence}`, () =>
      assert.equal(
        incompleteInWords({ ...complete, leftOut: [{ name: "a", problem: { kind } }] }),
        `Not all parts are shown. ${sentence}`,
      ));
  }

  it("gives the number of further files if there are too many to name", () => {
    assert.match(incompleteInWords({ ...complete, notDownloaded: [0, 1, 2, 3] }) ?? "", / 1 more part is missing\.$/);
    assert.match(
      incompleteInWords({ ...complete, notDownloaded: [0, 1, 2, 3, 4] }) ?? "",
      / 2 more parts are missing\.$/,
    );
    assert.equal(
      incompleteInWords({ ...complete, tooMany: 3 }),
      "Not all parts are shown. The last 3 parts are not shown because there are too many.",
    );
  });
});
