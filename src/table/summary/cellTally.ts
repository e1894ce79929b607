import { defined } from "../../model/defined.ts";
import { typeOf } from "../cells/columnTypes.ts";
import type { CellSummary } from "../tableTypes.ts";
import { type Decimal, decimalText, dividedBy, parseDecimal, plus } from "./decimal.ts";

/** How many decimal digits a non-terminating average has beyond those of the sum. */
const averageDigits = 10;

/** Whole numbers below this are added exactly, and much faster, as JavaScript numbers. */
const mostExact = 2 ** 52;
const shortNumber = /^-?\d{1,15}$/;

/** Counts cells and adds up the numbers among them, exactly. */
export class CellTally {
  cells = 0;
  #empty = 0;
  #numbers = 0;
  /** The sum of short whole numbers that is not yet part of `#sum`. */
  #short = 0;
  #sum: Decimal | undefined = { digits: 0n, scale: 0 };

  /** @param text undefined for a cell that the row doesn't have */
  add(text: string | undefined): void {
    this.cells++;
    const type = text === undefined ? undefined : typeOf(text);
    if (text === undefined || type === undefined) this.#empty++;
    else if (type === "number") this.#addNumber(text.trim());
  }

  /** Adds the result of another tally. */
  addSummary(summary: CellSummary): void {
    this.cells += summary.cells;
    this.#empty += summary.empty;
    this.#numbers += summary.numbers;
    if (summary.numbers > 0) this.#plus(summary.sum === undefined ? undefined : parseDecimal(summary.sum));
  }

  get summary(): CellSummary {
    const counted = { cells: this.cells, empty: this.#empty, numbers: this.#numbers };
    this.#plusShort();
    if (this.#sum === undefined || this.#numbers === 0) return counted;
    const { quotient, isExact } = dividedBy(this.#sum, this.#numbers, this.#sum.scale + averageDigits);
    return {
      ...counted,
      sum: decimalText(this.#sum),
      average: decimalText(quotient),
      ...defined({ averageIsRounded: isExact ? undefined : (true as const) }),
    };
  }

  #addNumber(text: string): void {
    this.#numbers++;
    if (!shortNumber.test(text)) {
      this.#plus(parseDecimal(text));
      return;
    }
    this.#short += Number(text);
    if (Math.abs(this.#short) > mostExact) this.#plusShort();
  }

  /** If one number can't be added, the sum would be wrong, so there is none. */
  #plus(number: Decimal | undefined): void {
    this.#sum = number === undefined || this.#sum === undefined ? undefined : plus(this.#sum, number);
  }

  #plusShort(): void {
    const short = this.#short;
    this.#short = 0;
    if (short !== 0) this.#plus({ digits: BigInt(short), scale: 0 });
  }
}
