/** Brands exist only for the compiler. They prevent one kind of number from being used as the other. */
declare const isNumber: unique symbol;
declare const isPosition: unique symbol;

/** A row's place in the file, from 0, without the header. It identifies the row and is the same in every view. */
export type RowNumber = number & { readonly [isNumber]: true };

/** A row's place in a view, from 0. In file order, it has the same value as the row's number. */
export type RowPosition = number & { readonly [isPosition]: true };

export function rowNumber(value: number): RowNumber {
  return value as RowNumber;
}

export function rowPosition(value: number): RowPosition {
  return value as RowPosition;
}
