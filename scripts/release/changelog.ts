const unreleased = "## [Unreleased]";

/** A changelog whose unreleased changes have become a version, and the text of that version alone. */
export interface ReleasedChangelog {
  readonly text: string;
  readonly notes: string;
}

/**
 * Gives the unreleased changes a version and a date. Above them, an empty section for later changes remains.
 *
 * @param date as `2026-11-25`
 * @throws if there is nothing to release, or the version is there already
 */
export function releaseChangelog(text: string, version: string, date: string): ReleasedChangelog {
  if (text.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md already has a section for ${version}.`);
  const [before, after, ...more] = text.split(`${unreleased}\n`);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`CHANGELOG.md needs exactly one section "${unreleased}".`);
  }
  const end = after.search(/^## \[/m);
  const notes = (end === -1 ? after : after.slice(0, end)).trim();
  if (!/^- /m.test(notes)) throw new Error("CHANGELOG.md lists no unreleased changes.");
  const earlier = end === -1 ? "" : `\n${after.slice(end)}`;
  return { text: `${before}${unreleased}\n\n## [${version}] - ${date}\n\n${notes}\n${earlier}`, notes };
}
