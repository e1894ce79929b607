import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { encodings } from "../../../../../src/table/tableTypes.ts";
import { encodingName } from "../../../../../src/webview/table/footer/readingChoices.ts";

describe("The name of an encoding", () => {
  it("is written as people write it", () => {
    const named = ["utf-8", "utf-16le", "windows-1252", "iso-8859-2", "big5", "shift_jis", "koi8-r"] as const;
    assert.deepEqual(named.map(encodingName), [
      ...["UTF-8", "UTF-16 LE", "Windows 1252", "ISO-8859-2", "Big5", "Shift JIS", "KOI8-R"],
    ]);
  });

  it("is different for each encoding", () => {
    assert.equal(new Set(encodings.map(encodingName)).size, encodings.length);
  });
});
