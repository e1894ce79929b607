/** A program of its own, because the library's tables are large. It is loaded only for text that isn't UTF-8. */
import { analyse } from "chardet";
import { decodeText } from "../source/textDecoding.ts";
import { type Encoding, encodings } from "../tableTypes.ts";
import { bestLanguageFit, type LanguageFit } from "./languageFit.ts";
import { commonShare, isWide, type WideEncoding, wideEncodings } from "./wideEncodings.ts";

/** How many bytes are examined, around the first one that isn't ASCII. */
const sampleBytes = 32_768;
const usual = "windows-1252" satisfies Encoding;

/** A wide encoding is chosen only if so many of its characters are common ones: chance makes rare ones. */
const leastCommon = 0.8;
/** The library's confidence, in percent, from which it has seen enough of a text to know its language. */
const sure = 50;
/** Less confidence than this is due to chance. */
const guessed = 10;
/** The least confidence in another encoding of single bytes than the usual one, and how much more it must be. */
const leastForLetters = 3;
const muchMoreLikely = 1.3;
/** The score for each letter from which a text is in a language that it fits. */
const clearFit = 3;
/** Fewer letters can be so by chance. */
const fewLetters = 4;
/** How likely words are that the next two rules out. */
const unlikely = 0.02;
/** With a smaller share of letters among the characters beyond ASCII in words, these are no words. */
const mostlyLetters = 0.8;
/** With a larger share of them in words of three and more, these are no Latin words. */
const mostlyCrowded = 0.75;
/** m² and m³ end in no letter. */
const cubicUnits = /(?<!\p{L})[cdkm]?m[²³]/gu;
/** The library may find them only in long texts. The first one is preferred. */
const alwaysTried = [usual, "windows-1250", "iso-8859-2"] as const satisfies readonly Encoding[];

const cyrillicEncodings = ["windows-1251", "koi8-r"] as const satisfies readonly Encoding[];

/** What the library calls encodings that have another name in the web's standard. */
const otherNames: ReadonlyMap<string, Encoding> = new Map([
  ["iso-8859-1", "windows-1252"],
  ["iso-8859-9", "windows-1254"],
]);

interface Candidate {
  readonly encoding: Encoding;
  /** From 0 to 100. */
  readonly confidence: number;
}

/**
 * Guesses the encoding of a text that isn't UTF-8 or UTF-16.
 *
 * @param bytes the text, or a part of it
 */
export function guessEncoding(bytes: Uint8Array): Encoding {
  const first = bytes.findIndex((byte) => byte > 127);
  const sample = bytes.subarray(Math.max(0, first - (sampleBytes >> 2)), Math.max(0, first) + sampleBytes);
  const found = analyse(sample).flatMap(({ name, confidence }): Candidate[] => {
    const encoding = encodingOf(name);
    return encoding === undefined ? [] : [{ encoding, confidence }];
  });
  const fit = bestLanguageFit(sample);
  const wide = bestWide(sample, found);
  if (fit !== undefined && (wide === undefined || isClear(fit, wide))) return fit.encoding;
  const narrow = bestNarrow(sample, found);
  if (wide !== undefined && (wide.confidence >= sure || narrow.confidence < sure)) return wide.encoding;
  return narrow.confidence < guessed ? (cyrillic(sample) ?? narrow.encoding) : narrow.encoding;
}

/** Whether a text fits a language so well that chance hardly made it look like wide characters. */
function isClear({ score, letters }: LanguageFit, wide: Candidate): boolean {
  return letters >= fewLetters && score >= clearFit * letters && wide.confidence < sure;
}

function encodingOf(name: string): Encoding | undefined {
  const lower = name.toLowerCase();
  return otherNames.get(lower) ?? encodings.find((encoding) => encoding === lower);
}

/** The wide encoding in which the text has most common characters. Short texts tell the library too little. */
function bestWide(sample: Uint8Array, found: readonly Candidate[]): Candidate | undefined {
  const confidenceIn = (encoding: WideEncoding): number =>
    found.find((candidate) => candidate.encoding === encoding)?.confidence ?? 0;
  const [best] = wideEncodings
    .filter((encoding) => hasWords(sample, encoding))
    .map((encoding) => ({ encoding, confidence: confidenceIn(encoding), share: commonShare(sample, encoding) }))
    .filter(({ share }) => share >= leastCommon)
    .toSorted((one, other) => other.confidence + 100 * other.share - (one.confidence + 100 * one.share));
  return best;
}

/** The encoding of single bytes in which the text has most letters where letters belong. */
function bestNarrow(sample: Uint8Array, found: readonly Candidate[]): Candidate {
  const known = found.filter(({ encoding }) => !isWide(encoding));
  const missing = alwaysTried.filter((encoding) => known.every((candidate) => candidate.encoding !== encoding));
  const narrow = [...known, ...missing.map((encoding) => ({ encoding, confidence: leastForLetters + 1 }))];
  const weighed = narrow.map(({ encoding, confidence }) => ({
    encoding,
    confidence: confidence * wordFit(decodeText(sample, encoding)),
  }));
  const usually = weighed.find(({ encoding }) => encoding === usual) ?? { encoding: usual, confidence: 0 };
  const [best] = weighed.toSorted((one, other) => other.confidence - one.confidence);
  if (best === undefined || decodeText(sample, best.encoding) === decodeText(sample, usual)) return usually;
  return best.confidence >= Math.max(leastForLetters, usually.confidence * muchMoreLikely) ? best : usually;
}

/**
 * The Cyrillic encoding in which a text has words like other texts, mostly of small letters. In another encoding,
 * capitals are in the middle of words.
 */
function cyrillic(sample: Uint8Array): Encoding | undefined {
  const [best] = cyrillicEncodings
    .map((encoding) => ({ encoding, text: decodeText(sample, encoding) }))
    .filter(({ text }) => isCyrillic(text))
    .toSorted((one, other) => smallLetters(other.text) - smallLetters(one.text));
  return best?.encoding;
}

function isCyrillic(text: string): boolean {
  const words = text.match(/[^\0-\x7f]+/g) ?? [];
  const long = words.filter((word) => word.length > 2);
  return long.length * 2 > words.length && long.every((word) => /^\p{Lu}*\p{Ll}*$/u.test(word));
}

function smallLetters(text: string): number {
  return text.match(/\p{Ll}/gu)?.length ?? 0;
}

/**
 * How well the characters beyond ASCII fit into words, from 0 to 1: letters belong there, and in Latin words they stand
 * alone or in pairs. 0 if bytes have no character.
 */
function wordFit(text: string): number {
  if (text.includes("\ufffd")) return 0;
  const words = text.replaceAll(cubicUnits, "");
  const within = (words.match(/(?<=\p{L})[^\0-\x7f]|[^\0-\x7f](?=\p{L})/gu) ?? []).filter(
    (each) => !/\p{P}/u.test(each),
  );
  if (within.length === 0) return 1;
  const letters = within.filter((character) => /\p{L}/u.test(character)).length;
  const crowded = (words.match(/[\u0080-\u024f]{3,}/g) ?? []).join("").length;
  const share = letters / within.length;
  return share < mostlyLetters || crowded > mostlyCrowded * within.length ? share * unlikely : share;
}

/** Whether most characters beyond ASCII are next to others, and all are valid. A degree sign before a C is not. */
function hasWords(sample: Uint8Array, encoding: Encoding): boolean {
  const text = decodeText(sample, encoding);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const runs = text.match(/[^\0-\x7f]+/g) ?? [];
  const words = runs.filter((run) => run.length > 1).length;
  return wrong * 50 <= runs.length && words * 2 >= runs.length;
}
