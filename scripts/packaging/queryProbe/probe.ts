/** The environment variable with the folder of the probe. */
export const probeVariable = "TASK_EXPORTS_QUERY_PROBE";

/** The files in that folder: the one that is sorted, and the answer, as JSON. */
export const probeFiles = { rows: "rows.csv", answer: "answer.json" } as const;

/** The rows as they are in the file, and by the number, in descending order. An error in their place is its code. */
export interface ProbeAnswer {
  plain: string[][] | string;
  sorted: string[][] | string;
}
