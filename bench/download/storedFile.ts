/** A file of the benchmark's store. The URL contains everything that the store needs to know. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  /** The speed of one connection; 0 is unlimited. */
  readonly mibPerSecond: number;
  /** The speed of the line that all connections share. Default: unlimited. */
  readonly lineMibPerSecond?: number;
  /** How long the store waits before it responds. */
  readonly answerMs: number;
}

export const mebibyte = 1024 * 1024;

export function addressOf(
  origin: string,
  { name, bytes, mibPerSecond, lineMibPerSecond = 0, answerMs }: StoredFile,
): string {
  const query = `bytes=${bytes}&mibPerSecond=${mibPerSecond}&lineMibPerSecond=${lineMibPerSecond}&answerMs=${answerMs}`;
  return new URL(`/${name}?${query}`, origin).href;
}

export function fileAt(path: string): StoredFile {
  const { pathname, searchParams } = new URL(path, "http://store");
  const number = (name: string): number => Number(searchParams.get(name) ?? "0");
  return {
    name: pathname.slice(1),
    bytes: number("bytes"),
    mibPerSecond: number("mibPerSecond"),
    lineMibPerSecond: number("lineMibPerSecond"),
    answerMs: number("answerMs"),
  };
}
