import { type AST, visitRegExpAST } from "@eslint-community/regexpp";

/**
 * The source of an expression without borders and lookarounds: whatever text the expression matches somewhere, this
 * one matches everywhere.
 *
 * @returns `undefined` when that can't be said, as with references to what a lookaround took
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
