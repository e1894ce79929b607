const token =
  /\s+|--[^\r\n]*|\/\*[^]*?\*\/|(?<text>[eE]'(?:[^'\\]|''|\\[^])*'?|'(?:[^']|'')*'?)|(?<dollar>\$(?<tag>[A-Za-z_]\w*)?\$[^]*?(?:\$\k<tag>\$|$))|"(?<quoted>(?:[^"]|"")*)"?|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<other>[^])/gu;

/**
 * The words and characters of a statement, without spaces and comments. Words are in lower case, also if they are quoted. Each
 * text stands for itself as `'`.
 */
export function tokensOf(sql: string): string[] {
  return [...sql.matchAll(token)].flatMap(({ groups = {} }) => {
    const { text, dollar, quoted, word, other } = groups;
    if (text !== undefined || dollar !== undefined) return ["'"];
    const found = quoted?.replaceAll('""', '"') ?? word ?? other;
    return found === undefined ? [] : [found.toLowerCase()];
  });
}
