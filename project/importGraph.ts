import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** One file's mention of another one of the checkout. */
export interface Import {
  /** The absolute path of the file that is imported. */
  file: string;
  /** Where the path is written in the importing text. */
  start: number;
  end: number;
}

interface KnownFile {
  modifiedAt: number;
  imports: readonly Import[];
}

const known = new Map<string, KnownFile>();

/** What a file imports from this checkout, imports of types included. Read again only when the file has changed. */
export function importsOf(file: string): readonly Import[] {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) return [];
  const before = known.get(file);
  if (before?.modifiedAt === found.mtimeMs) return before.imports;
  const imports = importsIn(readFileSync(file, "utf8"), file);
  known.set(file, { modifiedAt: found.mtimeMs, imports });
  return imports;
}

/** The same for a text that may not be on the disk. */
export function importsIn(text: string, file: string): readonly Import[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName, pos, end }) => ({ file: path.resolve(path.dirname(file), fileName), start: pos, end }));
}

/** The shortest way along imports from one file to another, both ends included; undefined where there is none. */
export function importPath(from: string, to: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === to) return wayTo(file, cameFrom);
    for (const next of importsOf(file)) if (!cameFrom.has(next.file)) cameFrom.set(next.file, file);
  }
  return undefined;
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const before = cameFrom.get(file);
  return before === undefined ? [file] : [...wayTo(before, cameFrom), file];
}
