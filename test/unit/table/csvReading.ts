import type { Reading } from "../../../src/table/tableTypes.ts";

/** A file with commas and quotes, in UTF-8 and without a header. */
export const csvReading: Reading = {
  kind: "delimited",
  delimiter: ",",
  quote: '"',
  header: false,
  encoding: "utf-8",
  flat: false,
  arrayPath: [],
};
