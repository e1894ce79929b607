import type { Encoding } from "../tableTypes.ts";

/** What windows-1252 has in the place of Latin-1's second row of control characters. */
const windows80To9f = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Marks are stripped by whoever knows where the file begins; in the middle of it U+FEFF is a character. */
const unicode = {
  "utf-8": new TextDecoder("utf-8", { ignoreBOM: true }),
  "utf-16le": new TextDecoder("utf-16le", { ignoreBOM: true }),
  "utf-16be": new TextDecoder("utf-16be", { ignoreBOM: true }),
};

/** Turns bytes into text. What is no text in the encoding becomes U+FFFD; nothing throws. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  return encoding === "windows-1252" ? decodeWindows1252(bytes) : unicode[encoding].decode(bytes);
}

/** Bytes of one structural character: two in UTF-16. */
export function unitBytes(encoding: Encoding): 1 | 2 {
  return encoding === "utf-16le" || encoding === "utf-16be" ? 2 : 1;
}

/** By hand: several versions of Node take windows-1252 for Latin-1, which loses the quotes and the euro. */
function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (control) => windows80To9f.charAt(control.charCodeAt(0) - 0x80));
}
