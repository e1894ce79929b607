import filenamify from "filenamify";
import { onFirstUse } from "../model/onFirstUse.ts";

/** The suffixes of our own files next to an export. A file with one of them would be taken for ours. */
const ownSuffix = /\.part(?=(?:\.json|\.lock)?$)/i;
/**
 * What counts as an extension: a short word, or a double extension such as `.csv.gz`. Other dots belong to the name.
 */
const extension = /\.[a-z0-9]{1,16}(?:\.(?:gz|zip|zst|bz2|xz))?$/i;
/** The beginning of a path that says nothing about the file: a drive, the root, `..`. */
const climbing = /^(?:[a-z]:)?(?:\.*[\\/])+/i;
/** Longer names are cut before any search; no file system allows them anyway. */
const longestRead = 2_000;
const segmenter = onFirstUse(() => new Intl.Segmenter("und", { granularity: "grapheme" }));

/**
 * A name that every file system accepts and that stays in its folder: no separators, drive letters, control or
 * bidirectional characters, no device names of Windows, no dots or spaces at either end, in NFC, and none of our own
 * suffixes `.part`, `.part.json`, `.part.lock`. If the name has to be shortened, it keeps its extension.
 *
 * @param fallback used if nothing readable is left of the name; made safe as well
 * @param maxBytes of UTF-8, at least 32
 */
export function safeFileName(name: string, fallback: string, maxBytes = 255): string {
  return cleaned(name, maxBytes) ?? cleaned(fallback, maxBytes) ?? "export";
}

/** The name without the endings of our own files, which can appear when another ending is removed. */
export function withoutOwnEnding(name: string): string {
  return name.replace(ownSuffix, "_part");
}

/** Splits a file name before its extension, which includes the dot and may be empty. */
export function splitExtension(name: string): { base: string; extension: string } {
  const found = extension.exec(name);
  // A leading dot marks a hidden file, not an extension.
  return found === null || found.index === 0
    ? { base: name, extension: "" }
    : { base: name.slice(0, found.index), extension: found[0] };
}

/** Inserts `addition` before the extension (`a.csv` → `a (2).csv`) within `maxBytes` of UTF-8. */
export function addToBaseName(name: string, addition: string, maxBytes = 255): string {
  const parts = splitExtension(name);
  const room = maxBytes - Buffer.byteLength(addition + parts.extension);
  return shortened(parts.base, room) + addition + parts.extension;
}

/** The same for two paths that are one on a file system that ignores case or Unicode composition. */
export function pathOnAnyDisk(path: string): string {
  return path.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

function cleaned(raw: string, maxBytes: number): string | undefined {
  const whole = raw.length > longestRead ? raw.slice(0, longestRead - 64) + raw.slice(-64) : raw;
  const flat = whole.replace(/\p{Surrogate}/gu, "_").replace(climbing, "");
  let name = flat;
  // Shortening can create a device name, a trailing dot or another extension, so the result is checked again.
  for (let before: string | undefined; name !== before;) {
    before = name;
    name = cutToFit(sanitised(name), maxBytes);
  }
  return /[^\s._\p{Default_Ignorable_Code_Point}]/u.test(name) ? name : undefined;
}

function cutToFit(name: string, maxBytes: number): string {
  const { base, extension: ending } = splitExtension(name);
  return shortened(base, maxBytes - Buffer.byteLength(ending)).replace(/ +$/, "") + ending;
}

function sanitised(name: string): string {
  const visible = name.normalize("NFC").replace(/^[\s.]+/, "");
  // The length is limited elsewhere, in bytes; filenamify counts UTF-16 units.
  const allowed = filenamify(visible, { replacement: "_", maxLength: Number.POSITIVE_INFINITY });
  return withoutOwnEnding(allowed.replace(/^[\s.]+/, ""));
}

/** The longest prefix of whole graphemes that fits; of code points if the first grapheme alone is too long. */
function shortened(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const whole = prefix(
    Array.from(segmenter().segment(text), ({ segment }) => segment),
    maxBytes,
  );
  return whole === "" ? prefix(Array.from(text), maxBytes) : whole;
}

function prefix(pieces: readonly string[], maxBytes: number): string {
  let room = maxBytes;
  let kept = "";
  for (const piece of pieces) {
    room -= Buffer.byteLength(piece);
    if (room < 0) break;
    kept += piece;
  }
  return kept;
}
