import { freshState } from "../scan/rowEnds.ts";
import { inputCapacity } from "../scan/scanner.ts";
import type { TableText } from "./division.ts";
import { StretchReader } from "../scan/stretchReader.ts";

/**
 * How many lines of the text begin before a byte. Newlines in quotes count too, as in a text editor.
 *
 * @param pause awaited between stretches
 */
export async function countLines(text: TableText, before: number, pause: () => Promise<void>): Promise<number> {
  const { source, scanner, division } = text;
  const reader = new StretchReader(source, scanner, division.reading.encoding);
  const lines = {
    kind: "delimited",
    delimiter: 0,
    quote: undefined,
    newline: division.newline === 13 ? 13 : 10,
  } as const;
  let count = 0;
  for (let byte = 0; byte < before;) {
    const units = Math.min(inputCapacity, Math.ceil((before - byte) / reader.unitBytes));
    const stretch = reader.read(byte, units);
    if (stretch.units === 0) break;
    count += scanner.scan(lines, freshState(), 0, stretch.units).ended;
    byte += stretch.units * reader.unitBytes;
    await pause();
  }
  return count;
}
