import type { Encoding } from "../tableTypes.ts";

/** The characters of windows-1252 for 0x80 to 0x9F, which are control characters in Latin-1. */
const windows80To9f = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<Encoding, Decoder>();

/** Decodes bytes. Invalid bytes become U+FFFD; nothing throws for encodings that the system knows. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  return encoding === "windows-1252" ? decodeWindows1252(bytes) : decoderOf(encoding).decode(bytes);
}

/** Byte order marks are removed elsewhere, at the beginning of the file; in the middle, U+FEFF is a character. */
function decoderOf(encoding: Encoding): Decoder {
  const known = decoders.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  decoders.set(encoding, decoder);
  return decoder;
}

/**
 * Encodes a text; undefined if the encoding doesn't have one of its characters, or has several bytes for it and isn't
 * Unicode.
 */
export function encodeText(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const bytes = Array.from(text, (character) => singleBytes(encoding).indexOf(character));
  return bytes.includes(-1) ? undefined : Uint8Array.from(bytes);
}

const singleByteTables = new Map<Encoding, string>();

/** The characters of the bytes 0 to 255. */
function singleBytes(encoding: Encoding): string {
  const known = singleByteTables.get(encoding);
  if (known !== undefined) return known;
  const table = Array.from({ length: 256 }, (_, byte) => decodeText(Uint8Array.of(byte), encoding)).join("");
  singleByteTables.set(encoding, table);
  return table;
}

/** The size of a structural character in bytes: two in UTF-16. */
export function unitBytes(encoding: Encoding): 1 | 2 {
  return encoding === "utf-16le" || encoding === "utf-16be" ? 2 : 1;
}

/** Some versions of Node decode windows-1252 as Latin-1, which loses curly quotes and the euro sign. */
function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (control) => windows80To9f.charAt(control.charCodeAt(0) - 0x80));
}
