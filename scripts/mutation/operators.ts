import ts from "typescript";
import { type Change, isBoolean, reducedTo, replaced } from "./change.ts";

const { SyntaxKind } = ts;

/** By operator of the language, those that it is easily confused with. */
const otherTokens: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [SyntaxKind.LessThanToken, ["<=", ">="]],
  [SyntaxKind.LessThanEqualsToken, ["<", ">"]],
  [SyntaxKind.GreaterThanToken, [">=", "<="]],
  [SyntaxKind.GreaterThanEqualsToken, [">", "<"]],
  [SyntaxKind.EqualsEqualsEqualsToken, ["!=="]],
  [SyntaxKind.ExclamationEqualsEqualsToken, ["==="]],
  [SyntaxKind.AmpersandAmpersandToken, ["||"]],
  [SyntaxKind.BarBarToken, ["&&"]],
  [SyntaxKind.PlusToken, ["-"]],
  [SyntaxKind.MinusToken, ["+"]],
  [SyntaxKind.AsteriskToken, ["/"]],
  [SyntaxKind.SlashToken, ["*"]],
  [SyntaxKind.PercentToken, ["*"]],
  [SyntaxKind.PlusEqualsToken, ["-="]],
  [SyntaxKind.MinusEqualsToken, ["+="]],
  [SyntaxKind.QuestionQuestionEqualsToken, ["="]],
]);

const countingTokens: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.PlusPlusToken, "--"],
  [SyntaxKind.MinusMinusToken, "++"],
]);

/** By method, the one that it is easily confused with; an empty name means that the call is left out. */
const otherMethods: ReadonlyMap<string, string> = new Map([
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["some", "every"],
  ["every", "some"],
  ["min", "max"],
  ["max", "min"],
  ["floor", "ceil"],
  ["ceil", "floor"],
  ["toLowerCase", "toUpperCase"],
  ["toUpperCase", "toLowerCase"],
  ["trim", ""],
  ["filter", ""],
  ["slice", ""],
  ["subarray", ""],
  ["toSorted", ""],
  ["toReversed", ""],
]);

/** Answers what can be wrong with a node. */
export type Operator = (node: ts.Node) => readonly Change[];

const otherOperator: Operator = (node) => {
  if (!ts.isBinaryExpression(node)) return [];
  return (otherTokens.get(node.operatorToken.kind) ?? []).map((text) => replaced(node.operatorToken, text));
};

const missingDefault: Operator = (node) => {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.QuestionQuestionToken) return [];
  return [reducedTo(node, node.left), reducedTo(node, node.right)];
};

const decidedCondition: Operator = (node) => {
  if (ts.isIfStatement(node)) return decided(node.expression, "true", "false");
  if (ts.isConditionalExpression(node)) return decided(node.condition, "true", "false");
  if (ts.isWhileStatement(node) || ts.isDoStatement(node)) return decided(node.expression, "false");
  return ts.isForStatement(node) && node.condition ? decided(node.condition, "false") : [];
};

const missingSign: Operator = (node) => {
  if (!ts.isPrefixUnaryExpression(node)) return [];
  const isSign = node.operator === SyntaxKind.ExclamationToken || node.operator === SyntaxKind.MinusToken;
  return isSign ? [reducedTo(node, node.operand)] : [];
};

const wrongCounting: Operator = (node) => {
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return [];
  const other = countingTokens.get(node.operator);
  if (other === undefined) return [];
  const operand = node.operand.getText();
  return [replaced(node, ts.isPrefixUnaryExpression(node) ? other + operand : operand + other)];
};

const otherLiteral: Operator = (node) => {
  if (isBoolean(node)) return [replaced(node, node.kind === SyntaxKind.TrueKeyword ? "false" : "true")];
  if (ts.isStringLiteral(node)) return [replaced(node, node.text === "" ? '"mutated"' : '""')];
  if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) return [replaced(node, '""')];
  if (ts.isNumericLiteral(node)) return isExact(node) ? [replaced(node, String(Number(node.text) + 1))] : [];
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return [replaced(node, "[]")];
  return ts.isRegularExpressionLiteral(node) ? otherPatterns(node) : [];
};

const otherMethod: Operator = (node) => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { name, expression } = node.expression;
  const other = otherMethods.get(name.text);
  if (other === undefined) return [];
  return [other === "" ? reducedTo(node, expression) : replaced(name, other)];
};

const missingQuestion: Operator = (node) => {
  const token = ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) ? node.questionDotToken : undefined;
  return token === undefined ? [] : [replaced(token, ts.isCallExpression(node) ? "" : ".")];
};

const missingAwait: Operator = (node) => {
  if (!ts.isAwaitExpression(node)) return [];
  // The linter finds a promise that nothing waits for, except one that is marked as intended.
  const mark = ts.isExpressionStatement(node.parent) ? "void " : "";
  return [replaced(node, mark + node.expression.getText())];
};

const missingStatement: Operator = (node) => (isRemovable(node) ? [replaced(node, ";")] : []);

const missingBody: Operator = (node) => {
  const isBody = ts.isBlock(node) && ts.isFunctionLike(node.parent) && node.statements.length > 0;
  return isBody && !ts.isConstructorDeclaration(node.parent) ? [replaced(node, "{}")] : [];
};

export const operators: readonly Operator[] = [
  otherOperator,
  missingDefault,
  decidedCondition,
  missingSign,
  wrongCounting,
  otherLiteral,
  otherMethod,
  missingQuestion,
  missingAwait,
  missingStatement,
  missingBody,
];

/** A condition that is always or never met. */
function decided(condition: ts.Expression, ...texts: readonly string[]): Change[] {
  return isBoolean(condition) ? [] : texts.map((text) => replaced(condition, text));
}

/** Large limits and sizes are a matter of choice, so one more is no mistake. Small and compared numbers are exact. */
function isExact(node: ts.NumericLiteral): boolean {
  if (Number(node.text) <= 2) return true;
  if (ts.isCaseClause(node.parent) || ts.isArrayLiteralExpression(node.parent)) return true;
  return ts.isBinaryExpression(node.parent) && /^[=!<>]/u.test(node.parent.operatorToken.getText());
}

/** The same pattern without an anchor, or without ignoring case. */
function otherPatterns(node: ts.RegularExpressionLiteral): Change[] {
  const text = node.getText();
  const [, pattern = "", flags = ""] = /^\/(.*)\/(\w*)$/su.exec(text) ?? [];
  const patterns = [
    ...(pattern.startsWith("^") ? [`/${pattern.slice(1)}/${flags}`] : []),
    ...(pattern.endsWith("$") && !pattern.endsWith("\\$") ? [`/${pattern.slice(0, -1)}/${flags}`] : []),
    ...(flags.includes("i") ? [`/${pattern}/${flags.replace("i", "")}`] : []),
  ];
  return patterns.filter((other) => other.length > "//u".length).map((other) => replaced(node, other));
}

/** A statement that the language allows to leave out. */
function isRemovable(node: ts.Node): boolean {
  if (ts.isThrowStatement(node) || ts.isContinueStatement(node)) return true;
  if (ts.isReturnStatement(node)) return node.expression === undefined;
  if (ts.isBreakStatement(node)) return !ts.isCaseOrDefaultClause(node.parent);
  return ts.isExpressionStatement(node) && !isCallOfSuper(node.expression);
}

function isCallOfSuper(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.expression.kind === SyntaxKind.SuperKeyword;
}
