import { t } from "@vscode/l10n";
import { bytesInWords } from "../../wording.ts";
import type { KeptBecause, RemovalOutcome } from "./removeDownloads.ts";

/** What was deleted, and what was kept and why. */
export function removalInWords({ deleted, bytes, gone, kept }: RemovalOutcome): string {
  const size = bytesInWords(bytes);
  const sentences = [
    deleted === 1 ? t("1 file was deleted ({0}).", size) : t("{0} files were deleted ({1}).", deleted, size),
  ];
  if (gone === 1) sentences.push(t("1 missing file was removed from the list."));
  if (gone > 1) sentences.push(t("{0} missing files were removed from the list.", gone));
  if (kept.length > 0) sentences.push(t("Kept: {0}.", reasonsInWords(kept)));
  return sentences.join(" ");
}

function reasonsInWords(kept: readonly KeptBecause[]): string {
  const counts = new Map<KeptBecause, number>();
  for (const because of kept) counts.set(because, (counts.get(because) ?? 0) + 1);
  return Array.from(counts, ([because, count]) => reasonInWords(because, count)).join(", ");
}

function reasonInWords(because: KeptBecause, count: number): string {
  switch (because) {
    case "changed":
      return t("{0} changed after the download", count);
    case "existedBefore":
      return t("{0} that existed before the download", count);
    case "inUse":
      return t("{0} in use", count);
    case "refused":
      return t("{0} that could not be deleted", count);
  }
}
