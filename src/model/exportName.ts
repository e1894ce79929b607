/**
 * The extensions that a saved export may have. A system opens these files as data, so this is a list of what is allowed:
 * a list of executable extensions (`.exe`, `.desktop`, `.html` and many more) would never be complete.
 */
const exportExtensions = new Set(
  (
    "csv tsv tab psv txt json jsonl ndjson geojson xlsx parquet avro orc arrow " +
    "gz gzip tgz zip zst zstd bz2 xz br lz4 tar"
  ).split(" "),
);

/** The extension for an export whose kind nothing tells. */
export const usualExtension = "csv";

/** The extension of a name without its dot, if it is one of an export. */
export function exportExtension(name: string): string | undefined {
  const found = /[^.]\.([a-z0-9]+)$/i.exec(name)?.[1];
  return found !== undefined && exportExtensions.has(found.toLowerCase()) ? found : undefined;
}
