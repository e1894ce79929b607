import fc from "fast-check";
import type { Grammar } from "../../../../src/table/scan/scanner.ts";

export interface GrammarAndText {
  readonly grammar: Grammar;
  readonly text: string;
}

const delimited: fc.Arbitrary<Extract<Grammar, { kind: "delimited" }>> = fc.record({
  kind: fc.constant("delimited" as const),
  delimiter: fc.constantFrom(...Array.from(",;\t|", codeOf)),
  quote: fc.constantFrom(codeOf('"'), codeOf('"'), codeOf("'"), undefined),
  newline: fc.constantFrom(10, 10, 13),
});

/** Text in which structure is everywhere, right and wrong. */
function noise(characters: string): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(characters)), maxLength: 400, size: "max" });
}

/** Rows as programs write them: any field may be quoted, those that must be are. */
function wellFormed(delimiter: string, quote: string, newline: string): fc.Arbitrary<string> {
  const value = fc.string({
    unit: fc.constantFrom("a", "b", "A", "B", " ", "\r", delimiter, quote, newline),
    maxLength: 30,
  });
  const field = fc.tuple(value, fc.boolean()).map(([text, quoted]) => {
    const mustQuote = text.includes(delimiter) || text.includes(newline) || text.startsWith(quote);
    return quoted || mustQuote ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}` : text;
  });
  const row = fc.array(field, { minLength: 1, maxLength: 6 }).map((fields) => fields.join(delimiter));
  return fc.array(row, { maxLength: 30, size: "max" }).map((rows) => rows.join(newline));
}

const delimitedText: fc.Arbitrary<GrammarAndText> = delimited.chain((grammar) => {
  const delimiter = String.fromCharCode(grammar.delimiter);
  const quote = String.fromCharCode(grammar.quote ?? codeOf('"'));
  const newline = String.fromCharCode(grammar.newline);
  return fc
    .oneof(
      noise(`abAB\n\r\0ÿ${delimiter}${quote}${quote}${newline}`),
      noise(`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa${delimiter}${quote}${newline}`),
      wellFormed(delimiter, quote, newline),
    )
    .map((text) => ({ grammar, text }));
});

const json: fc.Arbitrary<GrammarAndText> = fc
  .oneof(
    noise(`abAB\\\\""{}[,,`),
    noise(`aaaaaaaaaaaaaaaaaaaaaaaaa\\"{}[],,`),
    fc.json({ maxDepth: 4 }),
    fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 20 }).map((values) => JSON.stringify(values).slice(1)),
  )
  .map((text) => ({ grammar: { kind: "jsonArray" }, text: text.replaceAll(/[^\0-\xff]/g, "x") }));

/** A text, and by which rules it is to be read; one byte a character. */
export const anyText: fc.Arbitrary<GrammarAndText> = fc.oneof({ weight: 2, arbitrary: delimitedText }, json);

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
