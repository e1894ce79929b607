import { afterPreamble } from "./pagePreamble.ts";

/** What the beginning of a text says about it. */
export interface PageJudgement {
  /** It is an HTML or XML document: a sign-in page, or an error from a store, instead of data. */
  readonly isPage: boolean;
  /** More of the text may change that. */
  readonly isOpen: boolean;
}

/** How much of the beginning is examined, in bytes. Whatever comes before the first tag of a page is hardly longer. */
export const examinedBytes = 64 * 1024;
/** Longer than any opening that distinguishes a page from data. */
const longestOpening = 64;

/** No delimiter may follow: `<html>,<body>` is a table about HTML. */
const pageOpening = /^<(?:!doctype\s|\?xml\s|html(?:\s[^>]*)?>(?!\s*[,;|\t])|html\s|error>\s*<code>)/i;
/** As browsers read it, with or without a space. */
const documentType = /^<!doctype(?:[\s>]|html)/i;
/** Any element, but not `<5` or `<b>,`. */
const elementOpening = /^<[a-z][\w:.-]*(?:\s[^<>]*)?\/?>(?![ \t]*[,;|\t])/i;
/** An element whose attributes are longer than the text. */
const endlessElement = /^<[a-z][\w:.-]*\s[^<>]*$/i;
const endlessError = /^<error>\s*$/i;

/**
 * Decides whether a text begins like a page, for downloads and for tables alike. White space, comments and instructions
 * may come first. A comment that never ends is a page.
 *
 * @param text the beginning, of at most `examinedBytes`
 * @param isMarkup the text was announced as markup, so that any element makes it a page
 */
export function judgePage(text: string, isMarkup: boolean): PageJudgement {
  const { rest, hasMarkup, unclosed } = afterPreamble(text);
  if (pageOpening.test(rest) || documentType.test(rest)) return { isPage: true, isOpen: false };
  if (isMarkup && elementOpening.test(rest)) return { isPage: true, isOpen: false };
  const isOnlyMarkup = hasMarkup && rest === "";
  const isEndless = isMarkup && (unclosed !== undefined || endlessElement.test(rest));
  if (isOnlyMarkup || isEndless) return { isPage: true, isOpen: true };
  return { isPage: false, isOpen: rest.length < longestOpening || endlessError.test(rest) };
}
