/** Openings that only a page has. No delimiter follows: `<html>,<body>` is a table about HTML. */
const pageOpening = /^<(?:!doctype\s|\?xml\s|html(?:\s[^>]*)?>(?!\s*[,;|\t])|html\s|error>\s*<code>)/i;

/**
 * Whether a text opens as an HTML or XML document does: a login page, or a store's refusal, in the place of data.
 *
 * @param text the beginning, `withoutPreamble`
 */
export function opensAsPage(text: string): boolean {
  return pageOpening.test(text);
}

/** Without blank space and comments, which may stand before a document's own opening. */
export function withoutPreamble(text: string): string {
  let rest = text.trimStart();
  while (rest.startsWith("<!--")) {
    const end = rest.indexOf("-->", 4);
    if (end < 0) return rest;
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}
