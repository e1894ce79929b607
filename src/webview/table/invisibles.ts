/**
 * Characters that can't be seen: controls, direction marks and overrides, zero-width spaces. Joiners are included only
 * where they join nothing, because emoji and Arabic and Indic scripts need them.
 */
const invisible =
  /([\p{Cc}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{M}\p{Script=Arabic}])[\u200c\u200d])/u;

/** Whether a text needs signs. */
export function hasInvisibles(text: string): boolean {
  return invisible.test(text);
}

/** The parts of a text. Each invisible character is a part of its own. */
export function splitAtInvisibles(text: string): { readonly part: string; readonly isInvisible: boolean }[] {
  return text
    .split(invisible)
    .map((part, n) => ({ part, isInvisible: n % 2 === 1 }))
    .filter(({ part }) => part !== "");
}

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
