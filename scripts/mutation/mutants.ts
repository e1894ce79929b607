import ts from "typescript";
import type { Change } from "./change.ts";
import { operators } from "./operators.ts";

/** One deliberate mistake in a source text. */
export interface Mutant extends Change {
  /** What is replaced. */
  readonly original: string;
  /** A test that does not reach this offset can't notice the mistake. */
  readonly reachedAt: number;
  /** Counted from 1. */
  readonly line: number;
  /** The whole line without the mistake. */
  readonly lineText: string;
}

/** Functions whose texts are for people; no test compares the words. */
const wordsForPeople = /^(?:t|\w*Error|log|warn)$/u;

/** Every mistake that the operators can make in a text, in the order of the text. */
export function mutantsOf(text: string, fileName: string): Mutant[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, true);
  const lines = text.split("\n");
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) return;
    for (const change of operators.flatMap((operator) => operator(node))) {
      const { line } = source.getLineAndCharacterOfPosition(change.start);
      const original = text.slice(change.start, change.end);
      const lineText = lines[line]?.trim() ?? "";
      mutants.push({ ...change, original, reachedAt: node.getStart(), line: line + 1, lineText });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants.toSorted((one, other) => one.start - other.start || one.end - other.end);
}

/** The text with the mistake in it. */
export function mutated(text: string, { start, end, text: replacement }: Change): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** What a mistake changes, in one line. */
export function changeOf({ original, text }: Pick<Mutant, "original" | "text">): string {
  const inOneLine = (part: string): string => part.replaceAll(/\s+/gu, " ");
  return `${inOneLine(original)} → ${text === "" ? "nothing" : inOneLine(text)}`;
}

/** Types, imports and words for people are not mutated. */
function isLeftAlone(node: ts.Node): boolean {
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return isNameOrWords(node);
  return false;
}

function isNameOrWords(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  const name = ts.isPropertyAccessExpression(parent.expression) ? parent.expression.name : parent.expression;
  return wordsForPeople.test(name.getText());
}
