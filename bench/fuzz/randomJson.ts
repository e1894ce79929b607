import type { Random } from "../../sandbox/sampleData/random.ts";
import type { JsonWriting } from "./fuzzTable.ts";
import { randomLongText, randomWord } from "./randomText.ts";

/** What occurs in a JSON text. */
interface Style {
  readonly random: Random;
  /** Between tokens. */
  readonly spaces: readonly string[];
  readonly keys: readonly string[];
  readonly long: number;
}

const allKeys = ["id", "name", "a", "b", "é", "a.b", "x[0]", "", "value", "1", "中", 'q"q', "d e", "nested", "tags"];
const scalars = [
  "0",
  "-1",
  "12.50",
  "1e5",
  "-0.0E-7",
  "123456789012345678901234567890",
  "true",
  "false",
  "null",
  "NaN",
];

/** A JSON text of about `length` characters. */
export function randomJson(random: Random, length: number): { writing: JsonWriting; text: string } {
  const layout = random.pick(["lines", "lines", "array", "array", "inner", "joined"] as const);
  const newline = layout === "lines" && random.chance(0.2) ? "\r" : "\n";
  const spaces = layout === "lines" ? ["", " ", "\t"] : ["", " ", "\n", "\r\n  "];
  const keys = allKeys.slice(0, 1 + random.below(allKeys.length));
  const style: Style = {
    random,
    spaces: random.chance(0.5) ? [""] : spaces,
    keys,
    long: random.pick([0, 0.001, 0.02]),
  };
  const records = randomRecords(style, layout, length);
  const writing: JsonWriting = {
    kind: "json",
    layout,
    newline,
    flat: random.chance(0.3),
    arrayPath: layout === "inner" ? ["data"] : [],
  };
  return { writing, text: joined(style, writing, records) };
}

function randomRecords(style: Style, layout: JsonWriting["layout"], length: number): string[] {
  const { random, keys } = style;
  const odd = random.pick([0, 0, 0.1]);
  // Who reads the first record knows what the others are.
  const [key = "id"] = keys;
  const records = length === 0 && layout === "array" ? [] : [`{${JSON.stringify(key)}:1}`];
  for (let written = 0; written < length;) {
    const isOdd = layout !== "joined" && random.chance(odd);
    const value = isOdd ? randomValue(style, 1) : randomObject(style, 0);
    const record = layout === "lines" && random.chance(odd / 10) ? "oops 123" : value;
    records.push(record);
    written += record.length + 1;
  }
  return records;
}

function joined(style: Style, { layout, newline }: JsonWriting, records: readonly string[]): string {
  const { random } = style;
  const space = (): string => random.pick(style.spaces);
  switch (layout) {
    case "lines": {
      const end = newline === "\n" ? random.pick(["\n", "\r\n"]) : "\r";
      const blank = random.pick([0, 0, 0.1]);
      const lines = records.map((record) => space() + record + space() + (random.chance(blank) ? end : ""));
      return lines.join(end) + random.pick([end, end, "", end + end]);
    }
    case "joined": {
      const between = random.pick(["", " ", "\t"]);
      return records.length < 2 ? `${records[0] ?? ""} {"id":2}` : records.join(between);
    }
    case "array":
      return `[${records.map((record) => space() + record + space()).join(",")}]${random.pick(["", "\n", " \n"])}`;
    case "inner": {
      const list = records.map((record) => space() + record + space()).join(",");
      const after = random.pick(["", ',"next":null', ',"more":{"items":1}']);
      return `{${space()}"count":1,${space()}"data":${space()}[${list}]${after}${space()}}${random.pick(["", "\n"])}`;
    }
  }
}

function randomValue(style: Style, depth: number): string {
  const { random } = style;
  const kind = random.below(depth > 3 ? 6 : 10);
  if (kind < 4) return randomString(style);
  if (kind < 6) return random.pick(scalars);
  if (kind < 8) return randomObject(style, depth);
  const length = random.chance(0.05) ? 40 : random.below(4);
  return between(
    style,
    "[",
    "]",
    Array.from({ length }, () => randomValue(style, depth + 2)),
  );
}

function randomObject(style: Style, depth: number): string {
  const { random, keys } = style;
  const members = Array.from({ length: random.below(Math.min(keys.length, depth === 0 ? 15 : 3) + 1) }, () => {
    const space = random.pick(style.spaces);
    return `${JSON.stringify(random.pick(keys))}${space}:${space}${randomValue(style, depth + 1)}`;
  });
  return between(style, "{", "}", members);
}

function between({ random, spaces }: Style, open: string, close: string, entries: readonly string[]): string {
  const space = random.pick(spaces);
  return open + space + entries.join(`${space},${random.pick(spaces)}`) + space + close;
}

function randomString({ random, long }: Style): string {
  const text = random.chance(long) ? randomLongText(random) : randomWord(random);
  const special = random.chance(0.2) ? random.pick(['"', "\\", "\n", "\r\n", "{", "]", ",", "\u0001", "/"]) : "";
  const written = JSON.stringify(special + text);
  if (random.chance(0.05)) return `"\\u00e9\\/${written.slice(1)}`;
  return random.chance(0.05) ? `"\\ud83d\\ude00${written.slice(1)}` : written;
}
