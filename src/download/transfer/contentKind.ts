import { examinedBytes, judgePage } from "../../model/pageOpening.ts";

/** What a response contains, judging by its first bytes: a web or error page, an archive, or data. */
export type ContentKind = "page" | "gzip" | "zip" | "data";

/** What the bytes that have arrived so far say about the content. */
export interface ContentJudgement {
  readonly kind: ContentKind;
  /** More bytes may change the kind. */
  readonly isOpen: boolean;
}

const markupType = /^(?:text|application)\/(?:html|xml|xhtml\+xml|[\w.-]+\+xml)\s*(?:;|$)/i;

/**
 * Decides by the first bytes, because captive portals respond with status 200, and stores may send any content type. A
 * field that starts with `<` is not a page: tags other than those of a document count only if the type is markup too.
 *
 * @param firstBytes the beginning of the file; of more than `examinedBytes`, the rest is ignored
 * @param contentType the header as received
 */
export function contentKind(firstBytes: Uint8Array, contentType: string | undefined): ContentKind {
  return judgeContent(firstBytes, contentType).kind;
}

/** The same, and whether more bytes are needed to be sure. A comment that never ends is a page. */
export function judgeContent(firstBytes: Uint8Array, contentType: string | undefined): ContentJudgement {
  const start = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.byteLength, examinedBytes));
  if (startsWith(start, [0x1f, 0x8b, 0x08])) return { kind: "gzip", isOpen: false };
  if (isZip(start)) return { kind: "zip", isOpen: false };
  const isMarkup = contentType !== undefined && markupType.test(contentType.trim());
  const { isPage, isOpen } = judgePage(decoded(start), isMarkup);
  return { kind: isPage ? "page" : "data", isOpen: isOpen && start.byteLength < examinedBytes };
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
  const [first = 0, second = 0] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isBare = bytes.length > 1 && (first === 0) !== (second === 0);
  if (!isMarked && !isBare) return bytes.toString("latin1");
  const isLittleEndian = isMarked ? first === 0xff : second === 0;
  const whole = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return (isLittleEndian ? whole : whole.swap16()).toString("utf16le");
}
