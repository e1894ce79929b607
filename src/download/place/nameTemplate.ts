import { t } from "@vscode/l10n";

import { addToBaseName, safeFileName, splitExtension } from "./fileNames.ts";

/** What is known of one file of a task when its name is made. */
export interface NameParts {
  /** The file's name as the service gave it. */
  readonly name: string;
  /** Counted from 0. */
  readonly index: number;
  /** How many files the task has, wanted or not. */
  readonly count: number;
  readonly taskId: string;
  readonly account: string;
  readonly service: string;
  readonly subject?: string;
  readonly format?: string;
  /** yyyy-mm-dd of the task's completion, or else of the download. */
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
 * One file's path below the download folder, with `/` between its segments. Each segment is a safe name, and values
 * never bring segments of their own. `${index}` counts from 1, as wide as the task's last number. `${extension}` is
 * without its dot, and comes from the task's format where the name has none. A template whose last segment names no
 * extension gets the file's own.
 */
export function renderName(template: string, parts: NameParts): string {
  const segments = segmentsOf(template);
  const last = segments.pop() ?? "${name}";
  const folders = segments.map((segment) => safeFileName(filled(segment, parts), "folder", longestSegment));
  return [...folders, safeFileName(filled(withExtension(last), parts), fallbackName(parts), longestSegment)].join("/");
}

/**
 * The paths of a task's files, in the order given; no two are the same, not even on a disk that ignores case. Files of
 * a task that has several lie in a folder named after the task, unless the template already makes one from `${taskId}`.
 * Pass every file of the task, also those not wanted now, so that a file's path does not depend on its company.
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

/** What is wrong with a template, in one plain sentence; undefined when nothing is. */
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
      return t("The file name template does not know {0}. It knows {1}.", whole, list());
    }
  }
  if (template.replace(placeholder, "").includes("${")) {
    return t("The file name template has a placeholder without its closing brace.");
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

/** 1-based and padded, so that names sort as the files follow each other. */
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

/** Every member of a group that would share a path gets its number; the others keep the name the template gave. */
function withoutDoubles(paths: readonly string[], files: readonly NameParts[]): string[] {
  const groups = new Map<string, number>();
  for (const path of paths) groups.set(key(path), (groups.get(key(path)) ?? 0) + 1);
  const taken = new Set(paths.map(key).filter((path) => groups.get(path) === 1));
  return paths.map((path, position) => {
    const parts = files[position];
    if (parts === undefined || groups.get(key(path)) === 1) return path;
    let unique = numbered(path, `-${numberOf(parts)}`);
    for (let attempt = 2; taken.has(key(unique)); attempt++) {
      unique = numbered(path, `-${numberOf(parts)}-${attempt}`);
    }
    taken.add(key(unique));
    return unique;
  });
}

function numbered(path: string, addition: string): string {
  const segments = path.split("/");
  const name = addToBaseName(segments.pop() ?? "", addition, longestSegment);
  return [...segments, name].join("/");
}

/** How a disk that ignores case and composition sees a path. */
function key(path: string): string {
  return path.normalize("NFC").toUpperCase().toLowerCase();
}
