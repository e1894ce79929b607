import { isSpace } from "../cells/jsonSlices.ts";
import { afterString } from "../cells/jsonText.ts";

/** Deeper levels are indented like this one, so that brackets alone can't become a million spaces. */
const deepestIndent = 40;

export interface LaidOut {
  readonly text: string;
  /** Whether more follows after `text`. */
  readonly cut: boolean;
}

/**
 * Formats JSON with two spaces per level. Tokens stay the same, so numbers keep their digits. Damaged and cut
 * text is formatted, too.
 *
 * @param text JSON, or its beginning
 * @param longest the number of characters after which the formatting stops
 */
export function layOutJson(text: string, longest: number): LaidOut {
  let laidOut = "";
  let depth = 0;
  let position = 0;
  // The text grows piece by piece, and looking at its end would put all pieces together each time.
  let isOpened = false;
  let last = "";
  let isApart = false;
  const newLine = (): string => `\n${"  ".repeat(Math.min(depth, deepestIndent))}`;
  while (position < text.length && laidOut.length < longest) {
    const end = endOfToken(text, position);
    const token = text.slice(position, end);
    position = end;
    if (isSpace(token.charCodeAt(0))) {
      isApart = true;
      continue;
    }
    if (token === "}" || token === "]") {
      depth = Math.max(depth - 1, 0);
      if (!isOpened) laidOut += newLine();
    } else if (isOpened) {
      laidOut += newLine();
    } else if (isApart && isValue(last) && isValue(token)) {
      // Only damaged text has two values without a comma, which must not become one.
      laidOut += " ";
    }
    laidOut += token;
    last = token;
    isApart = false;
    isOpened = token === "{" || token === "[";
    if (isOpened) depth++;
    else if (token === ",") laidOut += newLine();
    else if (token === ":") laidOut += " ";
  }
  return { text: laidOut.slice(0, longest), cut: position < text.length || laidOut.length > longest };
}

/** The end of a string, of white space, of a structural character, or of the text between those. */
function endOfToken(text: string, at: number): number {
  if (text.charAt(at) === '"') return afterString(text, at);
  const space = isSpace(text.charCodeAt(at));
  if (!space && isStructural(text.charAt(at))) return at + 1;
  let end = at + 1;
  while (end < text.length && goesOn(text, end, space)) end++;
  return end;
}

function goesOn(text: string, at: number, space: boolean): boolean {
  if (isSpace(text.charCodeAt(at))) return space;
  return !space && text.charAt(at) !== '"' && !isStructural(text.charAt(at));
}

function isValue(token: string): boolean {
  return token !== "" && !isStructural(token);
}

function isStructural(character: string): boolean {
  return "{}[],:".includes(character);
}
