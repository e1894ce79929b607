import fc from "fast-check";

/** A value as text with white space between its tokens, and what is to be seen of it. */
export interface Written {
  readonly text: string;
  readonly compact: string;
}

export const anySpace = fc.constantFrom("", "", " ", "\n", "\t", "\r\n  ");
const anyNumber = fc.constantFrom("0", "-0", "1.10", "12345678901234567890", "1e400", "1E-7", "-3.1400");
export const anyString = fc
  .tuple(fc.string({ unit: "grapheme" }), fc.constantFrom("", "\\u00e9", "\\/", '\\"', "\\\\", "{[,]}: ", " "))
  .map(([text, escape]) => `"${JSON.stringify(text).slice(1, -1)}${escape}"`);

export function listed(
  parts: readonly (readonly [string, Written])[],
  spaces: string,
  [open, close]: [string, string],
): Written {
  const text = parts.map(([key, value]) => (key === "" ? "" : `${key}${spaces}:${spaces}`) + value.text);
  const compact = parts.map(([key, value]) => (key === "" ? "" : `${key}:`) + value.compact);
  return {
    text: `${open}${spaces}${text.join(`${spaces},${spaces}`)}${spaces}${close}`,
    compact: `${open}${compact.join(",")}${close}`,
  };
}

export const { value: anyWritten } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.oneof(anyNumber, anyString, fc.constantFrom("true", "false", "null")).map((text) => ({ text, compact: text })),
    fc.tuple(fc.array(tie("value"), { maxLength: 4 }), anySpace).map(([values, spaces]) =>
      listed(
        values.map((value) => ["", value] as const),
        spaces,
        ["[", "]"],
      ),
    ),
    fc
      .tuple(fc.array(fc.tuple(anyString, tie("value")), { maxLength: 4 }), anySpace)
      .map(([members, spaces]) => listed(members, spaces, ["{", "}"])),
  ),
}));
