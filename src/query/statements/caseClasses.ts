/**
 * Text as an expression that ignores case exactly like a search of the table (`src/table/find/patternExpression.ts`): without
 * the Kelvin sign for `k`, the long s for `s` and the dotless i for `i`. The engine's own `lower`, `upper` and `ILIKE` differ,
 * and are slower than this expression.
 */
export function ignoringCase(text: string): string {
  return Array.from(text, characterClass).join("");
}

/** Any text as an expression. */
export function literally(text: string): string {
  return Array.from(text, escaped).join("");
}

function characterClass(character: string): string {
  const same = character.length === 1 ? sameLetters().get(canonical(character)) : undefined;
  return same === undefined ? escaped(character) : `[${same.map(escaped).join("")}]`;
}

function escaped(character: string): string {
  return /^[a-z0-9 ]$/i.test(character) ? character : String.raw`\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

let letters: ReadonlyMap<string, string[]> | undefined;

/** All letters that have another case, by their canonical one. */
function sameLetters(): ReadonlyMap<string, string[]> {
  if (letters !== undefined) return letters;
  const groups = new Map<string, string[]>();
  for (let code = 0; code < 0x10000; code++) {
    const character = String.fromCharCode(code);
    const other = canonical(character);
    if (other !== character) groups.set(other, [...(groups.get(other) ?? [other]), character]);
  }
  letters = groups;
  return letters;
}

/** As `Canonicalize` of ECMAScript does it for expressions with the flag `i` and without `u`. */
function canonical(character: string): string {
  const upper = character.toUpperCase();
  if (upper.length !== 1) return character;
  return character.charCodeAt(0) >= 128 && upper.charCodeAt(0) < 128 ? character : upper;
}
