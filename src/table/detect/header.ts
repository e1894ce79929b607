import { typeOf, typesOf } from "../cells/columnTypes.ts";
import type { ColumnType } from "../tableTypes.ts";

/** What programs write for a value that they don't have. It is no name above numbers. */
const placeholder = /^(?:n\/?a|nan|none|null|nil|unknown|undefined|inf|-inf|-+|\?|\.|#n\/a)$/i;

type Rows = readonly (readonly string[])[];

/**
 * Whether the first row contains the column names. In doubt it does, because exports have names.
 *
 * @param rows the cells of the first rows
 */
export function hasHeader(rows: Rows): boolean {
  const [first, ...rest] = rows;
  if (first === undefined) return true;
  const below = rest.filter((row) => !repeats(row, first));
  if (below.length === 0) return rest.length > 0 || isNamesOnly(first);
  return namesColumns(first, below) && !recursBelow(first, below);
}

/** Whether a row is the header again, perhaps with fewer or more columns. */
function repeats(row: readonly string[], first: readonly string[]): boolean {
  const common = Math.min(row.length, first.length);
  return common > 1 && row.slice(0, common).every((cell, column) => cell === first[column]);
}

/** A single row of a file has names if it has no values. */
function isNamesOnly(row: readonly string[]): boolean {
  return row.every((cell) => !isValueKind(kindOf(cell)));
}

/** `figures`: digits with signs between them, such as decimal commas, and dates and times as people write them. */
type Kind = ColumnType | "figures";

const figures = /^[+-]?\d[\d.,:/\- %]*$/;

/** Undefined for a value that is missing. */
function kindOf(cell: string): Kind | undefined {
  const type = typeOf(cell);
  return type === "text" && figures.test(cell.trim()) ? "figures" : type;
}

function isValueKind(kind: Kind | undefined): boolean {
  return kind !== undefined && kind !== "text";
}

function kindOfColumn(rows: Rows, column: number, type: ColumnType | undefined): Kind | undefined {
  if (type !== "text") return type;
  const kinds = rows.map((row) => kindOf(row[column] ?? "")).filter((kind) => kind !== undefined);
  return kinds.length > 0 && kinds.every((kind) => kind === "figures" || kind === "number") ? "figures" : type;
}

/**
 * Whether the first row differs from the rows below it. A number above numbers speaks against names, a text above
 * numbers for them.
 */
function namesColumns(first: readonly string[], below: Rows): boolean {
  const types = typesOf(below, first.length);
  let like = 0;
  let unlike = 0;
  for (const [column, cell] of first.entries()) {
    const kind = kindOf(cell);
    const expected = kindOfColumn(below, column, types[column]);
    if (kind === undefined || placeholder.test(cell.trim()) || !isValueKind(expected)) continue;
    if (kind === expected || (kind === "number" && expected === "figures")) like++;
    else unlike++;
  }
  if (like === 0) return true;
  return like <= unlike || areNumbersNames(first, below);
}

/** Numbers that are names: years, or the numbers that programs give to columns without a name. */
function areNumbersNames(first: readonly string[], below: Rows): boolean {
  const named = first.flatMap((cell, column) => (typeOf(cell) === "number" ? [{ number: Number(cell), column }] : []));
  const numbers = named.map(({ number }) => number);
  const others = first.filter((cell) => typeOf(cell) !== "number");
  if (others.some((cell) => isValueKind(kindOf(cell)))) return false;
  if (numbers.every((number) => isYear(number))) {
    if (numbers.length > 1 && isSequence(numbers)) return true;
    return others.length > 0 && named.every(({ column }) => !below.some((row) => isYear(Number(row[column]))));
  }
  const columns = named.map(({ column }) => column);
  const counts = (row: readonly string[]): boolean => isCounted(columns.map((column) => Number(row[column])));
  return numbers[0] === 0 && isCounted(numbers) && !below.some(counts);
}

/** Whether each number is the next integer. */
function isCounted(numbers: readonly number[]): boolean {
  const [first = 0] = numbers;
  return numbers.length > 1 && Number.isInteger(first) && numbers.every((number, index) => number === first + index);
}

function isYear(number: number): boolean {
  return Number.isInteger(number) && number >= 1800 && number < 2200;
}

/** Whether the numbers rise or fall in equal steps. */
function isSequence(numbers: readonly number[]): boolean {
  const [first = 0, second = 0] = numbers;
  const step = second - first;
  return step !== 0 && numbers.every((number, index) => number === first + index * step);
}

/** Whether a value of the first row occurs below it, which a name doesn't. */
function recursBelow(first: readonly string[], below: Rows): boolean {
  const named = [...first.entries()].filter(([, cell]) => cell !== "");
  const recurring = named.filter(([column, cell]) => below.some((row) => row[column] === cell));
  return recurring.length * 2 > named.length;
}
