/** The file name of an export, which contains the task id. */
const fileName = /(?:^|\/)[^/]*_Export-(\d{1,18})\.[a-z0-9]+$/i;

/** The id of a Spaaza task in typed text: the number, a URL of the service, or the file name or URL of an export. */
export function findSpaazaTaskId(text: string): string | undefined {
  const trimmed = text.trim();
  if (isSpaazaTaskId(trimmed)) return trimmed;
  const path = pathOf(trimmed);
  return fileName.exec(path)?.[1] ?? /\/tasks\/(\d{1,18})(?:\/|$)/.exec(path)?.[1];
}

export function isSpaazaTaskId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

function pathOf(text: string): string {
  if (!URL.canParse(text)) return text;
  const { pathname } = new URL(text);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
