import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileNamed, type KnownFile, nameOf, newestReference } from "../../../../src/vscode/query/knownFiles.ts";

const file = (path: string, subject: string, format: "csv" | "json", account: string, finished: number): KnownFile => ({
  path,
  kind: { accountId: account, subject, format },
  account,
  finished,
});
const files = [
  file("/d/late.csv", "transactions", "csv", "Shop A", 1),
  file("/d/orders.csv", "transactions", "csv", "Shop A", 3),
  file("/d/orders.json", "transactions", "json", "Shop A", 2),
  file("/d/b.csv", "transactions", "csv", "Shop B", 4),
  file("/d/users.csv", "users", "csv", "Shop A", 5),
  { path: "/d/plain.csv", kind: undefined, account: undefined, finished: 9 },
];

describe("a file that a query names", () => {
  it("is the newest of a kind, by the time when its task was finished", () => {
    assert.equal(fileNamed("newest transactions", files), "/d/b.csv");
    assert.equal(fileNamed("Newest  Transactions CSV of shop a", files), "/d/orders.csv");
    assert.equal(fileNamed("newest transactions json", files), "/d/orders.json");
    assert.equal(fileNamed("newest vouchers", files), undefined);
  });

  it("is a downloaded file by its name, or a path", () => {
    assert.equal(fileNamed("orders.csv", files), "/d/orders.csv");
    assert.equal(fileNamed("/other/orders.csv", files), "/other/orders.csv");
    assert.equal(fileNamed("file:///d/a%20b.csv", files), "/d/a b.csv");
    assert.equal(fileNamed("other/orders.csv", files), undefined);
  });

  it("can be all parts of a task, by the URI of their table", () => {
    const uri = "task-exports-parts:/1/7/All%20parts%20of%20task%207";
    assert.equal(fileNamed(uri, files), uri);
    assert.equal(nameOf(uri), "All parts of task 7");
    assert.equal(nameOf("/d/orders.csv"), "orders.csv");
  });

  it("is written with the shortest name that means no other kind", () => {
    const references = files.map((each) => newestReference(each, files));
    assert.deepEqual(references, [
      "newest transactions csv of Shop A",
      "newest transactions csv of Shop A",
      "newest transactions json",
      "newest transactions of Shop B",
      "newest users",
      undefined,
    ]);
    for (const reference of references)
      if (reference !== undefined) assert.notEqual(fileNamed(reference, files), undefined);
  });
});
