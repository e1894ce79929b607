import { fileURLToPath, pathToFileURL } from "node:url";

/** Whether a path can't be part of a line as it is: it has a line break or another control character, or spaces around it. */
export function isControlled(path: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) || path.trim() !== path;
}

/** A path as part of a line: its URI, which has no such characters, if it can't be written as it is. */
export function pathReference(path: string): string {
  return isControlled(path) ? pathToFileURL(path).href : path;
}

/** The path that a text means; undefined for a URI that has none. */
export function pathIn(text: string): string | undefined {
  if (!text.toLowerCase().startsWith("file:")) return text;
  try {
    return fileURLToPath(text);
  } catch {
    return undefined;
  }
}
