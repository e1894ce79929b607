import { type FileHandle, open, rm } from "node:fs/promises";
import { ReservedSpace } from "../../disk/freeSpace.ts";
import { writeFailure } from "./extractErrors.ts";
import { ParquetWriter } from "./parquet/parquetWriter.ts";

/**
 * A new file for columns, for its owner alone. It is created with the first rows, and removed if it doesn't become
 * complete.
 */
export class ColumnsFile {
  readonly writer: ParquetWriter;
  readonly #path: string;
  readonly #reserve: ReservedSpace;
  #handle: FileHandle | undefined;
  #written = 0;
  #complete = false;

  constructor(path: string, columns: number) {
    this.#path = path;
    this.#reserve = new ReservedSpace(path);
    this.writer = new ParquetWriter(columns, (bytes) => this.#append(bytes));
  }

  async complete(): Promise<void> {
    await this.writer.end();
    this.#complete = true;
  }

  /** Removes the file unless it is complete. */
  async close(): Promise<void> {
    if (this.#handle === undefined) return;
    await this.#handle.close();
    if (!this.#complete) await rm(this.#path, { force: true });
  }

  /** @throws ExportError `diskFull`; errors of the file system */
  async #append(bytes: Uint8Array): Promise<void> {
    try {
      this.#handle ??= await open(this.#path, "wx", 0o600);
      await this.#reserve.growTo(this.#written + bytes.length);
      await this.#handle.writeFile(bytes);
    } catch (error) {
      throw writeFailure(error);
    }
    this.#written += bytes.length;
  }
}
