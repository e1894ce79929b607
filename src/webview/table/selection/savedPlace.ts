import { t } from "@vscode/l10n";

/** Says where a file was saved, its name first: the footer may cut off the end. */
export function savedPlace(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  const folder = path.slice(0, end);
  const isRoot = folder === "" || folder.endsWith(":");
  return t("Saved {0} in {1}", path.slice(end + 1), isRoot ? path.slice(0, end + 1) : folder);
}
