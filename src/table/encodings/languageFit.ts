import { decodeText } from "../source/textDecoding.ts";
import type { Encoding } from "../tableTypes.ts";
import { type Language, writtenIn } from "./languages.ts";

/** How well the words of a text fit a language, in one encoding. */
export interface LanguageFit {
  readonly encoding: Encoding;
  /** For all letters beyond ASCII together. */
  readonly score: number;
  /** How many letters beyond ASCII the text has. */
  readonly letters: number;
}

/** Pairs before this place are very frequent. */
const veryFrequent = 40;
const isLetter = 2;
const noLetter = -8;
const oddCase = -4;

/** More words than these say nothing new. */
const mostWords = 400;
/** Signs that stand before or after words. In another encoding they are letters. */
const signs = /^[£¥¢€§¿¡±µ°×©®«](?!\p{Ll})|[ºª°®©»]$/gu;
/** m² and m³ end in no letter, and µm begins with none. */
const units = /^(?:[cdkm]?m[²³]|µ\p{L}{1,2})$/u;

/** Western names are the most frequent ones. How much better others have to fit, more or less. */
const headStarts: Partial<Record<Encoding, number>> = {
  "windows-1252": 3,
  "windows-1251": 1,
  "windows-1253": 1,
  "windows-1257": -3,
  "koi8-r": -2,
  "iso-8859-5": -2,
  ibm866: -2,
  "x-mac-cyrillic": -3,
  "windows-1255": -4,
  "windows-1256": -4,
};
/** With a lower score for each letter, the text is in none of the languages. In other scripts, each letter counts. */
const leastFit = 1.5;
const leastFitOfScript = 2;
const latinEncodings: readonly Encoding[] = [
  "windows-1252",
  "windows-1250",
  "iso-8859-2",
  "windows-1254",
  "windows-1257",
];

/** The encoding whose languages a text fits best. Undefined if it fits none of them. */
export function bestLanguageFit(sample: Uint8Array): LanguageFit | undefined {
  const headStart = ({ encoding }: LanguageFit): number => headStarts[encoding] ?? 0;
  const [best] = languageFits(sample).toSorted((a, b) => b.score + headStart(b) - (a.score + headStart(a)));
  if (best === undefined || best.letters === 0) return undefined;
  const least = latinEncodings.includes(best.encoding) ? leastFit : leastFitOfScript;
  return best.score >= least * best.letters ? best : undefined;
}

/**
 * How well a text fits the languages of each encoding. Each word counts for the language that it fits best, because a
 * table can have names from several countries.
 */
function languageFits(sample: Uint8Array): LanguageFit[] {
  const words = wordsOf(sample);
  return writtenIn.map(([encoding, languages]) => {
    let score = 0;
    let letters = 0;
    for (const word of words) {
      const text = decodeText(word, encoding);
      letters += text.match(/[^\0-\u007f]/g)?.length ?? 0;
      const lower = lowerCase(text);
      score += Math.max(...languages.map((language) => wordFit(lower, language))) + caseFit(text);
    }
    return { encoding, score, letters };
  });
}

/** Words with bytes above 127, without signs around them. Single letters and what belongs to a number say nothing. */
function wordsOf(sample: Uint8Array): Uint8Array[] {
  const text = decodeText(sample, "windows-1252");
  const words: Uint8Array[] = [];
  for (const { 0: token, index } of text.matchAll(
    /(?<![\w\u0080-\uffff])[A-Za-z\u0080-\uffff]{2,}(?![\w\u0080-\uffff])/g,
  )) {
    if (!/[^\0-\u007f]/.test(token) || units.test(token)) continue;
    const begin = token.length - token.replace(/^[£¥¢€§¿¡±µ°×©®«](?!\p{Ll})/u, "").length;
    const end = token.length - token.replace(signs, "").length - begin;
    const word = sample.subarray(index + begin, index + token.length - Math.max(0, end));
    if (word.some((byte) => byte > 127)) words.push(word);
    if (words.length === mostWords) break;
  }
  return words;
}

function wordFit(word: string, { letters, pairs }: Language): number {
  const all = Array.from(` ${word} `, (character) => (/\p{P}/u.test(character) ? " " : character));
  let fit = 0;
  for (const [at, character] of all.entries()) {
    if (character < "\u0080") continue;
    const isMixed = isOtherScript(character) && /[a-z]/.test(`${all[at - 1] ?? ""}${all[at + 1] ?? ""}`);
    if (!letters.has(character) || isMixed) {
      fit += noLetter;
      continue;
    }
    fit += isLetter + pairFit(pairs.get(`${all[at - 1] ?? " "}${character}`));
    fit += pairFit(pairs.get(`${character}${all[at + 1] ?? " "}`));
  }
  return fit;
}

/** Greek, Cyrillic and so on, which no word mixes with Latin letters. */
function isOtherScript(character: string): boolean {
  return character >= "\u0370";
}

function pairFit(place: number | undefined): number {
  if (place === undefined) return -1;
  return place < veryFrequent ? 2 : 1;
}

/** Capitals in the middle of a word belong to another encoding. */
function caseFit(word: string): number {
  return (word.match(/\p{Ll}(?=\p{Lu})/gu)?.length ?? 0) * oddCase;
}

/** The small dotted i of Turkish is one of ASCII. */
function lowerCase(text: string): string {
  return text.replaceAll("İ", "i").toLowerCase();
}
