import type { ViewedFile } from "../tableReader.ts";

/** A file of a task that is joined with the task's other files. */
export interface Part {
  /** The file's name, which the first column of the joined table shows. */
  readonly name: string;
  readonly path: string;
  readonly file: ViewedFile;
}
