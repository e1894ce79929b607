import { t } from "@vscode/l10n";

/** Which of a task's files one is. */
export interface FilePlace {
  /** Counted from 0. */
  readonly index: number;
  /** How many there are, if that is known. */
  readonly count?: number | undefined;
}

/** A file's name, behind its number where there are several: their names may differ only where a narrow view cuts them. */
export function fileLabel(name: string, { index, count }: FilePlace): string {
  if (count === 1) return name;
  return count === undefined ? `${index + 1} · ${name}` : `${index + 1}/${count} · ${name}`;
}

/** The same as a screen reader says it. */
export function fileInWords(name: string, { index, count }: FilePlace): string {
  if (count === 1) return name;
  const place = count === undefined ? t("file {0}", index + 1) : t("file {0} of {1}", index + 1, count);
  return `${place}, ${name}`;
}
