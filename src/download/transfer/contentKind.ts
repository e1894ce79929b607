import { opensAsPage } from "../../model/pageOpening.ts";
import { afterPreamble } from "./pagePreamble.ts";

/** What a response contains, judging by its first bytes: a web or error page, an archive, or data. */
export type ContentKind = "page" | "gzip" | "zip" | "data";

/** What the bytes that have arrived so far say about the content. */
export interface ContentJudgement {
  readonly kind: ContentKind;
  /** More bytes may change the kind. */
  readonly isOpen: boolean;
}

/** How much of the beginning is examined. Whatever comes before the first tag of a page is hardly longer. */
export const examinedBytes = 64 * 1024;
/** Longer than any opening that distinguishes a page from data. */
const longestOpening = 64;
const markupType = /^(?:text|application)\/(?:html|xml|xhtml\+xml|[\w.-]+\+xml)\s*(?:;|$)/i;

/** As browsers read it, with or without a space. */
const documentType = /^<!doctype(?:[\s>]|html)/i;
/** Any element, but not `<5` or `<b>,`. */
const elementOpening = /^<[a-z][\w:.-]*(?:\s[^<>]*)?\/?>(?![ \t]*[,;|\t])/i;
/** An element whose attributes are longer than the text. */
const endlessElement = /^<[a-z][\w:.-]*\s[^<>]*$/i;
const endlessError = /^<error>\s*$/i;

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
  const judged = judgeText(decoded(start), isMarkup);
  return { ...judged, isOpen: judged.isOpen && start.byteLength < examinedBytes };
}

function judgeText(text: string, isMarkup: boolean): ContentJudgement {
  const { rest, hasMarkup, unclosed } = afterPreamble(text);
  if (opensAsPage(rest) || documentType.test(rest)) return { kind: "page", isOpen: false };
  if (isMarkup && elementOpening.test(rest)) return { kind: "page", isOpen: false };
  const isOnlyMarkup = hasMarkup && rest === "";
  const isEndless = isMarkup && (unclosed !== undefined || endlessElement.test(rest));
  if (isOnlyMarkup || isEndless) return { kind: "page", isOpen: true };
  return { kind: "data", isOpen: rest.length < longestOpening || endlessError.test(rest) };
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
