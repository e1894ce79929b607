/** What a text contains after everything that may come before the first tag of a page. */
export interface AfterPreamble {
  /** From the first other character. Empty if there is none. */
  readonly rest: string;
  /** Comments or processing instructions came before it, so this is markup. */
  readonly hasMarkup: boolean;
  /** What has begun but not ended. `rest` is empty then. */
  readonly unclosed?: "comment" | "instruction";
}

/** Also byte order marks, as one character or read byte by byte. */
const blanks = /[\s\0\ufeff\xef\xbb\xbf]*/y;
/** `<?xml version…` is not one of them, because it says what the text is. */
const instruction = /<\?(?!xml\s)[a-z]/iy;

/**
 * Skips white space, byte order marks, comments and processing instructions, in any order. The time is proportional to
 * the length of the text.
 */
export function afterPreamble(text: string): AfterPreamble {
  // `?>` may be missing, because browsers also end an instruction at `>`. It is not looked for again and again.
  const lastInstructionEnd = text.lastIndexOf("?>");
  let hasMarkup = false;
  for (let at = 0; ;) {
    at = endOf(blanks, text, at) ?? at;
    if (text.startsWith("<!--", at)) {
      // `<!-->` is a whole comment.
      const end = text.indexOf("-->", at + 2);
      if (end < 0) return { rest: "", hasMarkup: true, unclosed: "comment" };
      at = end + 3;
    } else if (endOf(instruction, text, at) !== undefined) {
      const end = at <= lastInstructionEnd ? text.indexOf("?>", at) + 1 : text.indexOf(">", at);
      if (end < 0) return { rest: "", hasMarkup, unclosed: "instruction" };
      at = end + 1;
    } else return { rest: text.slice(at), hasMarkup };
    hasMarkup = true;
  }
}

function endOf(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : undefined;
}
