import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ownForm } from "../../../src/services/foreignForms.ts";
import type { ForeignForm } from "../../../src/services/foreignShapes.ts";

const form: ForeignForm = {
  kind: "custom",
  label: "Key",
  detail: undefined,
  fields: [
    { name: "key", label: "Key", placeholder: undefined, secret: true },
    { name: "shop", label: "Shop", placeholder: "my-shop", secret: false },
  ],
  readPasted: undefined,
  toCredentials: (values) => ({ kind: "custom", values }),
};

describe("a form of another extension", () => {
  it("has the same labels and fields, and only what was given", () => {
    const own = ownForm(form, "Third");
    assert.deepEqual(
      { ...own, toCredentials: undefined },
      {
        toCredentials: undefined,
        kind: "custom",
        label: "Key",
        fields: [
          { name: "key", label: "Key", secret: true },
          { name: "shop", label: "Shop", placeholder: "my-shop", secret: false },
        ],
      },
    );
    assert.deepEqual(own.toCredentials({ key: " k " }), { kind: "custom", values: { key: "k" } });
    assert.equal(ownForm({ ...form, detail: "d" }, "Third").detail, "d");
  });

  it("gets copies of what was typed", () => {
    const typed = { key: "k" };
    const changing = ownForm(
      { ...form, toCredentials: (values) => Object.assign(values as object, { kind: "custom", values: {} }) },
      "Third",
    );
    changing.toCredentials(typed);
    assert.deepEqual(typed, { key: "k" });
  });

  it("can say what is wrong with a value in our words, but not in its own", () => {
    const making = (values: unknown) => () =>
      ownForm({ ...form, toCredentials: () => ({ kind: "custom", values }) }, "Third").toCredentials({});
    assert.throws(making({ key: "k".repeat(4097) }), {
      code: "invalidRequest",
      message: /longer than 4096 characters/,
    });
    assert.throws(making("none"), { code: "unexpectedResponse", message: /from Third/ });
  });

  it("can refuse a value without repeating it", () => {
    const refusing = ownForm(
      {
        ...form,
        toCredentials: () => {
          throw Object.assign(new Error("planted7 and   are wrong"), { code: "invalidRequest" });
        },
      },
      "Third",
    );
    assert.throws(() => refusing.toCredentials({ key: "planted7", shop: " " }), {
      code: "invalidRequest",
      message: "… and are wrong.",
    });
  });
});

describe("text that is pasted into a form of another extension", () => {
  const read = (answer: unknown, pasted = "text") =>
    ownForm({ ...form, readPasted: () => answer }, "Third").readPasted?.(pasted);

  it("fills the fields that the extension finds, and no others", () => {
    assert.deepEqual(read({ key: "k", shop: undefined, other: "o" }), { key: "k" });
    assert.deepEqual(read({ key: "k".repeat(4096) }), { key: "k".repeat(4096) });
    assert.deepEqual(read({}), {});
  });

  it("is one value if the extension finds nothing that can be used", () => {
    for (const answer of [undefined, "text", { key: 5 }, { key: "k".repeat(4097) }])
      assert.equal(read(answer), undefined);
  });

  it("is shown to the extension up to 65,536 characters", () => {
    assert.deepEqual(read({ key: "k" }, "a".repeat(65_536)), { key: "k" });
    assert.equal(read({ key: "k" }, "a".repeat(65_537)), undefined);
  });
});
