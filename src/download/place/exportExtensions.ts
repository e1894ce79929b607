import { basename, dirname, join } from "node:path";
import { exportExtension } from "../../model/exportName.ts";
import { safeFileName } from "./fileNames.ts";

/** Leaves room for ` (1234)` within the 255 bytes that file systems allow. */
const longestName = 246;

/** The path with this extension added, unless its name already ends in an extension of exports. */
export function withExportExtension(path: string, extension: string): string {
  const name = basename(path);
  if (exportExtension(name) !== undefined) return path;
  return join(dirname(path), safeFileName(`${name}.${extension}`, `export.${extension}`, longestName));
}
