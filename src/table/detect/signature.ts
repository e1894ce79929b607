import { examinedBytes as pageBytes, judgePage } from "../../model/pageOpening.ts";
import type { TableProblem } from "../tableTypes.ts";

type NoText = Extract<TableProblem, { kind: "binary" | "gzip" | "parquet" | "zip" }>;

/**
 * Signatures that no text begins with. Compressed formats are included because a short file can look like text by
 * chance.
 */
const signatures: readonly (readonly [NoText["kind"], string])[] = [
  ["gzip", "1f8b08"],
  ["zip", "504b0304"],
  ["zip", "504b0506"],
  ["zip", "504b0708"],
  ["binary", "25504446"], // PDF
  ["parquet", "50415231"],
  ["binary", "28b52ffd"], // Zstandard
  ["binary", "fd377a585a00"], // xz
  ["binary", "377abcaf271c"], // 7z
  ["binary", "d0cf11e0a1b1"], // the older office documents
  ["binary", "89504e47"], // PNG
];
const longestSignature = 6;

/** How many bytes are searched for control characters. */
const examinedBytes = 16 * 1_024;

/** The archive or binary format according to the first bytes, or undefined. */
export function packedAs(head: Uint8Array): NoText | undefined {
  const start = Buffer.from(head.subarray(0, longestSignature)).toString("hex");
  const found = signatures.find(([, signature]) => start.startsWith(signature));
  return found && { kind: found[0] };
}

/**
 * Whether there are more control characters than in any text. NULs in an export don't make it binary.
 *
 * @param narrow one byte per character
 */
export function looksBinary(narrow: Uint8Array): boolean {
  const start = narrow.subarray(0, examinedBytes);
  let zeros = 0;
  const controlCounts = new Map<number, number>();
  let alone = 0;
  for (const [at, byte] of start.entries()) {
    if (byte === 0) zeros++;
    else if (byte < 0x20 && !isTextControl(byte)) controlCounts.set(byte, (controlCounts.get(byte) ?? 0) + 1);
    else if (start[at - 1] === 0 && start[at + 1] === 0) alone++;
  }
  const texts = start.length - zeros;
  const counts = [...controlCounts.values()];
  const all = counts.reduce((sum, count) => sum + count, 0);
  // One of them can be the delimiter.
  const most = Math.max(0, ...counts);
  const controls = start.includes(0x0a) && most * 3 < texts ? all - most : all;
  if (controls > texts / 20) return true;
  // Fields can be filled up with zeros. In numbers and in characters of four bytes, most bytes have zeros around them.
  return zeros > start.length / 500 && (controls > 0 || alone * 4 > texts || !start.includes(0x0a));
}

/** Tab to CR, Ctrl+Z, and ESC. 0x01 and 0x1C to 0x1F are used as delimiters. */
function isTextControl(byte: number): boolean {
  return (byte >= 0x09 && byte <= 0x0d) || byte >= 0x1a || byte === 0x01;
}

/**
 * Whether the file is an HTML or XML document that was saved instead of data, such as a sign-in page or a store's
 * error.
 *
 * @param narrow one byte per character
 */
export function isPage(narrow: Uint8Array): boolean {
  return judgePage(Buffer.from(narrow.subarray(0, pageBytes)).toString("latin1"), false).isPage;
}
