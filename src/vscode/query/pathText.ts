import { fileURLToPath, pathToFileURL } from "node:url";

/** Whether a path can't be part of a line as it is: it has a line break or another control character, or spaces around it. */
export function isControlled(path: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) || path.trim() !== path;
}

/** The URI of a path, which has no characters that end a line. */
export function uriText(path: string): string {
  return pathToFileURL(path).href;
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
