import { withoutBlanks } from "../model/invisibleCharacters.ts";

/** Small Latin letters, and letters and digits of other alphabets that look like them, small or capital. */
const lookAlikes: Readonly<Record<string, string>> = {
  a: "аα",
  b: "вβ",
  c: "сϲ",
  d: "ԁ",
  e: "еε",
  h: "нһη",
  i: "іι",
  j: "јϳ",
  k: "кκ",
  l: "ӏ1I|",
  m: "мμ",
  n: "ν",
  o: "оοσ0",
  p: "рρ",
  q: "ԛ",
  s: "ѕ",
  t: "тτ",
  v: "ѵ",
  w: "ԝω",
  x: "хχ",
  y: "уυγ",
  z: "ζ",
};

/** By the letter that looks like another one: the Latin letter. A capital I looks like a small l in every alphabet. */
const latin = new Map(
  Object.entries(lookAlikes).flatMap(([letter, others]) =>
    Array.from(others).flatMap((other) => {
      const capital = letter === "i" ? "l" : letter;
      return other === "I"
        ? [[other, letter]]
        : [
            [other, letter],
            [other.toUpperCase(), capital],
          ];
    }),
  ),
);

/**
 * Alphabets with letters that look like those of another one. Latin letters for phonetics count as an alphabet of their
 * own, because some look like plain ones.
 */
const alphabets = [
  /[a-z\u00c0-\u024f\u1e00-\u1eff]/iu,
  /(?![a-z\u00c0-\u024f\u1e00-\u1eff])\p{Script=Latin}/iu,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Lisu}/u,
  /\p{Script=Hebrew}/u,
] as const;

/** Whether a word of a name has letters of several alphabets that look alike: `Spаaza` with a Cyrillic letter. */
export function mixesAlphabets(name: string): boolean {
  const words = name.normalize("NFKC").split(/[^\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}]+/u);
  return words.some((word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1);
}

/**
 * Whether two names can be taken for each other: case, white space, invisible characters, and letters in other forms or of
 * other alphabets that look the same don't count.
 */
export function areSimilar(one: string, other: string): boolean {
  const others = formsOf(other);
  return formsOf(one).some((form, at) => form === others[at]);
}

/** How a name can be read: letter by letter, by what the letters look like, and the same without regard to case. */
function formsOf(name: string): readonly string[] {
  return [inked(name).toLowerCase(), inLatin(name), inLatin(name.toLowerCase())];
}

function inked(name: string): string {
  return withoutBlanks(name.normalize("NFKC").replaceAll(/\p{C}+/gu, ""));
}

/** In small letters, with the Latin one for each that looks like one. */
function inLatin(name: string): string {
  // Also before the other forms of a letter are replaced, because that turns a ϲ into a letter that looks different.
  return replaced(inked(replaced(name))).toLowerCase();
}

function replaced(name: string): string {
  return Array.from(name, (letter) => latin.get(letter) ?? letter).join("");
}
