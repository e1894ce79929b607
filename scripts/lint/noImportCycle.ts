import path from "node:path";
import type { Rule } from "eslint";
import { importPath, importsIn } from "../../project/importGraph.ts";

/**
 * Forbids import cycles. Unlike the rule of eslint-plugin-import-x, it includes imports of types: two files that need
 * each other's types can be neither moved nor understood separately.
 */
export const noImportCycle: Rule.RuleModule = {
  meta: {
    type: "problem",
    schema: [],
    messages: { cycle: "This import leads back here: {{way}}." },
  },
  create(context) {
    return {
      Program() {
        const { filename, sourceCode } = context;
        for (const { file, start, end } of importsIn(sourceCode.text, filename)) {
          const way = importPath(file, filename);
          if (way === undefined) continue;
          const names = [filename, ...way].map((name) => path.relative(context.cwd, name));
          context.report({
            loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
            messageId: "cycle",
            data: { way: names.join(" → ") },
          });
        }
      },
    };
  },
};
