import { t } from "@vscode/l10n";

import { addToBaseName, pathOnAnyDisk, safeFileName, splitExtension } from "../../disk/fileNames.ts";

/** The values for the name of one file of a task. */
export interface NameParts {
  /** The file's name as the service sent it. */
  readonly name: string;
  /** From 0. */
  readonly index: number;
  /** How many files the task has, including those that are not downloaded. */
  readonly count: number;
  readonly taskId: string;
  readonly account: string;
  readonly service: string;
  readonly subject?: string;
  readonly format?: string;
  /** When the task was completed, or else the date of the download, as yyyy-mm-dd. */
  readonly date: string;
}

/** Leaves room for ` (1234)` and `.part.lock` within the 255 bytes that file systems allow. */
const longestSegment = 236;
const placeholder = /\$\{([^{}]*)\}/g;
const placeholders = [
  "name",
  "basename",
  "extension",
  "taskId",
  "account",
  "service",
  "subject",
  "index",
  "date",
] as const;
type Placeholder = (typeof placeholders)[number];

/**
 * The path of one file in the download folder, with `/` as the separator. Each segment is a safe name, and values never
 * add segments. `${index}` counts from 1 and is padded to the width of the largest number. `${extension}` has no dot,
 * and comes from the task's format if the name has none. If the template's last segment has no extension, the file's
 * own is added.
 */
export function renderName(template: string, parts: NameParts): string {
  const segments = segmentsOf(template);
  const last = segments.pop() ?? "${name}";
  const folders = segments.map((segment) => safeFileName(filled(segment, parts), "folder", longestSegment));
  return [...folders, safeFileName(filled(withExtension(last), parts), fallbackName(parts), longestSegment)].join("/");
}

/**
 * The paths of a task's files, in the same order. No two are the same, not even on a file system that ignores case. If
 * a task has several files, they are in a folder named after the task, unless the template already creates one from
 * `${taskId}`. Pass all files of the task, including those that are not downloaded, so that a file's path does not
 * depend on the selection.
 */
export function relativePaths(template: string, files: readonly NameParts[]): string[] {
  const folders = segmentsOf(template).slice(0, -1);
  const ownFolder = folders.some((folder) => folder.includes("${taskId}"));
  const paths = files.map((parts) => {
    const path = renderName(template, parts);
    return ownFolder || (parts.count < 2 && files.length < 2) ? path : inTaskFolder(path, parts);
  });
  return withoutDoubles(paths, files);
}

/** What is wrong with a template, in one sentence; undefined if it is valid. */
export function templateProblem(template: string): string | undefined {
  if (template.trim() === "") return t("The file name template is empty.");
  if (/^(?:[\\/~]|[a-z]:)/i.test(template.trim())) {
    return t("The file name template must be relative to the download folder.");
  }
  const segments = template.split(/[\\/]/).map((segment) => segment.trim());
  if (segments.includes("..")) return t("The file name template must not contain '..'.");
  if (["", "."].includes(segments.at(-1) ?? "")) return t("The file name template must end with a file name.");
  for (const [whole, name = ""] of template.matchAll(placeholder)) {
    if (!isPlaceholder(name)) {
      return t(
        "The file name template contains the unknown placeholder {0}. Available placeholders: {1}.",
        whole,
        list(),
      );
    }
  }
  if (template.replace(placeholder, "").includes("${")) {
    return t("The file name template contains a placeholder without a closing brace.");
  }
  return undefined;
}

function list(): string {
  return placeholders.map((name) => `\${${name}}`).join(", ");
}

function segmentsOf(template: string): string[] {
  return template.split(/[\\/]/).filter((segment) => !["", ".", ".."].includes(segment.trim()));
}

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((known) => known === name);
}

function filled(segment: string, parts: NameParts): string {
  return segment.replace(placeholder, (whole, name: string) => (isPlaceholder(name) ? value(name, parts) : whole));
}

function value(name: Placeholder, parts: NameParts): string {
  switch (name) {
    case "name":
    case "basename":
    case "extension": {
      const safe = safeFileName(parts.name, fallbackName(parts));
      const split = splitExtension(safe);
      if (name === "name") return safe;
      return name === "basename" ? split.base : split.extension.slice(1) || (parts.format ?? "");
    }
    case "index":
      return numberOf(parts);
    case "subject":
      return parts.subject ?? "export";
    case "taskId":
    case "account":
    case "service":
    case "date":
      return parts[name];
  }
}

/** From 1 and padded, so that the names sort in the order of the files. */
function numberOf(parts: NameParts): string {
  return String(parts.index + 1).padStart(String(parts.count).length, "0");
}

function withExtension(segment: string): string {
  const named = ["${name}", "${extension}", "."].some((sign) => segment.includes(sign));
  return named ? segment : `${segment}.\${extension}`;
}

function fallbackName(parts: NameParts): string {
  return `export-${parts.taskId}${parts.format === undefined ? "" : `.${parts.format}`}`;
}

function inTaskFolder(path: string, parts: NameParts): string {
  const segments = path.split("/");
  return [...segments.slice(0, -1), safeFileName(parts.taskId, "task", longestSegment), ...segments.slice(-1)].join(
    "/",
  );
}

/** Files that would share a path get their numbers; the others keep the name from the template. */
function withoutDoubles(paths: readonly string[], files: readonly NameParts[]): string[] {
  const groups = new Map<string, number>();
  for (const path of paths) groups.set(pathOnAnyDisk(path), (groups.get(pathOnAnyDisk(path)) ?? 0) + 1);
  const taken = new Set(paths.map(pathOnAnyDisk).filter((path) => groups.get(path) === 1));
  return paths.map((path, position) => {
    const parts = files[position];
    if (parts === undefined || groups.get(pathOnAnyDisk(path)) === 1) return path;
    let unique = numbered(path, `-${numberOf(parts)}`);
    for (let attempt = 2; taken.has(pathOnAnyDisk(unique)); attempt++) {
      unique = numbered(path, `-${numberOf(parts)}-${attempt}`);
    }
    taken.add(pathOnAnyDisk(unique));
    return unique;
  });
}

function numbered(path: string, addition: string): string {
  const segments = path.split("/");
  const name = addToBaseName(segments.pop() ?? "", addition, longestSegment);
  return [...segments, name].join("/");
}
