import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { root } from "../../project/checkout.ts";

const readFile = (file: string): string | undefined => ts.sys.readFile(file);

/** Complaints about style, not about types. A mutant with one of them runs, so a test has to find it. */
const styleOptions = { allowUnreachableCode: true, noUnusedLocals: false, noUnusedParameters: false };

/** Tells whether a mutant compiles: a mistake that the compiler finds needs no test. */
export class Compilation {
  readonly #service: ts.LanguageService;
  readonly #files: readonly string[];
  /** The one file whose text is not the one on the disk. */
  #changed: { file: string; text: string; version: number } | undefined;
  #changes = 0;

  constructor() {
    const config: unknown = ts.readConfigFile(path.join(root, "tsconfig.json"), readFile).config;
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    this.#files = fileNames.filter((file) => file.startsWith(path.join(root, "src")));
    this.#service = ts.createLanguageService(this.#host({ ...options, ...styleOptions }));
  }

  /** Whether a file compiles with this text. Callers of what it exports are not checked. */
  accepts(file: string, text: string): boolean {
    this.#changes += 1;
    this.#changed = { file, text, version: this.#changes };
    return (
      this.#service.getSyntacticDiagnostics(file).length === 0 &&
      this.#service.getSemanticDiagnostics(file).length === 0
    );
  }

  #host(options: ts.CompilerOptions): ts.LanguageServiceHost {
    return {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.#files],
      getScriptVersion: (file) => (this.#changed?.file === file ? String(this.#changed.version) : "0"),
      getScriptSnapshot: (file) => {
        if (this.#changed?.file === file) return ts.ScriptSnapshot.fromString(this.#changed.text);
        return ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8")) : undefined;
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      fileExists: (file) => ts.sys.fileExists(file),
      readFile,
      readDirectory: (...args) => ts.sys.readDirectory(...args),
    };
  }
}
