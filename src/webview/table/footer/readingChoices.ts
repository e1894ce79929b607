import { t } from "@vscode/l10n";
import { delimiters, type Encoding, encodings, type Escape, type Reading } from "../../../table/tableTypes.ts";

/** An option of a list, with the words for it. */
export interface Choice {
  readonly value: string;
  readonly words: string;
}

/** How values can be quoted. */
export interface QuoteChoice {
  readonly quote: string;
  readonly escape: Escape;
}

/** The delimiter that stands for typing another one. It can't be one itself. */
export const otherDelimiter = "\0";

const quotes: readonly QuoteChoice[] = [
  { quote: '"', escape: "double" },
  { quote: '"', escape: "backslash" },
  { quote: "'", escape: "double" },
  { quote: "'", escape: "backslash" },
  { quote: "", escape: "double" },
];

export function delimiterChoices({ delimiter }: Reading): Choice[] {
  const known = delimiters.includes(delimiter) ? delimiters : [...delimiters, delimiter];
  return [...known, otherDelimiter].map((value) => ({ value, words: delimiterName(value) }));
}

export function quoteChoices(reading: Reading): Choice[] {
  const own = quoteOf(reading);
  const isKnown = quotes.some((known) => quoteKey(known) === quoteKey(own));
  return (isKnown ? quotes : [...quotes, own]).map((value) => ({ value: quoteKey(value), words: quoteName(value) }));
}

export function quoteOf({ quote, escape }: Pick<Reading, "quote" | "escape">): QuoteChoice {
  return { quote, escape: quote === "" ? "double" : (escape ?? "double") };
}

/** The value of an option for a choice, which `quoteAt` turns back. */
export function quoteKey({ quote, escape }: QuoteChoice): string {
  return `${escape} ${quote}`;
}

export function quoteAt(key: string, reading: Reading): QuoteChoice {
  return quotes.find((known) => quoteKey(known) === key) ?? quoteOf(reading);
}

export function encodingChoices(): Choice[] {
  return encodings.map((value) => ({ value, words: encodingName(value) }));
}

export function arrayChoices({ arrays = [] }: Reading): Choice[] {
  return arrays.map((path) => ({ value: JSON.stringify(path), words: path.join(" › ") }));
}

export function arrayAt(key: string, { arrays = [] }: Reading): readonly string[] | undefined {
  return arrays.find((path) => JSON.stringify(path) === key);
}

function delimiterName(delimiter: string): string {
  switch (delimiter) {
    case ",":
      return t("Comma");
    case ";":
      return t("Semicolon");
    case "\t":
      return t("Tab");
    case "|":
      return t("Pipe");
    case " ":
      return t("Space");
    case otherDelimiter:
      return t("Other…");
    default:
      return delimiter.replaceAll(
        /[\0-\u001f]/g,
        (control) => `U+${control.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`,
      );
  }
}

function quoteName({ quote, escape }: QuoteChoice): string {
  if (quote === "") return t("No quotes");
  const sign = quote === '"' ? t("Double quotes") : quote === "'" ? t("Single quotes") : quote;
  return escape === "backslash" ? t("{0}, backslash", sign) : sign;
}

/** Names that the rule of `encodingName` doesn't give. */
const encodingNames: Readonly<Partial<Record<Encoding, string>>> = {
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  big5: "Big5",
  shift_jis: "Shift JIS",
  macintosh: "Mac Roman",
  "x-mac-cyrillic": "Mac Cyrillic",
  "x-user-defined": "x-user-defined",
};

export function encodingName(encoding: Encoding): string {
  const known = encodingNames[encoding];
  if (known !== undefined) return known;
  return encoding.startsWith("windows-") ? encoding.replace("windows-", "Windows ") : encoding.toUpperCase();
}
