import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detectContent } from "../../../src/table/detect/detectContent.ts";
import { decodeText } from "../../../src/table/source/textDecoding.ts";
import { delimiters, encodings, type Reading } from "../../../src/table/tableTypes.ts";
import { encode } from "./find/searchedTables.ts";

function readingOf(bytes: Uint8Array): Reading {
  const detected = detectContent(bytes, { fileName: "file.csv", whole: true, readAs: {} });
  return "problem" in detected ? assert.fail(detected.problem.kind) : detected.reading;
}

describe("The ways to read a file that a person can choose", () => {
  it("include the encodings that are detected without a guess, and none that can't be decoded", () => {
    const written = (["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const).map((encoding) =>
      encode("name,price\nté,5 €\nthé,6 €\n", encoding),
    );
    const detected = written.map((bytes) => readingOf(bytes).encoding);
    assert.deepEqual(detected, ["utf-8", "utf-16le", "utf-16be", "windows-1252"]);
    for (const encoding of encodings) assert.doesNotThrow(() => decodeText(Uint8Array.of(0x61, 0x0a), encoding));
  });

  it("include every delimiter that is detected", () => {
    const detected = [",", ";", "\t", "|"].map((sign) => readingOf(Buffer.from(`a${sign}b\n1${sign}2\n`)).delimiter);
    assert.deepEqual(detected.toSorted(), delimiters.toSorted());
  });
});
