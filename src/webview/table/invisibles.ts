import { splitAtInvisibles } from "../../model/invisibleCharacters.ts";

/** A text with a sign for every invisible character, for places that show only plain text. */
export function inPlainSigns(text: string): string {
  return splitAtInvisibles(text)
    .map(({ part, isInvisible }) => (isInvisible ? `[${codeOf(part)}]` : part))
    .join("");
}

/** "U+202E". */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
