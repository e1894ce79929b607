import type { Random } from "../../sandbox/sampleData/random.ts";
import type { Encoding } from "../../src/table/tableTypes.ts";
import { encodable } from "./encodedText.ts";
import type { FuzzTable } from "./fuzzTable.ts";
import { randomDelimited } from "./randomDelimited.ts";
import { randomJson } from "./randomJson.ts";

const unicode: readonly Encoding[] = ["utf-8", "utf-8", "utf-8", "utf-16le", "utf-16be"];
const others: readonly Encoding[] = [
  ...(["windows-1252", "iso-8859-2", "windows-1251", "koi8-r", "ibm866"] as const),
  ...(["shift_jis", "gbk", "gb18030", "big5", "euc-kr", "euc-jp"] as const),
];
/** About as many characters as a table has: none, a few, around the borders of pages and anchors, or many. */
function randomLength(random: Random, most: number): number {
  const size = random.pick([0, 40, 400, 4_000, 66_000, 140_000, 1_100_000, most]);
  return Math.min(most, random.chance(0.3) ? size : random.below(size + 1));
}

/** @param most about how many characters it has at most */
export function randomTable(random: Random, most: number): FuzzTable {
  const length = randomLength(random, most);
  const encoding = random.pick(random.chance(0.75) ? unicode : others);
  const mark = encoding.startsWith("utf-") && random.chance(0.4);
  if (random.chance(0.35)) {
    const { writing, text } = randomJson(random, length);
    // Escapes keep characters that an encoding doesn't have out of the way of JSON's own.
    const wide = encoding.startsWith("utf-") ? encoding : "utf-8";
    const extension = writing.layout === "lines" ? "jsonl" : "json";
    return { fileName: `fuzz.${extension}`, text, encoding: wide, mark, writing };
  }
  const { writing, text } = randomDelimited(random, length);
  return { fileName: "fuzz.csv", text: encodable(text, encoding), encoding, mark, writing };
}
