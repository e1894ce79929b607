/** The beginning of a page. No delimiter may follow: `<html>,<body>` is a table about HTML. */
const pageOpening = /^<(?:!doctype\s|\?xml\s|html(?:\s[^>]*)?>(?!\s*[,;|\t])|html\s|error>\s*<code>)/i;

/**
 * Whether a text begins like an HTML or XML document: a sign-in page, or an error from a store, instead of data.
 *
 * @param text the beginning, `withoutPreamble`
 */
export function opensAsPage(text: string): boolean {
  return pageOpening.test(text);
}

/** Without white space and comments, which may come before a document's first tag. */
export function withoutPreamble(text: string): string {
  let rest = text.trimStart();
  while (rest.startsWith("<!--")) {
    const end = rest.indexOf("-->", 4);
    if (end < 0) return rest;
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}
