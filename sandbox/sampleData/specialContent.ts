import { gzipSync } from "node:zlib";
import { contentTypes, csvLine } from "./content.ts";
import type { Content } from "./content.ts";

const awkwardTexts = [
  "plain",
  "",
  'two "quotes" and, a comma',
  "a line\nbreak",
  "a Windows line\r\nbreak",
  "a lone carriage return\rhere",
  "\ttab first and last\t",
  "  spaces at both ends  ",
  "emoji 👩‍👩‍👧‍👦 🇳🇱 and a lone combining mark e\u0301",
  "右から左 שלום مرحبا",
  "zero width\u200bspace, bidi \u202eoverride\u202c",
  "=1+1",
  "-2+3",
  "@SUM(A1)",
  "00123",
  "1e5",
  "NULL",
  "'; DROP TABLE export; --",
  "<script>alert(1)</script>",
  "semicolon;pipe|tab\there",
];

/** Every cell is of a kind that CSV parsers often get wrong. One cell is a megabyte long. */
export const awkwardCsv: Content = {
  recipe: "awkward",
  contentType: contentTypes.csv,
  *open() {
    yield Buffer.from(csvLine(["row", "text", "other text", "amount"]));
    for (let row = 0; row < 500; row++) {
      const text = awkwardTexts[row % awkwardTexts.length] ?? "";
      const other = row === 250 ? "long ✓ ".repeat(150_000) : (awkwardTexts[(row * 7 + 3) % awkwardTexts.length] ?? "");
      yield Buffer.from(csvLine([row, text, other, row / 4]));
    }
  },
};

export const emptyContent: Content = {
  recipe: "empty",
  contentType: contentTypes.csv,
  open: () => [],
};

const smallTable = ["id,name,city\n", "1,Zoë,Århus\n", '2,"Łukasz, the second",Kraków\n', "3,翔太,東京\n"].join("");

/** A small table in UTF-16, little endian, with its byte order mark. */
export const utf16Csv = fixedContent("utf-16", "text/csv", Buffer.from(`\ufeff${smallTable}`, "utf16le"));

/** A small table in UTF-8 with a byte order mark. */
export const byteOrderMarkCsv = fixedContent("bom", contentTypes.csv, Buffer.from(`\ufeff${smallTable}`));

/** A gzip file without `Content-Encoding`, so it must not be decompressed. */
export const gzippedCsv = fixedContent("gzip", "application/gzip", gzipSync(smallTable));

/** What a captive portal or an error page sends instead of a file. */
export const htmlPage = fixedContent(
  "html",
  "text/html; charset=utf-8",
  Buffer.from(
    "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>\n",
  ),
);

export const smallCsv = fixedContent("small", contentTypes.csv, Buffer.from(smallTable));

function fixedContent(recipe: string, contentType: string, bytes: Buffer): Content {
  return { recipe, contentType, open: () => [bytes] };
}
