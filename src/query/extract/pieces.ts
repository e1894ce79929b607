import type { SourceField, SourcePart } from "../exportSource.ts";
import type { Piece } from "./extractMessages.ts";

/**
 * Divides a part at known rows, so that several threads can extract its columns.
 *
 * @param pieceBytes how many bytes a piece has at least, except for the last one
 */
export function piecesOf(part: SourcePart, columns: readonly number[], pieceBytes: number): Piece[] {
  const { landmarks = new Float64Array(0), ...file } = part.file;
  const fields = columns.map((column) => requiredField(part, column));
  const begin = { byte: file.division.begin, row: 0 };
  // Without any field of the file, nothing is read, so there is nothing to divide.
  const isRead = fields.some(({ kind }) => kind === "field");
  const starts = isRead ? [begin, ...startsIn(landmarks, begin.byte, pieceBytes)] : [begin];
  return starts.map(({ byte, row }, index) => {
    const next = starts[index + 1];
    return { file, from: byte, to: next?.byte, rows: (next?.row ?? part.rows) - row, fields };
  });
}

/** Landmarks that are far enough from each other. */
function startsIn(landmarks: Float64Array, begin: number, pieceBytes: number): { byte: number; row: number }[] {
  const starts: { byte: number; row: number }[] = [];
  let last = begin;
  for (let at = 0; at + 1 < landmarks.length; at += 2) {
    const [byte = 0, row = 0] = landmarks.subarray(at, at + 2);
    if (row === 0 || byte - last < pieceBytes) continue;
    starts.push({ byte, row });
    last = byte;
  }
  return starts;
}

/** @throws RangeError for a column that the part doesn't know */
function requiredField({ file, fields }: SourcePart, column: number): SourceField {
  const field = fields[column];
  if (field === undefined) throw new RangeError(`No field for column ${column}.`);
  const { reading, columns } = file.division;
  // Columns of JSON are found by name, so a column without one could be any.
  if (field.kind === "field" && reading.kind !== "delimited" && field.index >= columns.length) {
    throw new RangeError(`No name for column ${column}.`);
  }
  return field;
}
