import { closeSync, openSync, writeSync } from "node:fs";

const recordsPerWrite = 10_000;

/**
 * Writes an array of records on one line.
 *
 * @returns how many records it has
 */
export function writeLargeJson(path: string, bytes: number): number {
  const file = openSync(path, "w");
  let records = 0;
  let written = writeSync(file, "[");
  while (written < bytes) {
    const batch: string[] = [];
    for (let at = 0; at < recordsPerWrite; at++) batch.push(JSON.stringify(recordOf(records + at)));
    written += writeSync(file, `${records === 0 ? "" : ","}${batch.join(",")}`);
    records += recordsPerWrite;
  }
  writeSync(file, "]");
  closeSync(file);
  return records;
}

function recordOf(id: number): object {
  const notes = ["", "thanks", 'asked for a "gift" receipt', "left at the door"];
  return {
    id,
    created: new Date(Date.UTC(2026, 0, 1) + id * 1000).toISOString(),
    amount: (id * 37) % 1000,
    store: { city: ["Porto", "Gent", "Köln"][id % 3], number: id % 200 },
    note: id % 100 === 0 ? notes[(id / 100) % notes.length] : "",
  };
}
