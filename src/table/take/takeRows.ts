import type { RowPages } from "../tableReader.ts";
import { longestCell, type TableShape } from "../tableTypes.ts";
import type { TakeWriter } from "./takeFormats.ts";
import { requestedWriter, type TakeRequest, writtenRows } from "./writtenRows.ts";

/** The longest text for the clipboard, in bytes. With more, other programs stop responding. */
export const longestTake = 16 * 1024 * 1024;

export type Taken =
  | { readonly kind: "taken"; readonly text: string; readonly rows: number; readonly cells: number }
  | { readonly kind: "tooLarge"; readonly limitBytes: number };

/**
 * Writes rows in a format, page by page, and stops when the text exceeds `limitBytes` bytes of UTF-8. Values are never
 * cut: a value that is too long to be read counts as too large.
 *
 * @throws ExportError `cancelled`, `fileChanged` if the file was read again meanwhile, and what the reader throws
 */
export async function takeRows(
  reader: RowPages,
  shape: TableShape,
  request: TakeRequest,
  { signal, limitBytes = longestTake }: { signal: AbortSignal; limitBytes?: number },
): Promise<Taken> {
  const { from, count } = request.rows;
  // Beyond the index, row numbers are estimates, but exactly the selected rows have to be taken.
  if (count > 0) await reader.indexed(from + count, signal);
  const text = new BoundedText(requestedWriter(shape, request), limitBytes);
  for await (const page of writtenRows(reader, shape, request, { signal, longest: longestCell })) {
    for (const row of page) {
      if (row === undefined || !text.add(row)) return { kind: "tooLarge", limitBytes };
    }
  }
  return text.fits
    ? { kind: "taken", text: text.whole(), rows: text.rows, cells: text.rows * request.columns.length }
    : { kind: "tooLarge", limitBytes };
}

/** The text so far. It exceeds the limit by at most one row. */
class BoundedText {
  readonly #writer: TakeWriter;
  readonly #limitBytes: number;
  readonly #pieces: string[];
  #bytes: number;
  rows = 0;

  constructor(writer: TakeWriter, limitBytes: number) {
    this.#writer = writer;
    this.#limitBytes = limitBytes;
    this.#pieces = [writer.begin];
    this.#bytes = Buffer.byteLength(writer.begin) + Buffer.byteLength(writer.end);
  }

  get fits(): boolean {
    return this.#bytes <= this.#limitBytes;
  }

  /** @returns false if the text is now too long */
  add(row: string): boolean {
    const piece = this.rows === 0 ? row : this.#writer.separator + row;
    this.rows += 1;
    this.#bytes += Buffer.byteLength(piece);
    this.#pieces.push(piece);
    return this.fits;
  }

  whole(): string {
    return this.#pieces.join("") + this.#writer.end;
  }
}
