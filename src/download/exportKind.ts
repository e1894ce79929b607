import { contentKind } from "./transfer/contentKind.ts";

/** Types that tell more than the first bytes. Stores often send a general type, such as `text/plain`. */
const extensionsByType: readonly (readonly [type: RegExp, extension: string])[] = [
  [/^application\/(?:x-)?(?:ndjson|jsonl|jsonlines)\b/i, "ndjson"],
  [/^text\/tab-separated-values\b/i, "tsv"],
  [/^text\/csv\b/i, "csv"],
  [/^application\/json\b/i, "json"],
];

/** The extension for a file whose name has none, by its first bytes and the content type as received. */
export function extensionByContent(firstBytes: Uint8Array, contentType: string | undefined): string {
  const kind = contentKind(firstBytes, contentType);
  if (kind === "gzip") return "gz";
  if (kind === "zip") return "zip";
  const text = Buffer.from(firstBytes).toString("latin1");
  if (text.startsWith("PAR1")) return "parquet";
  const byType = extensionsByType.find(([type]) => type.test(contentType?.trim() ?? ""))?.[1];
  return byType ?? extensionByText(text);
}

/** Leaves out byte order marks, and the zero bytes of UTF-16. */
function extensionByText(text: string): string {
  const bare = text
    .replace(/^[\xef\xbb\xbf\xff\xfe]+/, "")
    .replaceAll("\0", "")
    .trimStart();
  if (bare.startsWith("[")) return "json";
  if (!bare.startsWith("{")) return "csv";
  return /^\{.*\}[ \t]*\r?\n[ \t]*\{/.test(bare) ? "ndjson" : "json";
}
