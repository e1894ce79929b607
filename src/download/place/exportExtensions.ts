import { basename, dirname, join } from "node:path";
import { isNamedGzip } from "../../http/contentCoding.ts";
import { exportExtension } from "../../model/exportName.ts";
import { safeFileName, withoutOwnEnding } from "../../disk/fileNames.ts";

/** Leaves room for ` (1234)` within the 255 bytes that file systems allow. */
const longestName = 246;

/** The path with this extension added, unless its name already ends in an extension of exports. */
export function withExportExtension(path: string, extension: string): string {
  return exportExtension(basename(path)) === undefined ? added(path, extension) : path;
}

/**
 * The path with an extension of gzip if the content is gzip, and without it if not, so that programs can rely on it.
 *
 * @param extension used if nothing else is left
 */
export function withGzipExtension(path: string, isGzip: boolean, extension: string): string {
  if (isNamedGzip(path) === isGzip) return path;
  return isGzip
    ? added(path, "gz")
    : withExportExtension(withoutOwnEnding(path.slice(0, path.lastIndexOf("."))), extension);
}

function added(path: string, extension: string): string {
  return join(dirname(path), safeFileName(`${basename(path)}.${extension}`, `export.${extension}`, longestName));
}
