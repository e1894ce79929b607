import { isAscii } from "node:buffer";
import { basename } from "node:path";
import { defined } from "../../model/defined.ts";
import { createCells } from "../cells/createCells.ts";
import { detectContent, type DetectedTable, type GuessEncoding, headBytes } from "../detect/detectContent.ts";
import { freshState } from "../scan/rowEnds.ts";
import type { Scanner } from "../scan/scanner.ts";
import { problemOf } from "../source/fileProblem.ts";
import { type FileId, type FileSource, openFileSource } from "../source/fileSource.ts";
import { maskMixed } from "../source/mixedText.ts";
import { narrowUtf16 } from "../source/narrow.ts";
import { decodeText } from "../source/textDecoding.ts";
import type { Encoding, TableProblem } from "../tableTypes.ts";
import { type Division, grammarOf, type TableText, unitsOf } from "./division.ts";
import type { TableSpec } from "./tableSpec.ts";

/** How many bytes at the end of a file are looked at. */
const lastBytes = 1 << 12;
/** The number of rows from which column names and types are determined. */
const sampledRows = 200;

/** `needsGuess`: the encoding is unknown. Opening it again with `guessEncoding` may find it. */
export type OpenedText = (
  | { readonly kind: "text"; readonly text: TableText; readonly head: HeadRows }
  | { readonly kind: "problem"; readonly problem: TableProblem }
) & { readonly needsGuess?: true };

/** A file that another thread has opened and divided. */
export interface DividedFile extends Pick<TableSpec, "path" | "size"> {
  readonly id?: FileId;
}

/** What the file's beginning says about its rows before there is an index. */
export interface HeadRows {
  readonly rows: number;
  readonly bytes: number;
  /** Whether there are characters beyond ASCII before the rows. */
  readonly hasCharacters: boolean;
}

/**
 * Opens a file and detects from its beginning how it is divided. Never throws: if it isn't a table, returns a problem.
 */
export function openText(spec: TableSpec, scanner: Scanner, guessEncoding?: GuessEncoding): OpenedText {
  let source: FileSource | undefined;
  try {
    source = openFileSource(spec.path, defined({ size: spec.size }));
    const opened = divided(source, spec, scanner, guessEncoding);
    if (opened.kind === "problem") source.close();
    return opened;
  } catch (error) {
    source?.close();
    return { kind: "problem", problem: problemOf(error) };
  }
}

/**
 * Opens a file whose division is already known.
 *
 * @throws ExportError `fileMissing`, `fileChanged` if another file has its name; the error of the file system
 */
export function openDivided({ path, size, id }: DividedFile, division: Division, scanner: Scanner): TableText {
  const source = openFileSource(path, defined({ size, id }));
  const { reading, newline, columns } = division;
  trimEnd(source, division);
  // Columns of delimited rows only need to be counted. Columns of JSON are found by name.
  const cells = createCells({ reading, newline, rows: [], columns });
  return { source, scanner, division, grammar: grammarOf(division), cells };
}

function divided(source: FileSource, spec: TableSpec, scanner: Scanner, guessEncoding?: GuessEncoding): OpenedText {
  const head = new Uint8Array(Math.min(headBytes, source.size));
  source.read(head, 0);
  const whole = !spec.growing && source.size <= headBytes;
  const fileName = spec.fileName ?? basename(spec.path);
  const readAs = defined({ ...spec.readAs, encoding: spec.readAs.encoding ?? spec.foundEncoding });
  const detected = detectContent(head, { fileName, whole, readAs, ...defined({ guessEncoding }) });
  const { needsGuess } = detected;
  if ("problem" in detected) return { kind: "problem", problem: detected.problem, ...defined({ needsGuess }) };
  const { newline, begin } = detected;
  const isEnveloped = detected.reading.arrayPath.length > 0 && !spec.growing;
  const hasMore = isEnveloped && lastCharacter(source, detected.reading.encoding) !== "}";
  const { spans, firstIsCut } = headSpans(head, detected, scanner);
  // A first line longer than the head would make incomplete names. As a row, it is shown completely.
  const isEndless = firstIsCut && source.size > head.length;
  const found = hasMore ? { ...detected.reading, textBehind: true as const } : detected.reading;
  const reading = isEndless ? { ...found, header: false } : found;
  const rows = spans.map(({ start, end }) => head.subarray(start, end));
  const cells = createCells({ reading, newline, rows });
  const header = reading.header ? spans[0] : undefined;
  const division: Division = { reading, newline, begin: header?.end ?? begin, columns: cells.columns };
  trimEnd(source, division);
  const text: TableText = { source, scanner, division, grammar: grammarOf(division), cells };
  const counted = spans.slice(header === undefined ? 0 : 1);
  const hasCharacters = !isAscii(head.subarray(detected.bomBytes, division.begin));
  const bytes = (counted.at(-1)?.end ?? division.begin) - division.begin;
  return { kind: "text", text, head: { rows: counted.length, bytes, hasCharacters }, ...defined({ needsGuess }) };
}

/** Blank lines at the end of a file are not rows. What follows a JSON array is looked at when it is read. */
function trimEnd(source: FileSource, { reading, begin }: Division): void {
  if (reading.kind === "jsonArray") return;
  const spacesAreBlank = reading.kind === "jsonLines" || reading.delimiter !== " ";
  source.trimBlankLines({ ...unitsOf(reading.encoding), spacesAreBlank }, begin);
}

/** The last character that isn't white space, if it is among the last ones of the file. */
function lastCharacter(source: FileSource, encoding: Encoding): string | undefined {
  const bytes = new Uint8Array(Math.min(lastBytes, source.size));
  source.read(bytes, source.size - bytes.length);
  return decodeText(bytes, encoding).trimEnd().at(-1);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface HeadSpans {
  readonly spans: readonly Span[];
  /** Whether the first row continues after the head. */
  readonly firstIsCut: boolean;
}

/** The bytes of the first rows in the head. The last row may be cut, so it counts only if it is the only one. */
function headSpans(head: Uint8Array, detected: DetectedTable, scanner: Scanner): HeadSpans {
  const { reading, newline, headerEnd } = detected;
  const begin = headerEnd ?? detected.begin;
  const { bytesPerCharacter, littleEndian, mixed } = unitsOf(reading.encoding);
  const from = head.subarray(begin);
  const units = Math.floor(from.length / bytesPerCharacter);
  if (bytesPerCharacter === 1) scanner.input.set(from);
  else narrowUtf16(from, scanner.input, littleEndian);
  if (mixed !== undefined) maskMixed(scanner.input.subarray(0, units), mixed);
  const starts = new Uint32Array(sampledRows + 1);
  const ended = scanner.rowStarts(grammarOf({ reading, newline }), freshState(), 0, units, starts);
  const ends = ended === 0 ? [units] : [...starts.subarray(0, ended)];
  let start = begin;
  const spans = ends.map((unit) => {
    const span = { start, end: begin + unit * bytesPerCharacter };
    start = span.end;
    return span;
  });
  if (headerEnd !== undefined) spans.unshift({ start: detected.begin, end: headerEnd });
  return { spans, firstIsCut: ended === 0 && headerEnd === undefined };
}
