import { type SampleRow, sampleRows } from "../../../../src/table/detect/sampleRows.ts";

/** The rows of a small text with commas. */
export function rowsOf(text: string, delimiter = ","): readonly SampleRow[] {
  const quoting = { quote: '"', escape: "double", skipsSpaces: false } as const;
  return sampleRows(text, { delimiter, quoting, newline: "\n" }, true, 200).rows;
}
