import type { Encoding } from "../../../../src/table/tableTypes.ts";

export interface SlowRow {
  /** With its newline. */
  readonly text: string;
  readonly cells: string[];
  readonly malformed: boolean;
}

/** Divides a text into rows and fields, one character after the other: slow, and plain to see through. */
export function slowRows(text: string, delimiter: string, quote: string, newline: "\n" | "\r"): SlowRow[] {
  const rows: SlowRow[] = [];
  let rowText = "";
  let cells: string[] = [];
  let field = "";
  let state: "fieldStart" | "bare" | "quoted" | "quoteInQuoted" | "afterQuotes" = "fieldStart";
  let malformed = false;
  const endRow = (): void => {
    if (state === "quoted") malformed = true;
    const ending = newline === "\n" ? /\r*\n?$/ : /\n*\r?$/;
    const last = state === "quoteInQuoted" ? field : field.replace(ending, "");
    rows.push({ text: rowText, cells: [...cells, last], malformed });
    [rowText, cells, field, state, malformed] = ["", [], "", "fieldStart", false];
  };
  /** What comes before a newline and belongs to it. */
  const isOtherEnd = newline === "\n" ? /^\r+(?:\n|$)/ : /^\n+(?:\r|$)/;
  let behind = 0;
  for (const character of text) {
    const offset = behind;
    behind += character.length;
    rowText += character;
    if (state === "quoted" && character !== quote) field += character;
    else if (state === "quoted") state = "quoteInQuoted";
    else if (state === "quoteInQuoted" && character === quote) {
      field += quote;
      state = "quoted";
    } else if (character === delimiter) {
      cells.push(field);
      field = "";
      state = "fieldStart";
    } else if (character === newline) endRow();
    else if (state === "fieldStart" && character === quote) state = "quoted";
    else if (state === "quoteInQuoted" && isOtherEnd.test(text.slice(offset))) continue;
    else {
      if (state === "quoteInQuoted") malformed = true;
      if (state === "quoteInQuoted") state = "afterQuotes";
      if (state === "fieldStart") state = "bare";
      field += character;
    }
  }
  if (rowText !== "") endRow();
  return rows;
}

const windows1252 = new Map(
  Array.from(new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))).map(
    (character, byte) => [character, byte] as const,
  ),
);

/** Characters that windows-1252 has. */
export const windows1252Characters = [...windows1252.keys()];

export function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  if (encoding !== "windows-1252") throw new TypeError(`No test writes ${encoding}.`);
  return Uint8Array.from(Array.from(text, (character) => windows1252.get(character) ?? 0x3f));
}
