/**
 * The bytes of a file as the table reads them, from a worker thread: synchronously, at any offset, never all at once.
 * Behind it may be a whole file, one that is still downloaded, or one that another program appends to.
 */
export interface ByteSource {
  /** Bytes that may be read now. Grows; shrinks never (a file that shrank is another file). */
  readonly size: number;
  /**
   * Fills `target` from the file's byte `position` on.
   * @returns bytes read; fewer than `target` has room for only at the end
   * @throws ExportError `fileChanged` when the file is shorter than it was said to be
   */
  read(target: Uint8Array, position: number): number;
  close(): void;
}
