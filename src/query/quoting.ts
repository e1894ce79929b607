/** A text as a statement contains it. For paths of our own, because `ATTACH` takes no parameters. */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a statement contains it. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
