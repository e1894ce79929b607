import { delimiters } from "../tableTypes.ts";

/** How many lines are examined, and how much of the text. */
const examinedLines = 50;
const examinedLength = 8_192;
/** The share of lines in which a delimiter occurs equally often, and in which its characters occur nowhere else. */
const agreeing = 0.8;
const longest = 4;

/** Characters of which programs make delimiters, one after the other. */
const runs = /[|~^;:#$@&*%!=¦§¤,\t]+/gu;

/** A delimiter of several characters that most lines contain equally often: `||`, `::` or `~|~`. */
export function longDelimiter(text: string, newline: string): string | undefined {
  const lines = text
    .slice(0, examinedLength)
    .replaceAll(/"[^"\n\r]*"/g, "x")
    .split(newline, examinedLines + 1)
    .slice(0, examinedLines)
    .filter((line) => line.trim() !== "");
  if (lines.length < 2) return undefined;
  const found = lines.map((line) => line.match(runs) ?? []);
  const [first = [], second = []] = found;
  const possible = [...first, ...second].filter((run) => run.length > 1 && run.length <= longest);
  return [...new Set(possible)].toSorted((a, b) => a.length - b.length).find((delimiter) => isEven(found, delimiter));
}

function isEven(lines: readonly (readonly string[])[], delimiter: string): boolean {
  const times = new Map<number, number>();
  for (const line of lines) {
    const count = timesIn(line, delimiter);
    if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
  }
  const [[count, seen] = [0, 0]] = [...times].toSorted(([, a], [, b]) => b - a);
  return seen >= lines.length * agreeing && count >= leastTimes(delimiter);
}

/** Two usual delimiters can also have an empty value between them. */
function leastTimes(delimiter: string): number {
  const isRepeated = delimiters.includes(delimiter.charAt(0)) && new Set(delimiter).size === 1;
  return isRepeated && !delimiter.startsWith("|") ? 2 : 1;
}

/** 0 if its characters also occur otherwise. Empty values leave several of them together. */
function timesIn(line: readonly string[], delimiter: string): number {
  let times = 0;
  for (const run of line) {
    if (!Array.from(delimiter).some((character) => run.includes(character))) continue;
    const repeated = run.length / delimiter.length;
    if (!Number.isInteger(repeated) || run !== delimiter.repeat(repeated)) return 0;
    times += repeated;
  }
  return times;
}
