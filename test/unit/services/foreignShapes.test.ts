import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import { ownFile, ownTask, pageSchema, serviceSchema, waitingSchema } from "../../../src/services/foreignShapes.ts";
import { file, given } from "./foreignFixture.ts";

const form = {
  kind: "custom",
  label: "Key",
  fields: [{ name: "key", label: "Key", secret: false }],
  toCredentials: () => undefined,
};
const url = "https://third.example.com";

function isService(changes: object): boolean {
  return v.is(serviceSchema, given(changes));
}

function isForm(changes: object): boolean {
  return isService({ credentialForms: [{ ...form, ...changes }] });
}

describe("a service that another extension registers", () => {
  it("has an ID of up to 64 small letters, digits, dots, dashes and underscores that begins with a letter", () => {
    for (const id of ["a", "a1._-b", "a".repeat(64)]) assert.equal(isService({ id }), true, id);
    for (const id of ["", "A", "1a", "-a", "a b", "aB", "a/b", "a".repeat(65), "a\n", " a"]) {
      assert.equal(isService({ id }), false, JSON.stringify(id));
    }
  });

  it("has a name of 1 to 200 characters, without the spaces around it", () => {
    for (const label of ["a", "a".repeat(200), ` ${"a".repeat(200)} `]) assert.equal(isService({ label }), true);
    for (const label of ["", " ", "a".repeat(201), 5]) assert.equal(isService({ label }), false);
    assert.equal(v.parse(serviceSchema, given({ label: " a " })).label, "a");
  });

  it("has up to 100 base URLs of up to 2,048 characters", () => {
    const urlOf = (length: number): string => url.padEnd(length, "a");
    const endpoints = (count: number): object => ({ endpoints: Array.from({ length: count }, () => ({ url })) });
    assert.deepEqual(
      [isService(endpoints(0)), isService(endpoints(100)), isService(endpoints(101))],
      [true, true, false],
    );
    for (const [length, isFine] of [
      [2048, true],
      [2049, false],
    ] as const) {
      assert.equal(isService({ endpoints: [{ url: urlOf(length) }] }), isFine);
      assert.equal(isService({ defaultEndpoint: urlOf(length) }), isFine);
      assert.equal(isService({ defaultLoginEndpoint: urlOf(length) }), isFine);
    }
    assert.deepEqual(v.parse(serviceSchema, given({ endpoints: [{ url, description: 5 }] })).endpoints[0], {
      url,
      description: undefined,
    });
  });

  it("has 1 to 100 forms with 1 to 100 fields, each with a name", () => {
    const forms = (count: number): object => ({ credentialForms: Array.from({ length: count }, () => form) });
    assert.deepEqual(
      [0, 1, 100, 101].map((count) => isService(forms(count))),
      [false, true, true, false],
    );
    const fields = (count: number): object => ({
      fields: Array.from({ length: count }, () => ({ name: "a", label: "a" })),
    });
    assert.deepEqual(
      [0, 1, 100, 101].map((count) => isForm(fields(count))),
      [false, true, true, false],
    );
    for (const wrong of [
      { kind: "other" },
      { label: "" },
      { toCredentials: undefined },
      { readPasted: 5 },
      { fields: [{}] },
    ]) {
      assert.equal(isForm(wrong), false, JSON.stringify(wrong));
    }
    for (const kind of ["privileged", "admin", "apiKey", "accessToken", "custom"]) assert.equal(isForm({ kind }), true);
  });

  it("has fields that are secret unless they say otherwise", () => {
    const secrets = [true, false, undefined, "no"].map((secret) => {
      const fields = [{ name: "a", label: "a", secret }];
      return v.parse(serviceSchema, given({ credentialForms: [{ ...form, fields }] })).credentialForms[0]?.fields[0]
        ?.secret;
    });
    assert.deepEqual(secrets, [true, false, true, true]);
  });

  for (const name of ["findTaskId", "verify", "listTasks", "getTask", "resolveDownload"]) {
    it(`has a function ${name}`, () => assert.equal(isService({ [name]: undefined }), false));
  }
});

describe("what another extension's service answers", () => {
  it("as a pause is a day at most, with a reason", () => {
    const day = 24 * 60 * 60 * 1000;
    assert.deepEqual(
      [0, day, day + 1, -1].map((retryInMs) => v.is(waitingSchema, { retryInMs, reason: "a" })),
      [true, true, false, false],
    );
    assert.equal(v.is(waitingSchema, { retryInMs: 1, reason: "" }), false);
  });

  it("as a page has a cursor of up to 4,096 characters and a whole number of tasks, or neither", () => {
    const page = (more: object): unknown => v.parse(pageSchema, { tasks: [], ...more });
    assert.deepEqual(page({ next: "n".repeat(4096), total: 0 }), { tasks: [], next: "n".repeat(4096), total: 0 });
    for (const more of [{ next: "n".repeat(4097) }, { next: "" }, { total: -1 }, { total: 1.5 }]) {
      assert.deepEqual(Object.values(page(more) as object), [[], undefined], JSON.stringify(more).slice(0, 20));
    }
    assert.equal(v.is(pageSchema, {}), false);
  });

  it("as a task is that of the account, with what is documented of it", () => {
    const whole = {
      id: "T1",
      description: "d",
      state: "done",
      serviceState: "DONE",
      subject: "users",
      format: "json",
      createdAt: "2026-01-31T12:00:00Z",
      completedAt: "2026-01-31T13:00:00Z",
      chain: "7",
    };
    assert.deepEqual(ownTask({ ...whole, accountId: "other", more: 1 }, "a"), { ...whole, accountId: "a" });
    const least = { id: "T1", accountId: "a", description: "", state: "unknown", serviceState: "" };
    assert.deepEqual(ownTask({ id: "T1", createdAt: "soon", completedAt: 5, format: "xml", subject: 7 }, "a"), least);
    for (const state of ["waiting", "running", "done", "failed", "unknown"]) {
      assert.equal(ownTask({ id: "T1", state }, "a")?.state, state);
    }
    for (const format of ["csv", "json"]) assert.equal(ownTask({ id: "T1", format }, "a")?.format, format);
    for (const none of [{}, { id: "" }, { id: 5 }, null, "T1"]) assert.equal(ownTask(none, "a"), undefined);
  });

  it("as a file has an index, a name and a URL on one line", () => {
    const expiresAt = "2026-01-31T12:00:00Z";
    assert.deepEqual(ownFile({ ...file, expiresAt, more: 1 }), { ...file, expiresAt });
    assert.deepEqual(ownFile({ ...file, expiresAt: "soon" }), file);
    const longest = "https://files.example.com/".padEnd(65_536, "a");
    assert.equal(ownFile({ ...file, url: longest })?.url, longest);
    for (const wrong of [
      { index: -1 },
      { index: 0.5 },
      { name: undefined },
      { url: `${longest}a` },
      { url: "https://a.test/\u2028" },
      { url: "a" },
    ]) {
      assert.equal(ownFile({ ...file, ...wrong }), undefined, JSON.stringify(wrong).slice(0, 40));
    }
  });

  it("is nothing if reading it throws an error", () => {
    const throwing = new Proxy({}, { get: () => assert.fail("planted") });
    assert.deepEqual([ownTask(throwing, "a"), ownFile(throwing)], [undefined, undefined]);
  });
});
