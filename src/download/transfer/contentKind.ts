import { opensAsPage, withoutPreamble } from "../../model/pageOpening.ts";

/** What a response contains, judging by its first bytes: a web or error page, an archive, or data. */
export type ContentKind = "page" | "gzip" | "zip" | "data";

/** How much of the beginning is examined. An opening tag is always found within this. */
const examinedBytes = 4_096;
const markupType = /^(?:text|application)\/(?:html|xml|xhtml\+xml|[\w.-]+\+xml)\s*(?:;|$)/i;

/** Any element, but not `<5` or `<b>,`. */
const elementOpening = /^<[a-z][\w:.-]*(?:\s[^<>]*)?\/?>(?![ \t]*[,;|\t])/i;

/**
 * Decides by the first bytes, because captive portals respond with status 200, and stores may send any content type. A
 * field that starts with `<` is not a page: tags other than those of a document count only if the type is markup too.
 *
 * @param firstBytes the beginning of the file, a few kilobytes if available
 * @param contentType the header as received
 */
export function contentKind(firstBytes: Uint8Array, contentType: string | undefined): ContentKind {
  const start = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.byteLength, examinedBytes));
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

/** The signature of a local file, of an empty archive, or of a split one. */
function isZip(bytes: Uint8Array): boolean {
  return [0x03, 0x05, 0x07].some((third) => startsWith(bytes, [0x50, 0x4b, third, third + 1]));
}

/** Tags are ASCII, so latin1 works for every encoding except UTF-16. */
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
