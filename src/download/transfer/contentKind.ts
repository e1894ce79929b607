import { opensAsPage, withoutPreamble } from "../../model/pageOpening.ts";

/** What arrived, as its first bytes tell: a web or error page, a packed file, or data. */
export type ContentKind = "page" | "gzip" | "zip" | "data";

/** How much of the beginning is looked at; an opening tag stands well within it. */
const looked = 4_096;
const markupType = /^(?:text|application)\/(?:html|xml|xhtml\+xml|[\w.-]+\+xml)\s*(?:;|$)/i;

/** Any element; `<5` and `<b>,` are not. */
const elementOpening = /^<[a-z][\w:.-]*(?:\s[^<>]*)?\/?>(?![ \t]*[,;|\t])/i;

/**
 * Judges by the first bytes, since a captive portal answers 200 and a store may name any type. A field that merely
 * starts with `<` does not make a page: an opening other than a document's counts only when the type says markup too.
 *
 * @param firstBytes the beginning of the file, some kilobytes if there are as many
 * @param contentType the header as it came
 */
export function contentKind(firstBytes: Uint8Array, contentType: string | undefined): ContentKind {
  const start = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.byteLength, looked));
  if (startsWith(start, [0x1f, 0x8b, 0x08])) return "gzip";
  if (isZip(start)) return "zip";
  const text = withoutPreamble(decoded(start));
  if (opensAsPage(text)) return "page";
  const namedMarkup = contentType !== undefined && markupType.test(contentType.trim());
  return namedMarkup && elementOpening.test(text) ? "page" : "data";
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, position) => bytes[position] === byte);
}

/** A local file, the end of an empty archive, or the mark of one that was split. */
function isZip(bytes: Uint8Array): boolean {
  return [0x03, 0x05, 0x07].some((third) => startsWith(bytes, [0x50, 0x4b, third, third + 1]));
}

/** Tags are ASCII, so that one byte per character serves every encoding that is not UTF-16. */
function decoded(bytes: Buffer): string {
  if (startsWith(bytes, [0xff, 0xfe])) return bytes.toString("utf16le").slice(1);
  if (startsWith(bytes, [0xfe, 0xff])) {
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString("utf16le")
      .slice(1);
  }
  return bytes.subarray(startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0).toString("latin1");
}
