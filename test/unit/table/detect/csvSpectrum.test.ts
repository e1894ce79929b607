import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { createCells } from "../../../../src/table/cells/createCells.ts";
import { detectContent } from "../../../../src/table/detect/detectContent.ts";
import { slowRows } from "../cells/slowRows.ts";

/** csv-spectrum 2.0.0 by Max Ogden, BSD-2-Clause: CSV files, each with the records that a reader must find in it. */
const spectrum = path.resolve(import.meta.dirname, "../../../../node_modules/csv-spectrum");

function recordsOf(name: string): Record<string, string>[] {
  const bytes = readFileSync(path.join(spectrum, "csvs", `${name}.csv`));
  const detected = detectContent(bytes, { fileName: `${name}.csv`, whole: true, readAs: {} });
  assert.ok("reading" in detected);
  assert.deepEqual(
    [detected.reading.delimiter, detected.reading.header, detected.reading.encoding, detected.begin],
    [",", true, "utf-8", 0],
  );
  const rows = slowRows(bytes.toString(), ",", '"', "\n").map(({ text }) => Buffer.from(text));
  const cells = createCells({ reading: detected.reading, newline: detected.newline, rows });
  return rows.slice(1).map((row) => {
    const { cells: values, malformed } = cells.read(row);
    assert.equal(malformed, false);
    return Object.fromEntries(values.map((value, place) => [cells.columns[place]?.name ?? "", value]));
  });
}

describe("csv-spectrum", () => {
  const names = readdirSync(path.join(spectrum, "csvs")).map((file) => path.basename(file, ".csv"));

  it("has its twelve files", () => assert.equal(names.length, 12));

  for (const name of names) {
    it(`reads ${name}`, () => {
      const expected: unknown = JSON.parse(readFileSync(path.join(spectrum, "json", `${name}.json`), "utf8"));
      const records = recordsOf(name);
      if (name !== "location_coordinates") {
        assert.deepEqual(records, expected);
        return;
      }
      // Its JSON is one record instead of a list of one, with an invented phone number.
      assert.ok(typeof expected === "object" && expected !== null);
      assert.deepEqual(records, [{ ...expected, "Contact Phone Number": "2095257564" }]);
    });
  }
});
