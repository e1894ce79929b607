const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Are only compared and sent back, where each character has to be one byte again. */
const validators = new Set(["etag", "last-modified"]);

/**
 * A header's value as its sender meant it. HTTP counts bytes beyond ASCII as ISO 8859-1, but most servers send UTF-8,
 * and browsers read it. Validators stay as they came.
 *
 * @param name in lower case.
 * @param value read as ISO 8859-1, so that each character is one byte.
 */
export function headerText(name: string, value: string): string {
  if (validators.has(name) || /^\p{ASCII}*$/u.test(value)) return value;
  try {
    return utf8.decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}
