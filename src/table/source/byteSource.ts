/**
 * The bytes of a file, read in a worker thread: synchronously, at any offset, never all at once. The file can be
 * complete, still being downloaded, or still appended to by another program.
 */
export interface ByteSource {
  /** How many bytes can be read now. Only grows: a file that shrank counts as another file. */
  readonly size: number;
  /**
   * Fills `target` with the bytes from `position` on.
   *
   * @returns how many bytes were read; fewer than `target` has room for only at the end
   * @throws ExportError `fileChanged` if the file is shorter than expected
   */
  read(target: Uint8Array, position: number): number;
  close(): void;
}
