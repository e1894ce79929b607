import type { Random } from "../../sandbox/sampleData/random.ts";

const words = ["id", "name", "Ann", "foo", "bar", "null", "NaN", "0", "12.50", "-7", "1,5", "2026-01-31", "true", "x"];
const letters = [
  "a",
  "b",
  "c",
  "Z",
  " ",
  "_",
  "-",
  ".",
  ":",
  "/",
  "é",
  "ß",
  "Ж",
  "я",
  "中",
  "ソ",
  "表",
  "한",
  "😀",
  "€",
  "“",
];
const longest = 300 * 1024;

/** A value without delimiters, quotes and line breaks. */
export function randomWord(random: Random): string {
  if (random.chance(0.6)) return random.pick(words);
  return Array.from({ length: random.below(8) }, () => random.pick(letters)).join("");
}

/** A value of up to a few 100 KiB. */
export function randomLongText(random: Random): string {
  const piece = `${randomWord(random)} ${randomWord(random)}-`;
  return piece.repeat(Math.ceil(random.below(longest) / piece.length));
}
