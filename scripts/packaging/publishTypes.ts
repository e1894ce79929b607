import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { root } from "../../project/checkout.ts";

/** The files of the contract. They import only each other. */
const files = ["contract.ts", "creationContract.ts", "queryContract.ts", "tableContract.ts"];
const linesBetweenFiles = /^(?:import|export) type .* from "[^"]*";\n/gm;

/**
 * Writes the types of the API for other extensions, in one file.
 * @throws when the contract holds something that has no declaration of its own
 */
export async function publishTypes(outFile: string): Promise<void> {
  const declarations: string[] = [];
  for (const name of files) declarations.push(await declarationsIn(path.join(root, "src", "model", name)));
  await mkdir(path.dirname(outFile), { recursive: true });
  await writeFile(outFile, declarations.join("\n"));
}

async function declarationsIn(file: string): Promise<string> {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(await readFile(file, "utf8"), {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2023, strict: true },
  });
  const [problem] = diagnostics;
  if (problem !== undefined) {
    throw new Error(`The API's types could not be made: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
  }
  return outputText.replaceAll(linesBetweenFiles, "");
}
