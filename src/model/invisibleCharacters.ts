import { onFirstUse } from "./onFirstUse.ts";

/**
 * Which characters can't be seen, by one rule for tree and messages, for the names of services, and for the table. It goes
 * by Unicode's properties, not by lists that become out of date:
 *
 * - `Default_Ignorable_Code_Point`: what a font shows nothing for. Zero-width spaces and joiners, direction marks and
 *   overrides, soft hyphens, fillers, variation selectors, tags, and code points reserved for more of them.
 * - Controls (`Cc`), line and paragraph separators (`Zl`, `Zp`), and the annotation marks U+FFF9 to U+FFFB, the only
 *   format characters without a shape that aren't default-ignorable.
 *
 * A joiner or a variation selector directly after a character that is written with it is part of that character, as in
 * emoji and in Arabic, Indic and Mongolian scripts. There it changes what is seen, so it isn't invisible.
 */
const unseen = "[\\p{Default_Ignorable_Code_Point}\\p{Cc}\\p{Zl}\\p{Zp}\\ufff9-\\ufffb]";
const joined = "[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f\\p{M}\\p{Script=Arabic}]\\p{Join_Control}";
const varied = "(?:\\p{Emoji}|\\p{Ideographic}|(?=\\p{L})\\p{Script=Mongolian})\\p{Variation_Selector}";
/** Looks back only from the few characters that can't be seen, so that it is fast in long text. */
const source = `${unseen}(?<!${joined}|${varied})`;

const invisible = onFirstUse(() => new RegExp(source, "u"));
const allInvisible = onFirstUse(() => new RegExp(source, "gu"));
const split = onFirstUse(() => new RegExp(`(${source})`, "u"));
/** What leaves a gap or nothing at all. The braille pattern without dots is the only letter without ink. */
const allBlank = onFirstUse(() => new RegExp(`${unseen}|[\\p{Z}\\s\\u2800]`, "gu"));

/** Whether a text contains characters that can't be seen. */
export function hasInvisibles(text: string): boolean {
  return invisible().test(text);
}

/** The text without characters that can't be seen. Emoji and words that are written with joiners stay. */
export function withoutInvisibles(text: string): string {
  return text.replaceAll(allInvisible(), "");
}

/** Only what has ink: for comparing texts that must not look the same. */
export function withoutBlanks(text: string): string {
  return text.replaceAll(allBlank(), "");
}

/** The parts of a text. Each invisible character is a part of its own. */
export function splitAtInvisibles(text: string): { readonly part: string; readonly isInvisible: boolean }[] {
  return text
    .split(split())
    .map((part, n) => ({ part, isInvisible: n % 2 === 1 }))
    .filter(({ part }) => part !== "");
}
