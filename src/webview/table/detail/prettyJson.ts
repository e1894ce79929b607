/** Longer values are not formatted, because that would block the page. */
const longestFormatted = 1024 * 1024;
/** Deeper levels are indented like this one, so that brackets alone can't become millions of spaces. */
const deepestIndent = 40;
/** If the formatted text would be longer, the value is shown as it is. */
const longestResult = 8 * 1024 * 1024;

/**
 * Formats a JSON object or array over lines. Every token stays as it is: parsing and printing would change large numbers
 * and escapes.
 *
 * @returns undefined for other text, and for a value that is too long to be formatted
 */
export function prettyJson(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || trimmed.length > longestFormatted || !isJson(trimmed)) return undefined;
  let laidOut = "";
  let depth = 0;
  const breakLine = (): void => {
    laidOut += `\n${"  ".repeat(Math.min(depth, deepestIndent))}`;
  };
  for (const [token] of trimmed.matchAll(/"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    if (laidOut.length > longestResult) return undefined;
    if (token === "{" || token === "[") {
      laidOut += token;
      depth += 1;
      breakLine();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      breakLine();
      laidOut += token;
    } else if (token === ",") {
      laidOut += token;
      breakLine();
    } else {
      laidOut += token === ":" ? ": " : token.replace(/^([[{])\s+/, "$1");
    }
  }
  return laidOut;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
