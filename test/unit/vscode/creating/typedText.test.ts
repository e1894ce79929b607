import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findSegmentId } from "../../../../src/vscode/creating/segmentId.ts";
import { isDay, typedMoment, typedText } from "../../../../src/vscode/creating/typedTime.ts";
import { nextToCount, universeRows } from "../../../../src/vscode/creating/universeRows.ts";

describe("The ID of a segment", () => {
  it("is found alone and in a URL of the Console", () => {
    const uuid = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
    for (const [text, id] of [
      [" 501 ", "501"],
      [uuid, uuid],
      ["https://console.example.com/chains/1743/segments/501", "501"],
      ["https://console.example.com/#/chain/1743/segment/501/edit?tab=2", "501"],
      ["https://console.example.com/people?segment_id=501&page=2", "501"],
      [`https://console.example.com/s/${uuid}`, uuid],
    ] as const) {
      assert.equal(findSegmentId(text), id, text);
    }
    for (const text of ["", "my segment", "https://console.example.com/", "segments"]) {
      assert.equal(findSegmentId(text), undefined, text);
    }
  });
});

describe("A typed date and time", () => {
  it("is in the time zone of this computer", () => {
    assert.deepEqual(typedMoment(" 2026-01-31 06:05 "), new Date(2026, 0, 31, 6, 5));
    assert.deepEqual(typedMoment("2026-01-31"), new Date(2026, 0, 31));
    assert.equal(typedText(new Date(2026, 0, 31, 6, 5)), "2026-01-31 06:05");
  });

  it("must exist", () => {
    for (const text of ["2026-02-30", "2026-13-01", "2026-01-31 24:00", "2026-01-31 06:60", "31.01.2026", "soon", ""]) {
      assert.equal(typedMoment(text), undefined, text);
    }
    assert.ok(isDay("2026-02-28"));
    assert.ok(!isDay("2026-02-28 06:00"));
  });
});

describe("The list of universes", () => {
  const universes = ["a", "b", "c"].map((id) => ({ id, name: id }));
  const list = { universes, counts: new Map([["a", 5]]), hasMore: true, isLoading: false };

  it("has a typed ID first, unless it is listed", () => {
    const kinds = (typed: string | undefined) => universeRows(list, typed).map(({ kind }) => kind);
    assert.deepEqual(kinds("x"), ["typed", "universe", "universe", "universe", "more"]);
    assert.deepEqual(kinds("b"), ["universe", "universe", "universe", "more"]);
  });

  it("says that it is empty only after it was loaded", () => {
    const empty = { universes: [], counts: new Map(), hasMore: false };
    assert.deepEqual(universeRows({ ...empty, isLoading: true }, undefined), []);
    assert.deepEqual(universeRows({ ...empty, isLoading: false }, undefined), [{ kind: "empty" }]);
  });

  it("asks for the number of the focused universe first, and for each once", () => {
    assert.equal(nextToCount(list, "c"), "c");
    assert.equal(nextToCount(list, "a"), "b");
    assert.equal(nextToCount({ ...list, counts: new Map(universes.map(({ id }) => [id, 1])) }, "a"), undefined);
    const many = Array.from({ length: 50 }, (_, at) => ({ id: String(at), name: "" }));
    const first = new Map(many.slice(0, 20).map(({ id }) => [id, 1]));
    assert.equal(nextToCount({ ...list, universes: many, counts: first }, undefined), undefined);
  });
});
