/**
 * The ID of a segment in typed text: the ID alone, or a URL of the Console that contains it. Undefined if there is none. How
 * the Console's URLs look is not documented, so the ID is what follows a part of the path or a name with "segment" in it;
 * otherwise the last part of the path that can be an ID.
 */
export function findSegmentId(text: string): string | undefined {
  const trimmed = text.trim();
  if (isId(trimmed)) return trimmed;
  if (!URL.canParse(trimmed)) return undefined;
  const { pathname, hash, searchParams } = new URL(trimmed);
  const parts = `${pathname}/${hash.replace(/^#/, "")}`.split(/[/?&=]/).filter((part) => part !== "");
  const named = [...searchParams].find(([name]) => /segment/i.test(name))?.[1];
  if (named !== undefined && isId(named)) return named;
  const after = parts.findIndex((part) => /segment/i.test(part));
  const following = after < 0 ? [] : parts.slice(after + 1);
  return following.find(isId) ?? parts.findLast((part) => isId(part) && hasDigit(part));
}

/** Whether a text can be an ID: a number, a UUID or the like. */
function isId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text) && hasDigit(text);
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}
