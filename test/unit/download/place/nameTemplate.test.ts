import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import {
  type NameParts,
  relativePaths,
  renderName,
  templateProblem,
} from "../../../../src/download/place/nameTemplate.ts";

const one: NameParts = {
  name: "Transactions_Export-12345.csv",
  index: 0,
  count: 1,
  taskId: "12345",
  account: "Shop/EU",
  service: "spaaza",
  subject: "transactions",
  format: "csv",
  date: "2026-02-03",
};

function several(names: readonly string[]): NameParts[] {
  return names.map((name, index) => ({ ...one, name, index, count: names.length, taskId: "9f0c" }));
}

describe("a file's path from the template", () => {
  for (const [template, path] of [
    ["${name}", "Transactions_Export-12345.csv"],
    ["${basename}-${date}.${extension}", "Transactions_Export-12345-2026-02-03.csv"],
    ["${service}/${account}/${subject}/${name}", "spaaza/Shop_EU/transactions/Transactions_Export-12345.csv"],
    ["${taskId}", "12345.csv"],
    ["${date}\\${name}", "2026-02-03/Transactions_Export-12345.csv"],
    ["${index}.${extension}", "1.csv"],
    ["../${name}", "Transactions_Export-12345.csv"],
    ["con/${name}", "con_/Transactions_Export-12345.csv"],
  ] as const) {
    it(`is ${path} for ${template}`, () => assert.equal(renderName(template, one), path));
  }

  it("has the extension of the format if the name has none, and may have none", () => {
    assert.equal(renderName("${basename}.${extension}", { ...one, name: "part" }), "part.csv");
    const { name, index, count, taskId, account, service, date } = one;
    assert.equal(
      renderName("${basename}.${extension}", { name: name.slice(0, -4), index, count, taskId, account, service, date }),
      "Transactions_Export-12345",
    );
  });

  it("has numbers with as many digits as the last one", () =>
    assert.equal(renderName("${index}.csv", { ...one, index: 4, count: 120 }), "005.csv"));

  it("never leaves the folder, whatever the template and its values contain", () => {
    const text = fc.oneof(
      fc.constantFrom("..", "../..", "/", "\\", "C:", "${name}", "${index}", "${nope}", "${", "}", ".", " ", "a"),
      fc.string({ unit: "binary" }),
    );
    const long = fc.array(text, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(long, long, long, long, (template, name, account, taskId) => {
        const path = renderName(template, { ...one, name, account, taskId });
        assert.ok(!posix.isAbsolute(path) && !win32.isAbsolute(path), path);
        assert.doesNotMatch(path, /\\|^[a-z]:/i);
        for (const segment of path.split("/")) {
          assert.ok(!["", ".", ".."].includes(segment), path);
          assert.ok(Buffer.byteLength(`${segment} (1234).part.lock`) <= 255);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the paths of a task's files", () => {
  it("are just the name for a single file", () => assert.deepEqual(relativePaths("${name}", [one]), [one.name]));

  it("are in a folder named after the task if there are several files", () =>
    assert.deepEqual(relativePaths("${service}/${name}", several(["a.csv", "b.csv"])), [
      "spaaza/9f0c/a.csv",
      "spaaza/9f0c/b.csv",
    ]));

  it("are not in a second folder if the template already makes one from the task's ID", () =>
    assert.deepEqual(relativePaths("task ${taskId}/${name}", several(["a.csv", "b.csv"])), [
      "task 9f0c/a.csv",
      "task 9f0c/b.csv",
    ]));

  it("have numbers only if they would be the same, including on disks that ignore case", () => {
    assert.deepEqual(relativePaths("${name}", several(["a.csv", "A.csv", "b.csv", "a-1.csv"])), [
      "9f0c/a-1-2.csv",
      "9f0c/A-2.csv",
      "9f0c/b.csv",
      "9f0c/a-1.csv",
    ]);
    assert.deepEqual(relativePaths("all.csv", several(["a", "b"])), ["9f0c/all-1.csv", "9f0c/all-2.csv"]);
  });

  it("differ even if the files have the same index", () => {
    const twins = [one, one, one].map((parts) => ({ ...parts, count: 3 }));
    assert.deepEqual(relativePaths("a.csv", twins), ["12345/a-1.csv", "12345/a-1-2.csv", "12345/a-1-3.csv"]);
  });

  it("are always different", () => {
    const name = fc.oneof(
      fc.constantFrom(
        "a.csv",
        "A.csv",
        "a-1.csv",
        "a-2.csv",
        "a-1-2.csv",
        "",
        "é",
        "e\u0301",
        "ß",
        "SS",
        "x".repeat(300),
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("${name}", "x", "${index}"),
        (names, template) => {
          const paths = relativePaths(template, several(names));
          assert.equal(paths.length, names.length);
          assert.equal(new Set(paths.map((path) => path.normalize("NFC").toLowerCase())).size, names.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("a name template", () => {
  for (const template of [
    "${name}",
    "${service}/${date}/${basename}.${extension}",
    "plain.csv",
    "${account}\\${name}",
  ]) {
    it(`is valid: ${template}`, () => assert.equal(templateProblem(template), undefined));
  }

  for (const [template, word] of [
    ["", "empty"],
    ["  ", "empty"],
    ["/tmp/${name}", "relative"],
    ["C:\\${name}", "relative"],
    ["~/${name}", "relative"],
    ["a/../${name}", "'..'"],
    ["..\\${name}", "'..'"],
    ["${name}/", "end with a file name"],
    ["${nmae}.csv", "${nmae}"],
    ["${constructor}", "${constructor}"],
    ["${name", "closing brace"],
  ] as const) {
    it(`has a problem that is reported: ${JSON.stringify(template)}`, () =>
      assert.ok(templateProblem(template)?.includes(word), templateProblem(template)));
  }
});
