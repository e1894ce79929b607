import { closeSync, openSync, writeSync } from "node:fs";

/** The columns of the large export. */
export const largeCsvColumns = [
  ...["transaction_id", "user_id", "shop", "product", "quantity", "amount", "created_at", "note"],
] as const;

/** After this many rows, the rows repeat with new IDs. */
const period = 10_000;
const idDigits = 9;
const zero = 0x30;
const shops = ["Utrecht", "Köln", "Gent", "Lille", "Århus", "Porto", "Brno", "Bari"];
const products = ["oat milk", "rye bread", "apple", "green tea", "soap", "olives", "rice"];

/** The values of a row by its number, so that any row of the file can be checked without reading it. */
export function largeCsvRow(row: number): string[] {
  const place = row % period;
  const day = String(1 + (place % 28)).padStart(2, "0");
  const month = String(1 + (Math.floor(place / 28) % 12)).padStart(2, "0");
  return [
    String(row).padStart(idDigits, "0"),
    `u${String((place * 7919) % 100_000).padStart(5, "0")}`,
    shops[place % shops.length] ?? "",
    products[place % products.length] ?? "",
    String(1 + (place % 9)),
    (((place * 37) % 20_000) / 100).toFixed(2),
    `2026-${month}-${day}T${String(place % 24).padStart(2, "0")}:15:00Z`,
    place % 100 === 42 ? `left at the door,\nsaid "thanks", ${place}` : place % 3 === 0 ? "paid by card" : "paid cash",
  ];
}

/**
 * Writes an export of about `bytes` bytes, with rows of about 70 bytes. One note in a hundred is quoted and contains a
 * newline. 1 GiB has about 15 million rows and takes a second or two.
 *
 * @returns the number of rows and bytes
 */
export function writeLargeCsv(path: string, bytes: number): { rows: number; bytes: number } {
  const file = openSync(path, "w", 0o600);
  try {
    let written = writeSync(file, `${largeCsvColumns.join(",")}\n`);
    const { text, starts } = periodOfRows();
    let rows = 0;
    while (written + text.length <= bytes || rows === 0) {
      for (const start of starts) writeId(text, start, rows++);
      written += writeSync(file, text);
    }
    return { rows, bytes: written };
  } finally {
    closeSync(file);
  }
}

function periodOfRows(): { text: Buffer; starts: number[] } {
  const rows = Array.from({ length: period }, (_, row) => Buffer.from(`${largeCsvRow(row).map(field).join(",")}\n`));
  const starts: number[] = [];
  let length = 0;
  for (const row of rows) {
    starts.push(length);
    length += row.length;
  }
  return { text: Buffer.concat(rows), starts };
}

function field(text: string): string {
  return /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function writeId(text: Buffer, start: number, row: number): void {
  for (let place = start + idDigits - 1, rest = row; place >= start; place--, rest = Math.floor(rest / 10)) {
    text[place] = zero + (rest % 10);
  }
}
