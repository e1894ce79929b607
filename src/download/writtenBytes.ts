/** How a file that is being downloaded stands on the disk, for those who read it meanwhile. */
export interface WrittenBytes {
  /** Its place among the task's files, counted from 0. */
  readonly file: number;
  /** Where the bytes are until the file is whole. */
  readonly part: string;
  /** The name that the file is to have, as far as it is known; once `placed`, where it lies. */
  readonly path: string;
  /** Bytes of the part that are the file's and may be read. Fewer than before when it is fetched anew. */
  readonly bytes: number;
  /** Bytes of the whole file, where the store told. */
  readonly total?: number;
  readonly placed: boolean;
}
