const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A header's value as its sender meant it. HTTP counts bytes beyond ASCII as ISO 8859-1, but most servers send UTF-8,
 * and browsers read it.
 *
 * @param value read as ISO 8859-1, so that each character is one byte.
 */
export function headerText(value: string): string {
  if (/^\p{ASCII}*$/u.test(value)) return value;
  try {
    return utf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}
