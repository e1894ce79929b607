import { t } from "@vscode/l10n";

/** Which of a task's files one is. */
export interface FilePlace {
  /** Counted from 0. */
  readonly index: number;
  /** How many there are, if that is known. */
  readonly count?: number | undefined;
}

/** A UUID as in names of TextReveal's files, of which a narrow view would show nothing else. */
const uuid = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{8}([0-9a-f]{4})\b/gi;

/** A text in which UUIDs are shortened in their middle. */
export function withShortIds(text: string): string {
  return text.replaceAll(uuid, "$1…$2");
}

/** A file's name, in which UUIDs are shortened in their middle, behind its number where there are several: their names may differ only where a narrow view cuts them. */
export function fileLabel(name: string, { index, count }: FilePlace): string {
  const short = withShortIds(name);
  if (count === 1) return short;
  return count === undefined ? `${index + 1} · ${short}` : `${index + 1}/${count} · ${short}`;
}

/** The same as a screen reader says it. */
export function fileInWords(name: string, { index, count }: FilePlace): string {
  if (count === 1) return name;
  const place = count === undefined ? t("file {0}", index + 1) : t("file {0} of {1}", index + 1, count);
  return `${place}, ${name}`;
}
