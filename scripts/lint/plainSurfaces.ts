import type { Rule } from "eslint";

/** Functions and classes of VS Code that show text, and can read syntax in it. */
const surfaces = new Set([
  "showInformationMessage",
  "showWarningMessage",
  "showErrorMessage",
  "withProgress",
  "createQuickPick",
  "showQuickPick",
  "createInputBox",
  "showInputBox",
  "setStatusBarMessage",
  "createStatusBarItem",
  "createTerminal",
  "MarkdownString",
]);
/** Imports of types show nothing. */
const importedFromVsCode =
  "ImportDeclaration[source.value='vscode'][importKind!='type'] > ImportSpecifier[importKind!='type'] > Identifier.imported";
const ownModule = /(^|[\\/])src[\\/]vscode[\\/]surfaces[\\/]/;

/**
 * Keeps the functions of VS Code that show text in one module, which makes all text plain. A name is enough: `vscode` can
 * be imported, destructured or passed on under any name.
 */
export const plainSurfaces: Rule.RuleModule = {
  meta: {
    type: "problem",
    schema: [],
    messages: { direct: "Text can come from outside. Use src/vscode/surfaces instead of {{name}}." },
  },
  create(context) {
    if (ownModule.test(context.filename)) return {};
    const check = (node: Rule.Node, name: unknown): void => {
      if (typeof name === "string" && surfaces.has(name)) {
        context.report({ node, messageId: "direct", data: { name } });
      }
    };
    return {
      "MemberExpression > Identifier.property": (node: Rule.Node & { name: string }) => check(node, node.name),
      "MemberExpression > Literal.property": (node: Rule.Node & { value: unknown }) => check(node, node.value),
      "ObjectPattern > Property > Identifier.key": (node: Rule.Node & { name: string }) => check(node, node.name),
      [importedFromVsCode]: (node: Rule.Node & { name: string }) => check(node, node.name),
    };
  },
};
