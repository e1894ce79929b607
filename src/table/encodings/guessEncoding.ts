/** A program of its own, because the library's tables are large. It is loaded only for text that isn't UTF-8. */
import { detectAll } from "jschardet";
import { decodeText } from "../source/textDecoding.ts";
import { type Encoding, encodings } from "../tableTypes.ts";

/** How many bytes are examined, around the first one that isn't ASCII. */
const sampleBytes = 32_768;
/** Less confidence than this is due to chance. */
const leastForLetters = 0.02;
const leastForCharacters = 0.008;
/** How much more likely an encoding of single bytes must be than the usual one. */
const muchMoreLikely = 1.3;
const usual: Encoding = "windows-1252";

/** Encodings in which a character can have two bytes. */
const wideEncodings: ReadonlySet<Encoding> = new Set(["shift_jis", "gb18030", "big5", "euc-jp", "euc-kr"]);

/** What the library calls encodings that have another name in the web's standard. */
const otherNames: ReadonlyMap<string, Encoding> = new Map([
  ["cp932", "shift_jis"],
  ["cp949", "euc-kr"],
  ["cp874", "windows-874"],
  ["tis-620", "windows-874"],
  ["gb2312", "gb18030"],
  ["iso-8859-1", "windows-1252"],
  ["iso-8859-9", "windows-1254"],
]);
/** Encodings that a text without their rare letters can't be told from others. */
const detectable =
  /^(?:windows-(?:125\d|874)|iso-8859-(?:2|5|6|7|8)|koi8-[ru]|ibm866|shift_jis|gb18030|big5|euc-jp|euc-kr)$/;

/**
 * Guesses the encoding of a text that isn't UTF-8 or UTF-16.
 *
 * @param bytes the text, or a part of it
 */
export function guessEncoding(bytes: Uint8Array): Encoding {
  const first = bytes.findIndex((byte) => byte > 127);
  const sample = bytes.subarray(Math.max(0, first - (sampleBytes >> 2)), Math.max(0, first) + sampleBytes);
  const usualText = decodeText(sample, usual);
  const found = detectAll(Buffer.from(sample)).flatMap(({ encoding, confidence }) => {
    const known = encodingOf(encoding);
    return known === undefined ? [] : [{ encoding: known, confidence }];
  });
  const usualConfidence = found.find(({ encoding }) => encoding === usual)?.confidence ?? 0;
  for (const { encoding, confidence } of found) {
    if (encoding === usual) return usual;
    if (wideEncodings.has(encoding)) {
      if (confidence >= leastForCharacters && hasWords(sample, encoding)) return encoding;
    } else {
      if (decodeText(sample, encoding) === usualText) return usual;
      if (confidence < Math.max(leastForLetters, usualConfidence * muchMoreLikely)) continue;
      const isLatin2 = encoding === "windows-1250" && decodeText(sample, "iso-8859-2") === decodeText(sample, encoding);
      return isLatin2 ? "iso-8859-2" : encoding;
    }
  }
  return usual;
}

function encodingOf(name: string | null): Encoding | undefined {
  const lower = name?.toLowerCase() ?? "";
  const known = otherNames.get(lower) ?? encodings.find((encoding) => encoding === lower);
  return known !== undefined && detectable.test(known) ? known : undefined;
}

/** Whether most characters of two bytes are next to others, and all are valid. A degree sign before a C is not. */
function hasWords(sample: Uint8Array, encoding: Encoding): boolean {
  const text = decodeText(sample, encoding);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const runs = text.match(/[^\0-\x7f]+/g) ?? [];
  const words = runs.filter((run) => run.length > 1).length;
  return wrong * 50 <= runs.length && words * 2 >= runs.length;
}
