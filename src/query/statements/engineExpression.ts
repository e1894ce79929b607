import { patternExpression } from "../../table/find/patternExpression.ts";
import { invalidExpression, unsupportedExpression } from "./queryErrors.ts";

const spaces = String.raw`\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`;
/** All characters that are not in `spaces`, for a class. */
const notSpaces = String.raw`\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`;
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };
/** The engine repeats nothing more often. */
const mostRepetitions = 1_000;

/**
 * A regular expression as the table's search understands it, written for the engine (RE2). The engine has no
 * lookarounds and back references, and of the properties of characters only general categories (`\p{Lu}`) and scripts.
 *
 * Where both differ: characters beyond U+FFFF are always whole, and `\b` knows only ASCII words.
 *
 * @param column its name, for messages
 * @throws ExportError `badQuery`
 */
export function engineExpression(source: string, caseSensitive: boolean, column: string): string {
  let unicode;
  try {
    unicode = patternExpression({ text: source, regex: true, caseSensitive, wholeWord: false }).regex.unicode;
  } catch (error) {
    throw invalidExpression(column, error);
  }
  return `${caseSensitive ? "" : "(?i)"}${new Translation(source, unicode, column).result()}`;
}

class Translation {
  readonly #source: string;
  readonly #unicode: boolean;
  readonly #column: string;
  #at = 0;

  constructor(source: string, unicode: boolean, column: string) {
    this.#source = source;
    this.#unicode = unicode;
    this.#column = column;
  }

  result(): string {
    let result = "";
    while (this.#at < this.#source.length) result += this.#term();
    return result;
  }

  #term(): string {
    const escape = this.#take(/\\(?!$)/y);
    if (escape !== undefined) return this.#escape(false);
    if (this.#take(/\[/y) !== undefined) return this.#class();
    if (this.#take(/\(/y) !== undefined) return this.#group();
    if (this.#take(/\./y) !== undefined) return String.raw`[^\n\r\x{2028}\x{2029}]`;
    const repetition = this.#take(/\{\d+(?:,\d*)?\}/y);
    if (repetition !== undefined) return this.#repetition(repetition);
    return this.#take(/[\^$|)*+?]/y) ?? this.#character();
  }

  #character(): string {
    return literal(this.#take(/[^]/uy) ?? "");
  }

  #repetition(text: string): string {
    if ((text.match(/\d+/g) ?? []).some((count) => Number(count) > mostRepetitions)) throw this.#unsupported(text);
    return text;
  }

  #group(): string {
    const start = this.#take(/\?(?::|<?[=!]|<[^>]*>|[a-z-]*:)/y);
    if (start === undefined || start === "?:" || /^\?<[^=!]/.test(start)) return "(?:";
    throw this.#unsupported(`(${start}`);
  }

  #class(): string {
    const negated = this.#take(/\^/y) !== undefined;
    if (this.#take(/\]/y) !== undefined)
      return negated ? String.raw`[\x{0}-\x{10ffff}]` : String.raw`[^\x{0}-\x{10ffff}]`;
    let items = "";
    while (this.#take(/\]/y) === undefined) {
      if (this.#take(/\\/y) !== undefined) items += this.#escape(true);
      // A hyphen next to a class such as \d, or at an end, stands for itself.
      else if (this.#take(/-(?=\])|-(?=\\[dswp])/iy) !== undefined) items += String.raw`\-`;
      else items += this.#take(/-/y) === undefined ? this.#character() : this.#hyphen(items);
    }
    return `[${negated ? "^" : ""}${items}]`;
  }

  #hyphen(before: string): string {
    return before === "" || /\\[dDwW]$|\\p\{[^}]*\}$/i.test(before) || before.endsWith(spaces) ? String.raw`\-` : "-";
  }

  /** The rest of an escape, after its backslash. */
  #escape(inClass: boolean): string {
    const property = this.#take(/[pP]\{[^}]*\}/y);
    if (property !== undefined && this.#unicode) return this.#property(property);
    if (property !== undefined) this.#at -= property.length;
    const code = this.#take(/x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]+\}/iy);
    if (code !== undefined) return this.#code(code);
    const control = this.#take(/c[a-z]/iy);
    if (control !== undefined) return hexadecimal((control.codePointAt(1) ?? 0) % 32);
    const reference = this.#take(/[1-9]\d*|0\d+|k<[^>]*>/y);
    if (reference !== undefined) throw this.#unsupported(`\\${reference}`);
    const letter = this.#take(/[^]/uy) ?? "";
    return this.#letter(letter, inClass);
  }

  #letter(letter: string, inClass: boolean): string {
    const known = controls[letter];
    if (known !== undefined) return hexadecimal(known);
    if (letter === "d" || letter === "D" || letter === "w" || letter === "W") return `\\${letter}`;
    if (letter === "s") return inClass ? spaces : `[${spaces}]`;
    if (letter === "S") return inClass ? notSpaces : `[${notSpaces}]`;
    if (letter === "b") return inClass ? hexadecimal(8) : String.raw`\b`;
    if (letter === "B" && !inClass) return String.raw`\B`;
    return literal(letter);
  }

  #code(text: string): string {
    const code = Number.parseInt(text.replace(/[^\da-f]/gi, ""), 16);
    const low = code >= 0xd800 && code < 0xdc00 ? this.#take(/\\u[dD][c-fC-F][\da-fA-F]{2}/y) : undefined;
    if (low === undefined) return code >= 0xd800 && code < 0xe000 ? this.#alone(text) : hexadecimal(code);
    return hexadecimal((code - 0xd800) * 0x400 + Number.parseInt(low.slice(2), 16) - 0xdc00 + 0x10000);
  }

  #alone(text: string): never {
    throw this.#unsupported(`\\${text}`);
  }

  #property(text: string): string {
    const name = text.slice(2, -1).replace(/^(?:General_Category|gc|Script|sc)=/, "");
    const isCategory = /^(?:[CLMNPSZ]|C[cf]|L[lmotu]|M[cen]|N[dlo]|P[cdefios]|S[ckmo]|Z[lps])$/.test(name);
    const isScript = /^(?:Script|sc)=[A-Z][a-z]{4,}$/.test(text.slice(2, -1));
    if (!isCategory && !isScript) throw this.#unsupported(`\\${text}`);
    return `\\${text.charAt(0)}{${name}}`;
  }

  #unsupported(part: string) {
    return unsupportedExpression(this.#column, part);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

function literal(character: string): string {
  return /^[a-z0-9 ]$/i.test(character) ? character : hexadecimal(character.codePointAt(0) ?? 0);
}

function hexadecimal(code: number): string {
  return String.raw`\x{${code.toString(16)}}`;
}
