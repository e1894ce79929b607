import type { Random } from "../../sandbox/sampleData/random.ts";
import { delimiters } from "../../src/table/tableTypes.ts";
import type { DelimitedWriting } from "./fuzzTable.ts";
import { randomLongText, randomWord } from "./randomText.ts";

/** What occurs in a delimited text. */
interface Style {
  readonly random: Random;
  readonly writing: DelimitedWriting;
  readonly rowEnd: string;
  readonly columns: number;
  /** Whether quotes can also be where they don't belong. */
  readonly strays: boolean;
  readonly ragged: number;
  readonly blank: number;
  readonly quoted: number;
  /** The characters that can be in quotes and mean something outside. */
  readonly special: readonly string[];
  readonly long: number;
}

/** A delimited text of about `length` characters. */
export function randomDelimited(random: Random, length: number): { writing: DelimitedWriting; text: string } {
  const style = randomStyle(random);
  const pieces: string[] = [];
  for (let written = 0; written < length;) {
    const row = randomRow(style, length);
    pieces.push(row);
    written += row.length;
  }
  return { writing: style.writing, text: withEnd(pieces.join(""), style) };
}

function randomStyle(random: Random): Style {
  const writing = randomWriting(random);
  const strays = random.chance(0.3);
  // Line endings are counted outside of double quotes, so others only belong in these, and only if all of them match.
  const breaks = strays || writing.quote !== '"' ? [writing.newline] : ["\n", "\r\n", writing.newline];
  const { delimiter, quote } = writing;
  return {
    random,
    writing,
    rowEnd: writing.newline === "\r" ? "\r" : random.pick(["\n", "\r\n", "\r\r\n"]),
    columns: 1 + random.below(random.pick([1, 4, 9, 40])),
    strays,
    ragged: random.pick([0, 0.1, 0.5]),
    blank: random.pick([0, 0, 0.1]),
    quoted: random.pick([0, 0.1, 0.5, 1]),
    special: [delimiter, quote, "\\", " ", ...breaks],
    long: random.pick([0, 0, 0.001, 0.05]),
  };
}

function randomWriting(random: Random): DelimitedWriting {
  const delimiter = random.chance(0.8) ? random.pick(delimiters) : random.pick(["^", "~", ":", " ", "\u0001", "#"]);
  const quote = random.chance(0.7) ? '"' : random.pick(["'", ""]);
  return {
    kind: "delimited",
    delimiter,
    quote,
    escape: quote !== "" && random.chance(0.2) ? "backslash" : "double",
    header: random.chance(0.6),
    newline: random.chance(0.8) ? "\n" : "\r",
  };
}

function randomRow(style: Style, length: number): string {
  const { random, writing, rowEnd, columns, ragged, blank } = style;
  if (random.chance(blank)) return random.pick(["", " "]) + rowEnd;
  const count = random.chance(ragged) ? random.below(columns + 3) : columns;
  const fields = Array.from({ length: count }, () => randomField(style, length));
  return fields.join(writing.delimiter) + rowEnd;
}

function randomField(style: Style, length: number): string {
  const { random, writing, quoted, strays } = style;
  const { quote, delimiter } = writing;
  if (quote !== "" && random.chance(quoted)) {
    const field = quote + quotedText(style, length) + quote;
    if (!strays || random.chance(0.95)) return field;
    return random.pick([field.slice(0, -1), `${field}x`, `${field} `, ` ${field}`, field.slice(1)]);
  }
  const word = random.chance(style.long) && length > 1000 ? randomLongText(random) : randomWord(random);
  const text = strays && random.chance(0.05) ? `${word}${quote}` : word;
  // What has a meaning of its own has it also in the middle of a value that isn't quoted.
  return random.chance(0.98) ? text.replaceAll(delimiter, "") : text;
}

function quotedText(style: Style, length: number): string {
  const { random, writing, special } = style;
  const { quote, escape } = writing;
  let text = random.chance(style.long) && length > 1000 ? randomLongText(random) : "";
  for (let part = random.below(4); part > 0; part--) {
    text += random.chance(0.5) ? randomWord(random) : random.pick(special);
  }
  if (escape === "double") return text.replaceAll(quote, quote + quote);
  return text.replaceAll("\\", "\\\\").replaceAll(quote, random.pick([`\\${quote}`, quote + quote]));
}

/** The last row can end without a newline, or with blank lines and a Ctrl+Z after it. */
function withEnd(text: string, { random, rowEnd }: Style): string {
  const end = random.pick(["", "", "", "blank", "mark", "spaces", "none"]);
  if (end === "none") return text.slice(0, text.length - random.below(rowEnd.length + 1));
  if (end === "blank") return text + rowEnd.repeat(1 + random.below(5));
  if (end === "spaces") return `${text}  ${rowEnd} ${rowEnd}`;
  return end === "mark" ? `${text}\u001a` : text;
}
