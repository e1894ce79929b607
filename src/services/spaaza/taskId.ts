/** The file name that the service gives an export, its task's id in it. */
const fileName = /(?:^|\/)[^/]*_Export-(\d{1,18})\.[a-z0-9]+$/i;

/** The id of a Spaaza task in a typed text: the number itself, a URL of the service, or an export's file name or link. */
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
