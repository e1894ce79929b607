import type { AST } from "@eslint-community/regexpp";

/** Whether a character can be part of a match: ASCII, and never a delimiter, quote or newline. */
type IsSafe = (code: number) => boolean;

/**
 * Whether an expression has the same matches in the raw bytes of delimited rows as in their cells. Its matches contain
 * only ASCII characters that are not a delimiter, quote or newline, so no match extends across cells. Outside of the
 * match it only tests `\b`, which is a boundary at each of these characters.
 */
export function isCellSafe(pattern: AST.Pattern, isSafe: IsSafe): boolean {
  return pattern.alternatives.every((alternative) => sequenceIsSafe(alternative, isSafe));
}

function sequenceIsSafe(alternative: AST.Alternative, isSafe: IsSafe): boolean {
  return alternative.elements.every((element) => elementIsSafe(element, isSafe));
}

function elementIsSafe(element: AST.Element, isSafe: IsSafe): boolean {
  switch (element.type) {
    case "Character":
      return isSafe(element.value);
    case "CharacterClass":
      return !element.negate && element.elements.every((part) => partIsSafe(part, isSafe));
    case "CharacterSet":
      return setIsSafe(element, isSafe);
    case "Group":
      return element.modifiers === null && element.alternatives.every((one) => sequenceIsSafe(one, isSafe));
    case "CapturingGroup":
      return element.alternatives.every((one) => sequenceIsSafe(one, isSafe));
    case "Quantifier":
      return elementIsSafe(element.element, isSafe);
    case "Assertion":
      return element.kind === "word";
    case "Backreference":
    case "ExpressionCharacterClass":
      return false;
  }
}

function partIsSafe(part: AST.CharacterClassElement, isSafe: IsSafe): boolean {
  switch (part.type) {
    case "Character":
      return isSafe(part.value);
    case "CharacterClassRange":
      return rangeIsSafe(part.min.value, part.max.value, isSafe);
    case "CharacterSet":
      return setIsSafe(part, isSafe);
    case "CharacterClass":
    case "ClassStringDisjunction":
    case "ExpressionCharacterClass":
      return false;
  }
}

function setIsSafe(set: AST.CharacterSet, isSafe: IsSafe): boolean {
  if (set.kind !== "digit" && set.kind !== "word") return false;
  if (set.negate) return false;
  const digits = rangeIsSafe(48, 57, isSafe);
  if (set.kind === "digit") return digits;
  return digits && rangeIsSafe(65, 90, isSafe) && rangeIsSafe(97, 122, isSafe) && isSafe(95);
}

function rangeIsSafe(from: number, to: number, isSafe: IsSafe): boolean {
  if (to > 127) return false;
  for (let code = from; code <= to; code++) if (!isSafe(code)) return false;
  return true;
}
