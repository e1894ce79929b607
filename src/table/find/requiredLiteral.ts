import type { AST } from "@eslint-community/regexpp";

/** What is known about every text that a part of an expression matches. */
interface Known {
  /** It is exactly this text, apart from the case of letters. */
  readonly exact?: string;
  readonly begins: string;
  readonly ends: string;
  /** It contains each of these. */
  readonly contains: readonly string[];
}

const nothing: Known = { begins: "", ends: "", contains: [] };
/** Repeated pieces are not extended beyond this length. */
const longestPiece = 256;

/**
 * Texts that every match of an expression contains, in any case of letters if the expression ignores case. Pieces can
 * be empty.
 */
export function requiredLiterals(pattern: AST.Pattern): readonly string[] {
  return ofAlternatives(pattern.alternatives).contains;
}

function ofAlternatives(alternatives: readonly AST.Alternative[]): Known {
  const [first, ...others] = alternatives.map(ofSequence);
  if (first === undefined) return nothing;
  if (others.every((other) => other.exact !== undefined && other.exact === first.exact)) return first;
  const contains = first.contains.filter((piece) =>
    others.every((other) => other.contains.some((text) => text.includes(piece))),
  );
  return { ...nothing, contains };
}

function ofSequence(alternative: AST.Alternative): Known {
  let begins: string | undefined;
  let run = "";
  const contains: string[] = [];
  for (const element of alternative.elements) {
    // An assertion has no length, so it doesn't separate its neighbors.
    if (element.type === "Assertion") continue;
    const known = ofElement(element);
    if (known.exact === undefined) {
      begins ??= run + known.begins;
      contains.push(run + known.begins, ...known.contains);
      run = known.ends;
    } else run += known.exact;
  }
  contains.push(run);
  return begins === undefined ? exactly(run) : { begins, ends: run, contains };
}

function ofElement(element: Exclude<AST.Element, AST.Assertion>): Known {
  switch (element.type) {
    case "Character":
      return exactly(String.fromCodePoint(element.value));
    case "CharacterClass":
      return ofClass(element);
    case "Group":
      return element.modifiers === null ? ofAlternatives(element.alternatives) : nothing;
    case "CapturingGroup":
      return ofAlternatives(element.alternatives);
    case "Quantifier":
      return ofQuantifier(element);
    case "Backreference":
    case "CharacterSet":
    case "ExpressionCharacterClass":
      return nothing;
  }
}

function ofClass(characters: AST.CharacterClass): Known {
  const [only, ...others] = characters.elements;
  if (characters.negate || only?.type !== "Character" || others.length > 0) return nothing;
  return exactly(String.fromCodePoint(only.value));
}

function ofQuantifier({ min, max, element }: AST.Quantifier): Known {
  if (min === 0 || element.type === "Assertion") return nothing;
  const known = ofElement(element);
  if (known.exact === undefined || known.exact === "") return known;
  const times = Math.min(min, Math.max(1, Math.floor(longestPiece / known.exact.length)));
  const run = known.exact.repeat(times);
  return times === max ? exactly(run) : { begins: run, ends: run, contains: [run] };
}

function exactly(text: string): Known {
  return { exact: text, begins: text, ends: text, contains: [text] };
}
