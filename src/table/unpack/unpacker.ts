/** Writes the content of one file as text that can be read as a table, to a new file. */
export interface Unpacker {
  /** Resolves when all of it is written. @param onWritten called with the number of bytes that can be read */
  unpack(from: string, to: string, onWritten: (bytes: number) => void): Promise<void>;
  /** Stops. When this is settled, nothing writes any more. */
  dispose(): Promise<void>;
}
