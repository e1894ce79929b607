import type { CellKind } from "../../src/table/tableTypes.ts";
import type { JsonWriting } from "./fuzzTable.ts";

/** A parsed value that still knows how it is written. */
export interface SlowValue {
  readonly kind: CellKind;
  /** As a cell shows it. */
  readonly text: string;
  readonly members?: readonly (readonly [string, SlowValue])[];
  readonly elements?: readonly SlowValue[];
}

/** One record; undefined instead of a value for a line that is not JSON. */
export interface SlowRecord {
  readonly value: SlowValue | undefined;
  readonly line: string;
}

/** The records of a JSON text, by a parser that reads one character after the other. */
export function slowRecords(text: string, { layout, newline, arrayPath }: JsonWriting): SlowRecord[] {
  switch (layout) {
    case "lines":
      return text
        .split(newline)
        .map(trimmed)
        .filter((line) => line !== "")
        .map(recordOf);
    case "joined": {
      const records: SlowRecord[] = [];
      const parser = new Parser(text);
      while (!parser.isAtEnd()) records.push({ value: parser.value(), line: "" });
      return records;
    }
    case "array":
    case "inner": {
      const whole = new Parser(text).value();
      return (arrayPath.reduce(memberOf, whole).elements ?? []).map((value) => ({ value, line: "" }));
    }
  }
}

function recordOf(line: string): SlowRecord {
  try {
    const parser = new Parser(line);
    const value = parser.value();
    return { value: parser.isAtEnd() ? value : undefined, line };
  } catch {
    return { value: undefined, line };
  }
}

function memberOf({ members = [] }: SlowValue, wanted: string): SlowValue {
  const found = members.find(([key]) => key === wanted);
  if (found === undefined) throw new TypeError(`There is no member ${wanted}.`);
  return found[1];
}

function trimmed(line: string): string {
  return line.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#space();
    return this.#at >= this.#text.length;
  }

  value(): SlowValue {
    this.#space();
    switch (this.#text.charAt(this.#at)) {
      case "{":
        return this.#object();
      case "[":
        return this.#array();
      case '"':
        return { kind: "s", text: this.#string().decoded };
      default:
        return this.#scalar();
    }
  }

  #object(): SlowValue {
    const members: (readonly [string, SlowValue])[] = [];
    const written: string[] = [];
    this.#list("}", () => {
      const key = this.#string();
      this.#space();
      this.#expect(":");
      this.#space();
      const { value, compact } = this.#compact();
      members.push([key.decoded, value]);
      written.push(`${key.written}:${compact}`);
    });
    return { kind: "o", text: `{${written.join(",")}}`, members };
  }

  #array(): SlowValue {
    const elements: SlowValue[] = [];
    const written: string[] = [];
    this.#list("]", () => {
      const { value, compact } = this.#compact();
      elements.push(value);
      written.push(compact);
    });
    return { kind: "o", text: `[${written.join(",")}]`, elements };
  }

  /** A value, and its text without white space between tokens. */
  #compact(): { readonly value: SlowValue; readonly compact: string } {
    const from = this.#at;
    const value = this.value();
    return { value, compact: value.kind === "s" ? this.#text.slice(from, this.#at) : value.text };
  }

  #list(closing: string, readEntry: () => void): void {
    this.#at++;
    this.#space();
    if (this.#text.charAt(this.#at) !== closing) {
      for (;;) {
        this.#space();
        readEntry();
        this.#space();
        if (this.#text.charAt(this.#at) !== ",") break;
        this.#at++;
      }
    }
    this.#expect(closing);
  }

  #string(): { readonly decoded: string; readonly written: string } {
    const from = this.#at;
    let decoded = "";
    this.#expect('"');
    while (this.#text.charAt(this.#at) !== '"') {
      const character = this.#text.charAt(this.#at++);
      if (character < " ") throw new SyntaxError("A control character, or the end of the text");
      decoded += character === "\\" ? this.#escape() : character;
    }
    this.#at++;
    return { decoded, written: this.#text.slice(from, this.#at) };
  }

  #escape(): string {
    const character = this.#text.charAt(this.#at++);
    if (character === "u") {
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(this.#text.slice(this.#at - 4, this.#at), 16));
    }
    const plain = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" }[character] ?? character;
    if (plain === character && !'"\\/'.includes(character)) throw new SyntaxError("An unknown escape");
    return plain;
  }

  #scalar(): SlowValue {
    const from = this.#at;
    while (this.#at < this.#text.length && !' \t\r\n,]}:{["'.includes(this.#text.charAt(this.#at))) this.#at++;
    const text = this.#text.slice(from, this.#at);
    if (text === "null") return { kind: "0", text };
    if (text === "true" || text === "false") return { kind: "b", text };
    if (/^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|NaN|-?Infinity)$/.test(text)) return { kind: "n", text };
    throw new SyntaxError("No value");
  }

  #space(): void {
    while (this.#at < this.#text.length && " \t\r\n".includes(this.#text.charAt(this.#at))) this.#at++;
  }

  #expect(character: string): void {
    if (this.#text.charAt(this.#at++) !== character) throw new SyntaxError(`No ${character}`);
  }
}
