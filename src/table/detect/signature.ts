import { opensAsPage, withoutPreamble } from "../../model/pageOpening.ts";
import type { TableProblem } from "../tableTypes.ts";

type NoText = Extract<TableProblem, { kind: "binary" | "gzip" | "zip" }>;

/** Beginnings that no text has. Compressed formats are there since a short one may by chance look like text. */
const signatures: readonly (readonly [NoText["kind"], string])[] = [
  ["gzip", "1f8b08"],
  ["zip", "504b0304"],
  ["zip", "504b0506"],
  ["zip", "504b0708"],
  ["binary", "25504446"], // PDF
  ["binary", "50415231"], // Parquet
  ["binary", "28b52ffd"], // Zstandard
  ["binary", "fd377a585a00"], // xz
  ["binary", "377abcaf271c"], // 7z
  ["binary", "d0cf11e0a1b1"], // the older office documents
  ["binary", "89504e47"], // PNG
];
const longestSignature = 6;

/** Bytes that are looked at for control characters, and for a page's opening. */
const looked = 16 * 1_024;
const openingLooked = 4_096;

/** What the first bytes say the file is packed as, or undefined. */
export function packedAs(head: Uint8Array): NoText | undefined {
  const start = Buffer.from(head.subarray(0, longestSignature)).toString("hex");
  const found = signatures.find(([, signature]) => start.startsWith(signature));
  return found && { kind: found[0] };
}

/**
 * Whether the text is made of control characters more than any text is. One lost NUL in an export makes no binary file.
 *
 * @param narrow one byte a character
 */
export function looksBinary(narrow: Uint8Array): boolean {
  const start = narrow.subarray(0, looked);
  let zeros = 0;
  let controls = 0;
  for (const byte of start) {
    if (byte === 0) zeros++;
    else if (byte < 0x20 && !isTextControl(byte)) controls++;
  }
  return zeros > start.length / 500 || zeros + controls > start.length / 20;
}

/** Tab to CR, the end mark of old systems and ESC; 0x01 and 0x1C to 0x1F are delimiters somewhere. */
function isTextControl(byte: number): boolean {
  return (byte >= 0x09 && byte <= 0x0d) || byte >= 0x1a || byte === 0x01;
}

/**
 * Whether an HTML or XML document was saved in the place of data: a login page, or a store's refusal.
 *
 * @param narrow one byte a character
 */
export function isPage(narrow: Uint8Array): boolean {
  const text = Buffer.from(narrow.subarray(0, openingLooked)).toString("latin1");
  return opensAsPage(withoutPreamble(text));
}
