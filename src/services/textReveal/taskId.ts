const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const bare = new RegExp(`^${uuid}$`, "i");
const within = new RegExp(`(?:/tasks/|\\btask=)(${uuid})(?![0-9a-f-])`, "i");

/** The id of a TextReveal task in typed text: the UUID, or a URL of the service or of one of its files. */
export function findTextRevealTaskId(text: string): string | undefined {
  const trimmed = text.trim();
  if (isTextRevealTaskId(trimmed)) return trimmed.toLowerCase();
  return within.exec(decoded(trimmed))?.[1]?.toLowerCase();
}

export function isTextRevealTaskId(text: string): boolean {
  return bare.test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
