/** How much of a file is on the disk, for those who read it while it is downloaded. */
export interface WrittenBytes {
  /** Index of the file within its task, counted from 0. */
  readonly file: number;
  /** Where the bytes are until the file is complete. */
  readonly part: string;
  /** The final path as far as it is known; once `placed`, where the file is. */
  readonly path: string;
  /** How many bytes of the part belong to the file and may be read. Fewer than before when it is fetched again. */
  readonly bytes: number;
  /** Size of the whole file, if the store said. */
  readonly total?: number;
  readonly placed: boolean;
}
