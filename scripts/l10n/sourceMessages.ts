import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { root } from "../../project/checkout.ts";

/** One `t(…)` in the sources. */
export interface TranslatedCall {
  /** The English sentence, which is also its key in the bundles. */
  readonly message: string;
  /** How many values the call fills in. */
  readonly values: number;
  /** File and line, for a person. */
  readonly place: string;
}

/**
 * Every sentence under `src` that goes through `t` of `@vscode/l10n`, in the order of the files. The compiler's own
 * parser looks for them: `vscode-l10n-dev` finds `l10n.t(…)` only, not a `t` that was imported by its name.
 * @throws for a sentence that is put together at run time, as no bundle can hold it
 */
export async function translatedCalls(): Promise<TranslatedCall[]> {
  const folder = path.join(root, "src");
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts")).toSorted();
  const calls = await Promise.all(files.map((name) => callsIn(path.join(folder, name))));
  return calls.flat();
}

/** The English bundle: each sentence once, sorted, with itself as its key. */
export function bundleOf(calls: readonly TranslatedCall[]): Record<string, string> {
  const messages = new Set(calls.map(({ message }) => message));
  return Object.fromEntries([...messages].toSorted().map((message) => [message, message]));
}

async function callsIn(file: string): Promise<TranslatedCall[]> {
  const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.ES2023, true);
  if (!importsT(source)) return [];
  const calls: TranslatedCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "t") {
      calls.push(translatedCall(node, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

function importsT(source: ts.SourceFile): boolean {
  return source.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
    const named = statement.importClause?.namedBindings;
    if (statement.moduleSpecifier.text !== "@vscode/l10n" || named === undefined || !ts.isNamedImports(named)) return false;
    return named.elements.some((element) => element.name.text === "t");
  });
}

function translatedCall(call: ts.CallExpression, source: ts.SourceFile): TranslatedCall {
  const { line } = source.getLineAndCharacterOfPosition(call.getStart());
  const place = `${path.relative(root, source.fileName)}:${line + 1}`;
  const [message, ...values] = call.arguments;
  if (message === undefined || !ts.isStringLiteralLike(message)) {
    throw new Error(`${place}: t() takes its sentence as one literal, so that it can be translated.`);
  }
  return { message: message.text, values: values.length, place };
}
