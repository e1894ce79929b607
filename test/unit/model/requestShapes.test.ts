import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import {
  accountId,
  accountRequest,
  downloadOptions,
  downloadRequest,
  fileIndexes,
  pageOptions,
  partialAccountRequest,
  partialDownloadRequest,
  tableOrText,
  taskId,
} from "../../../src/model/requestShapes.ts";

const account = { service: "spaaza", label: "Shop", credentials: { kind: "accessToken", token: "t" } } as const;

function messageOf(schema: v.GenericSchema, given: unknown): string | undefined {
  return v.safeParse(schema, given).issues?.[0].message;
}

describe("what a request can contain", () => {
  it("is every documented choice of a download, and no other", () => {
    for (const [field, choices] of [
      ["fileExists", ["ask", "overwrite", "keepBoth", "skip"]],
      ["open", ["table", "text", "none"]],
    ] as const) {
      for (const choice of choices) {
        const request = { taskId: "1", [field]: choice };
        assert.deepEqual(v.parse(downloadRequest, request), request);
      }
      for (const wrong of ["", "other"]) assert.equal(v.is(downloadRequest, { taskId: "1", [field]: wrong }), false);
    }
    assert.deepEqual(
      ["table", "text", "none", ""].map((choice) => v.is(tableOrText, choice)),
      [true, true, false, false],
    );
  });

  it("is a download with all of its fields, or with none if a person is asked", () => {
    const whole = {
      accountId: "a",
      taskId: "1",
      files: [0, 2],
      folder: "/tmp",
      fileExists: "skip",
      open: "none",
      beside: true,
    };
    assert.deepEqual(v.parse(downloadRequest, whole), whole);
    assert.deepEqual(v.parse(partialDownloadRequest, whole), whole);
    assert.deepEqual(v.parse(partialDownloadRequest, {}), {});
    assert.equal(v.is(downloadRequest, {}), false);
  });

  it("is an account with all of its fields, or with some if a person is asked", () => {
    const whole = { ...account, endpoint: "https://a.test", loginEndpoint: "https://b.test", verify: false };
    assert.deepEqual(v.parse(accountRequest, whole), whole);
    assert.deepEqual(v.parse(partialAccountRequest, whole), whole);
    assert.deepEqual(v.parse(partialAccountRequest, {}), {});
    for (const field of ["service", "label", "credentials"]) {
      assert.equal(v.is(accountRequest, { ...account, [field]: undefined }), false, field);
    }
    for (const field of Object.keys(whole)) {
      assert.equal(v.is(partialAccountRequest, { ...whole, [field]: 5 }), false, field);
    }
  });

  it("is a function that is told the progress", () => {
    const onProgress = (): void => undefined;
    assert.equal(v.parse(downloadOptions, { onProgress }).onProgress, onProgress);
  });
});

describe("how much a request can contain", () => {
  it("is an ID of 2,000 characters", () => {
    for (const schema of [accountId, taskId]) {
      assert.equal(v.is(schema, "1".repeat(2000)), true);
      assert.equal(v.is(schema, "1".repeat(2001)), false);
    }
    assert.match(messageOf(taskId, "1".repeat(2001)) ?? "", /empty or too long/);
    assert.equal(v.is(accountId, ""), true, "whether there is such an account is decided later");
  });

  it("is 10,000 files, each by its index from 0", () => {
    const zeros = (count: number): number[] => Array<number>(count).fill(0);
    assert.equal(v.is(fileIndexes, zeros(10_000)), true);
    assert.equal(v.is(fileIndexes, zeros(10_001)), false);
    for (const wrong of [-1, 0.5, 2 ** 53, "0"]) assert.equal(v.is(fileIndexes, [wrong]), false, String(wrong));
  });

  it("is a page of 1 to 1,000 tasks", () => {
    for (const [pageSize, isFine] of [
      [0, false],
      [1, true],
      [1000, true],
      [1001, false],
      [1.5, false],
    ] as const) {
      assert.equal(v.is(pageOptions, { pageSize }), isFine, String(pageSize));
    }
  });

  it("is not a folder with a null character, except where that is only a part of a name", () => {
    const isFine = (folder: string): boolean => v.is(downloadRequest, { taskId: "1", folder });
    assert.deepEqual(["/a", "/a%00", "file:///a", "x/file:%00"].map(isFine), [true, true, true, true]);
    assert.deepEqual(["/a\0", "file:///a\0", "file:///a%00"].map(isFine), [false, false, false]);
  });
});
