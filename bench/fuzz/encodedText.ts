import type { Encoding } from "../../src/table/tableTypes.ts";
import type { FuzzTable } from "./fuzzTable.ts";

const mark = "\ufeff";
const endMark = "\u001a";
const tables = new Map<Encoding, ReadonlyMap<string, readonly number[]>>();

/** The bytes of a table's file. Characters that the encoding doesn't have become question marks. */
export function bytesOf({ text, encoding, mark: hasMark }: Pick<FuzzTable, "text" | "encoding" | "mark">): Buffer {
  const whole = hasMark ? mark + text : text;
  if (encoding === "utf-8") return Buffer.from(whole);
  if (encoding === "utf-16le") return Buffer.from(whole, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(whole, "utf16le").swap16();
  const table = tableOf(encoding);
  return Buffer.from(Array.from(whole, (character) => table.get(character) ?? [0x3f]).flat());
}

/** The text with question marks for the characters that the encoding doesn't have. */
export function encodable(text: string, encoding: Encoding): string {
  if (encoding.startsWith("utf-")) return text;
  const table = tableOf(encoding);
  return Array.from(text, (character) => (table.has(character) ? character : "?")).join("");
}

/** The bytes of each character, found by decoding every byte and every pair of bytes. */
function tableOf(encoding: Encoding): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  const add = (bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(text).length === 1 && text !== "\ufffd" && !table.has(text)) table.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add([byte]);
  for (let lead = 0x81; lead < 256; lead++) {
    for (let trail = 0x30; trail < 256; trail++) add([lead, trail]);
  }
  // The decoder of Shift JIS reads this byte as another control character, but it is the end of the text.
  table.set(endMark, [0x1a]);
  tables.set(encoding, table);
  return table;
}
