import { type AST, visitRegExpAST } from "@eslint-community/regexpp";

/**
 * The source of an expression without boundaries and lookarounds, which matches every text that the original matches
 * somewhere.
 *
 * @returns undefined if there is no such expression, for example because of a reference to a group in a lookaround
 */
export function withoutAssertions(pattern: AST.Pattern, source: string): string | undefined {
  const assertions: AST.Assertion[] = [];
  const references: AST.Backreference[] = [];
  visitRegExpAST(pattern, {
    onAssertionEnter: (assertion) => assertions.push(assertion),
    onBackreferenceEnter: (reference) => references.push(reference),
  });
  if (references.length > 0) return undefined;
  let relaxed = "";
  let kept = 0;
  for (const { start, end } of assertions) {
    if (start < kept) continue;
    relaxed += `${source.slice(kept, start)}(?:)`;
    kept = end;
  }
  return relaxed + source.slice(kept);
}
