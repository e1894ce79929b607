import type { Random } from "../../../../sandbox/sampleData/random.ts";

const keys = ["id", "name", "note", "id", "a b", "é", "日本", "na\\u006de", "id (2)", "value", "", "x.y"];
const strings = [
  ...['"a"', '""', '"é日本😀"', '"a\\"b"', '"\\\\"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\udE00x"'],
  ...['"\\n\\t\\/\\b\\f\\r"', '"{,}[]:"', '"sixteen chars ok"', '"seventeen chars !!"', '"\u2028\ufeff"'],
  '"xxxxxxxxxxxxxxxx\\u0000yyyyyyyyyyyyyyyyyyyy"',
];
const scalars = ["1", "-0", "0.5", "1e5", "1E-7", "12345678901234567890", "true", "false", "null", "null"];
const wrong = [
  ...["01", "1.", "NaN", "-Infinity", "tru", "'a'", '"\\x"', '"\\u12"', '"a\nb"', "[1,]", "{,}", "undefined", "}", "]"],
  ...['"unclosed', '{"a":1', ".5", "+1", "1e", '"\x01"', '"\\u00g0"'],
];
const between = ["\n", "\n", "\r\n", "\n\n", "\r", "\n\x1e"];

type Layout = "lines" | "array" | "inner" | "joined";

/** JSON of all layouts with escapes, white space, repeated keys and nested values, some of it damaged. */
export function randomRecords(random: Random): Buffer {
  const layout = random.pick<Layout>(["lines", "lines", "array", "inner", "joined"]);
  const writer = new RecordWriter(random, layout !== "lines" && random.chance(0.3));
  const count = random.below(random.pick([3, 30, 100]));
  const records = Array.from({ length: count }, () => (random.chance(0.97) ? writer.object(0) : writer.value(0)));
  const whole = joined(random, layout, records, writer);
  const bytes = Buffer.from(random.chance(0.05) ? whole.slice(0, random.below(whole.length + 1)) : whole);
  if (random.chance(0.1) && bytes.length > 0) {
    bytes[random.below(bytes.length)] = random.pick([0xff, 0xc3, 0x80, 0x0a, 0x22, 0x5c]);
  }
  return bytes;
}

function joined(random: Random, layout: Layout, records: readonly string[], writer: RecordWriter): string {
  const newline = random.pick(between);
  switch (layout) {
    case "lines":
      return records.join(newline) + (random.chance(0.5) ? newline : "");
    case "array":
      return `[${records.join(`,${writer.space()}`)}${writer.space()}]${random.pick(["", "\n", "[1]", "x"])}`;
    case "inner":
      return `{"n":1,"rows":[${records.join(`,${writer.space()}`)}]${random.pick(["}", ',"a":2}', ""])}`;
    case "joined":
      return records.join(writer.space() + random.pick(["", " ", ","]));
  }
}

class RecordWriter {
  readonly #random: Random;
  readonly #hasNewlines: boolean;
  readonly #wrongShare: number;

  constructor(random: Random, hasNewlines: boolean) {
    this.#random = random;
    this.#hasNewlines = hasNewlines;
    this.#wrongShare = random.pick([0, 0, 0.005, 0.05]);
  }

  space(): string {
    return this.#random.chance(0.75) ? "" : this.#random.pick([" ", "\t", "  ", "\r", this.#hasNewlines ? "\n" : " "]);
  }

  value(depth: number): string {
    const random = this.#random;
    if (random.chance(this.#wrongShare)) return random.pick(wrong);
    if (depth === 3 || random.chance(0.8)) return random.pick(random.chance(0.5) ? strings : scalars);
    return random.chance(0.5) ? this.object(depth + 1) : `[${this.#list(() => this.value(depth + 1))}]`;
  }

  object(depth: number): string {
    const key = () => this.#random.pick(keys.slice(0, this.#random.pick([3, 3, 3, keys.length])));
    return `{${this.#list(() => `"${key()}"${this.space()}:${this.space()}${this.value(depth)}`)}}`;
  }

  #list(one: () => string): string {
    const parts = Array.from({ length: this.#random.below(5) }, () => this.space() + one() + this.space());
    return parts.join(",");
  }
}
