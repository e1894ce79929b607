import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import * as v from "valibot";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { ExportError } from "../../../../src/model/exportError.ts";
import { ifExistsChoices, isWanted, readDefinition } from "../../../../src/vscode/builds/exportDefinition.ts";
import { targetPath } from "../../../../src/vscode/builds/targetPath.ts";

const target = "data/orders.csv";

const schemaShape = v.looseObject({
  contributes: v.looseObject({
    taskDefinitions: v.array(
      v.looseObject({
        type: v.string(),
        required: v.array(v.string()),
        properties: v.record(v.string(), v.looseObject({ enum: v.optional(v.array(v.string())) })),
      }),
    ),
  }),
});

describe("A build in tasks.json", () => {
  it("names a task or the newest of a kind, and a target", () => {
    assert.deepEqual(readDefinition({ type: "taskExports", task: 12_345, target }), { task: "12345", target });
    const newest = { subject: "transactions", format: "csv" };
    const whole = { account: "Shop", newest, file: 1, target, ifExists: "skip" };
    assert.deepEqual(readDefinition(whole), whole);
  });

  const mistakes: [what: string, definition: unknown, names: RegExp][] = [
    ["no target", { task: 1 }, /^target is missing/],
    ["neither task nor newest", { target }, /either task or newest/],
    ["both task and newest", { task: 1, newest: { subject: "x" }, target }, /either task or newest/],
    ["newest of everything", { newest: {}, target }, /newest needs a subject/],
    ["newest of a format only", { newest: { format: "csv" }, target }, /newest needs a subject/],
    ["an unknown format", { newest: { subject: "x", format: "xml" }, target }, /^newest.format/],
    ["an unknown choice", { task: 1, target, ifExists: "ask" }, /^ifExists/],
    ["a task ID that lost digits", { task: 2 ** 53, target }, /taskId/],
    ["a file below 0", { task: 1, target, file: -1 }, /^file/],
    ["a target without an extension of exports", { task: 1, target: "data/run.sh" }, /^target must end/],
    ["a target with a null character", { task: 1, target: "a\0.csv" }, /^target contains a null/],
    ["no object", "12345", /tasks\.json/],
  ];
  for (const [what, definition, names] of mistakes) {
    it(`is refused with ${what}, and says so`, () => {
      assert.throws(
        () => readDefinition(definition),
        (error: unknown) => {
          assert.ok(error instanceof ExportError);
          assert.equal(error.code, "invalidRequest");
          assert.match(error.message, names);
          assert.match(error.message, /tasks\.json\.$/);
          return true;
        },
      );
    });
  }

  it("has the properties that the manifest describes", async () => {
    const file = path.resolve(import.meta.dirname, "../../../../package.json");
    const { contributes } = v.parse(schemaShape, JSON.parse(await readFile(file, "utf8")));
    const [build, ...others] = contributes.taskDefinitions;
    assert.deepEqual([others, build?.type, build?.required], [[], "taskExports", ["target"]]);
    assert.deepEqual(build?.properties["ifExists"]?.enum, ifExistsChoices);
    const whole = { account: "a", task: "1", file: 0, target, ifExists: "fail" } as const;
    const named = [...Object.keys(readDefinition(whole)), "newest"];
    assert.deepEqual(Object.keys(build.properties).toSorted(), named.toSorted());
  });
});

describe("The newest of a kind", () => {
  const task: ExportTask = {
    id: "1",
    accountId: "a",
    description: "Nightly",
    state: "done",
    serviceState: "DONE",
    subject: "users",
    format: "csv",
  };

  it("is any task that has everything that is specified", () => {
    for (const kind of [
      { subject: "users" },
      { description: "Nightly" },
      { subject: "users", format: "csv" },
    ] as const) {
      assert.equal(isWanted(task, kind), true, JSON.stringify(kind));
    }
    for (const kind of [
      { subject: "vouchers" },
      { description: "nightly" },
      { subject: "users", format: "json" },
      { subject: "users", description: "Daily" },
    ] as const) {
      assert.equal(isWanted(task, kind), false, JSON.stringify(kind));
    }
  });
});

describe("The target of a build", () => {
  const workspace = path.resolve("/work/space");

  it("belongs to the workspace folder if it is relative", () => {
    const found = targetPath("data/../out/orders.csv", workspace);
    assert.equal(found.path, path.join(workspace, "out", "orders.csv"));
    assert.equal(found.folder, path.join(workspace, "out"));
    assert.deepEqual([found.name, found.workspace], ["orders.csv", workspace]);
  });

  it("can be anywhere if it is absolute", () => {
    const absolute = path.resolve("/data/orders.csv");
    assert.deepEqual(targetPath(absolute, workspace).path, absolute);
    assert.equal(targetPath(absolute, undefined).workspace, undefined);
  });

  it("is refused if it is relative and no folder is open", () => {
    assert.throws(() => targetPath("orders.csv", undefined), { code: "invalidRequest" });
  });

  it("never leaves the workspace folder if it is relative", () => {
    const step = fc.constantFrom("..", ".", "a", "b c", "...", "");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const relative = path.posix.normalize([...steps, "x.csv"].join("/")).replace(/^\/+/, "");
        try {
          const found = targetPath(relative, workspace);
          assert.ok(found.path.startsWith(workspace + path.sep), found.path);
        } catch (error) {
          assert.ok(error instanceof ExportError && error.code === "invalidRequest");
          assert.match(relative, /^\.\.(\/|$)/);
        }
      }),
    );
  });
});
