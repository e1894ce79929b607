/** A version as VS Code's gallery takes it: three whole numbers, without a label. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** @throws if the text is no such version */
export function parseVersion(text: string): Version {
  const found = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.exec(text);
  if (found === null) throw new Error(`“${text}” is no version. Use three numbers, such as 0.2.0.`);
  const [major = 0, minor = 0, patch = 0] = found.slice(1).map(Number);
  return { major, minor, patch };
}

/**
 * Whether a version is a pre-release. The gallery has no labels such as `-beta`, so pre-releases have an odd minor number
 * and releases an even one, as VS Code's documentation recommends.
 */
export function isPreRelease({ minor }: Version): boolean {
  return minor % 2 === 1;
}

/** Whether a version comes after another. */
export function isNewer(one: Version, other: Version): boolean {
  const differences = [one.major - other.major, one.minor - other.minor, one.patch - other.patch];
  return (differences.find((difference) => difference !== 0) ?? 0) > 0;
}
