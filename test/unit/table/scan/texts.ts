import fc from "fast-check";
import type { Grammar } from "../../../../src/table/scan/scanner.ts";

export interface GrammarAndText {
  readonly grammar: Grammar;
  readonly text: string;
}

type Delimited = Extract<Grammar, { kind: "delimited" }>;

const delimited: fc.Arbitrary<Delimited> = fc
  .record({
    kind: fc.constant("delimited" as const),
    delimiter: fc.constantFrom(...Array.from(",;\t|", codeOf)),
    quote: fc.constantFrom(codeOf('"'), codeOf('"'), codeOf("'"), undefined),
    newline: fc.constantFrom<10 | 13>(10, 10, 13),
  })
  .chain((grammar) =>
    fc.constantFrom<Delimited>(grammar, grammar, { ...grammar, escapes: true }, { ...grammar, skipsSpaces: true }),
  );

const lines: fc.Arbitrary<Delimited> = fc.record({
  kind: fc.constant("delimited" as const),
  delimiter: fc.constant(0),
  quote: fc.constant(undefined),
  newline: fc.constantFrom<10 | 13 | 30>(10, 13, 30),
  skipsBlank: fc.constant(true as const),
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
      noise(`a \\${delimiter}${quote}${quote}${newline}`),
      noise(`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa${delimiter}${quote}${newline}`),
      wellFormed(delimiter, quote, newline),
    )
    .map((text) => ({ grammar, text }));
});

const json: fc.Arbitrary<GrammarAndText> = fc
  .oneof(
    noise(`abAB\\\\""{}[,,`),
    noise("a1,[[]] \n"),
    noise(`aaaaaaaaaaaaaaaaaaaaaaaaa\\"{}[],,`),
    fc.json({ maxDepth: 4 }),
    fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 20 }).map((values) => JSON.stringify(values).slice(1)),
  )
  .chain((text) =>
    fc
      .constantFrom<Grammar>({ kind: "jsonArray" }, { kind: "jsonArray", reopens: true }, { kind: "jsonValues" })
      .map((grammar) => ({ grammar, text: text.replaceAll(/[^\0-\xff]/g, "x") })),
  );

const lineText: fc.Arbitrary<GrammarAndText> = lines.chain((grammar) =>
  fc.oneof(noise("ab\n\r \t\u001e\0"), noise("aaaaaaaaaaaaaaaaaaa \n\n\r\u001e")).map((text) => ({ grammar, text })),
);

/** A text, and by which rules it is to be read; one byte a character. */
export const anyText: fc.Arbitrary<GrammarAndText> = fc.oneof(
  { weight: 3, arbitrary: delimitedText },
  { weight: 2, arbitrary: json },
  lineText,
);

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
