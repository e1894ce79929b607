/** How much of a file has been written, for readers that open it during the download. */
export interface WrittenBytes {
  /** Index of the file within its task, from 0. */
  readonly file: number;
  /** The path of the part, which contains the bytes until the file is complete. */
  readonly part: string;
  /** The final path, which can still change until `placed` is true. */
  readonly path: string;
  /** How many bytes of the part can be read. Decreases if the file is fetched again from the start. */
  readonly bytes: number;
  /** Size of the whole file, if the store sent it. */
  readonly total?: number;
  readonly placed: boolean;
}
