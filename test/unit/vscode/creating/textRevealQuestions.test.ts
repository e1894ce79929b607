import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { create, endpoint, refused, review, textReveal, universe } from "./walks.ts";

describe("Create Export Task of TextReveal", () => {
  it("sends filters, fields and order, and corrects a refused filter", async () => {
    const { ask, sent } = await textReveal({
      failures: [refused([{ field: "isin", message: "Invalid ISIN" }])],
      script: [
        ["universe", universe],
        ["a filter", "Filter by name…"],
        ["Values of name", "Acme, Inc.; Über"],
        ["a filter", "Filter by isin…"],
        ["Values of isin", "wrong"],
        ["a filter", "Continue"],
        ["Select fields", ["id", "name"]],
        ["Select an order", "By name, Z to A"],
        create,
        ["Invalid ISIN", "DE0005140008"],
        ["a filter", "Continue"],
        ["Select fields", ["id", "name"]],
        ["Select an order", "By name, Z to A"],
        create,
      ],
    });
    assert.deepEqual(ask.rows.slice(2), [
      `POST /universes/${universe}/entities/export: `,
      "name[]: Acme, Inc.",
      "name[]: Über",
      "isin[]: DE0005140008",
      "fields[]: id",
      "fields[]: name",
      "order: name:desc",
    ]);
    const url = new URL(String(sent.at(-1)));
    assert.equal(url.pathname, `/universes/${universe}/entities/export`);
    assert.deepEqual(url.searchParams.getAll("name[]"), ["Acme, Inc.", "Über"]);
  });

  it("removes a filter without values, and leaves out what was not chosen", async () => {
    const { sent } = await textReveal({
      proposal: { universeId: universe, filters: { ticker: ["ACME"] } },
      script: [
        ["universe", universe],
        ["a filter", "Filter by ticker…"],
        ["Values of ticker", " ; "],
        ["a filter", "Continue"],
        ["Select fields", []],
        ["Select an order", "No particular order"],
        create,
      ],
    });
    assert.deepEqual(sent, [`${endpoint}/universes/${universe}/entities/export`]);
  });

  it("leads from the path back to the universe", async () => {
    await textReveal({
      given: { filters: {}, fields: [], order: "name:asc" },
      script: [
        ["universe", universe],
        [review, `POST /universes/${universe}/entities/export`],
        ["universe", universe],
        create,
      ],
    });
  });

  it("asks for the universe again if it was not found", async () => {
    await textReveal({
      failures: [refused([{ field: "universe_id", message: "not found" }])],
      given: { filters: {}, fields: [], order: "name:asc" },
      script: [["universe", universe], create, ["not found", universe], create],
    });
  });
});
