import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { root } from "../../project/checkout.ts";

const contract = path.join(root, "src", "model", "contract.ts");

/**
 * Writes the types of the API for other extensions. The contract imports nothing, so its declarations are the whole file.
 * @throws when the contract holds something that has no declaration of its own
 */
export async function publishTypes(outFile: string): Promise<void> {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(await readFile(contract, "utf8"), {
    fileName: contract,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2023, strict: true },
  });
  const [problem] = diagnostics;
  if (problem !== undefined) {
    throw new Error(`The API's types could not be made: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
  }
  await mkdir(path.dirname(outFile), { recursive: true });
  await writeFile(outFile, outputText);
}
