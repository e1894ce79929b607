import ts from "typescript";

/** A part of a source text, and what replaces it. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces a whole node, but not the comments before it. */
export function replaced(node: ts.Node, text: string): Change {
  return { start: node.getStart(), end: node.getEnd(), text };
}

/** Leaves only one part of a node. */
export function reducedTo(node: ts.Node, part: ts.Node): Change {
  return replaced(node, part.getText());
}

/** Whether a node is exactly `true` or `false`. */
export function isBoolean(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}
