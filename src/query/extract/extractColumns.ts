import { randomUUID } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { cancelled, throwIfCancelled } from "../../model/exportError.ts";
import { saysMissing } from "../../model/systemCode.ts";
import { inputCapacity } from "../../table/scan/scanner.ts";
import { fileChanged, fileMissing } from "../../table/source/fileProblem.ts";
import { HostedThread } from "../../table/worker/hostedThread.ts";
import type { SentenceBundle } from "../../table/worker/tableMessages.ts";
import type { SourcePart } from "../exportSource.ts";
import type { ExtractEvents, ExtractRequests, ExtractSizes, Piece } from "./extractMessages.ts";
import { piecesOf } from "./pieces.ts";

export { loadedFrom } from "./loadedFrom.ts";

export interface ExtractRequest {
  readonly parts: readonly SourcePart[];
  /** Indexes in the export's columns. */
  readonly columns: readonly number[];
  /** An existing folder that only its owner can use. New files are created in it. */
  readonly folder: string;
}

export interface Extracted {
  /** In the order of the rows. `loadedFrom` says how they are read. */
  readonly files: readonly string[];
  readonly rows: number;
}

export interface ExtractPrograms {
  /** URL of the program of the threads. */
  readonly extractWorker: string;
  /** Path of the compiled scanner. */
  readonly scanner: string;
  /** Path of the compiled program that copies fields. Without it, extracting takes longer. */
  readonly fields?: string | undefined;
  readonly sentences?: SentenceBundle | undefined;
}

export interface ExtractProgress {
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ExtractOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ExtractProgress) => void;
  readonly sizes?: ExtractSizes;
}

/** More threads would only wait for the disk. */
const mostThreads = 4;
/** Small enough that threads end at about the same time, large enough that few files are created. */
const defaultSizes: ExtractSizes = { stretch: inputCapacity, piece: 64 << 20 };

interface PlacedPiece {
  readonly piece: Piece;
  readonly target: string;
  readonly bytes: number;
}

/**
 * Writes the values of columns, as the table shows them, to files that the engine loads fast.
 *
 * @throws ExportError `fileChanged` if a file has another number of rows than its part, or changes meanwhile;
 * `fileMissing`, `diskFull`, `cancelled`. No files are left then.
 */
export async function extractColumns(
  { parts, columns, folder }: ExtractRequest,
  programs: ExtractPrograms,
  { signal, onProgress, sizes = defaultSizes }: ExtractOptions,
): Promise<Extracted> {
  throwIfCancelled(signal);
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (columns.length === 0) return { files: [], rows };
  const before = await Promise.all(parts.map(({ file }) => stampOf(file.path)));
  const name = randomUUID();
  const placed = parts
    .flatMap((part, place) => sizedPieces(part, columns, sizes.piece, before[place]?.size ?? 0))
    .map((sized, place) => ({ ...sized, target: join(folder, `${name}-${place}.parquet`) }));
  const totalBytes = placed.reduce((sum, { bytes }) => sum + bytes, 0);
  const onBytes = (bytes: number): void => onProgress?.({ bytes, totalBytes });
  const crew = new Crew(placed, programs, { stretch: sizes.stretch, onBytes });
  try {
    await crew.work(signal);
    for (const [place, { file }] of parts.entries()) {
      if ((await stampOf(file.path)).text !== before[place]?.text) throw fileChanged(file.path);
    }
  } catch (error) {
    await Promise.all(placed.map(({ target }) => rm(target, { force: true })));
    throw signal.aborted ? cancelled(error) : error;
  }
  return { files: placed.filter(({ piece }) => piece.rows > 0).map(({ target }) => target), rows };
}

function sizedPieces(part: SourcePart, columns: readonly number[], pieceBytes: number, fileSize: number) {
  const end = Math.min(part.file.size ?? Infinity, fileSize);
  return piecesOf(part, columns, pieceBytes).map((piece) => {
    return { piece, bytes: Math.max(0, (piece.to ?? end) - piece.from) };
  });
}

interface CrewOptions {
  readonly stretch: number;
  readonly onBytes: (bytes: number) => void;
}

/** Threads that each extract one piece after the other. */
class Crew {
  readonly #waiting: PlacedPiece[];
  readonly #programs: ExtractPrograms;
  readonly #options: CrewOptions;
  readonly #threads: number;
  /** How many bytes of each piece are read. */
  readonly #read = new Map<PlacedPiece, number>();

  constructor(pieces: readonly PlacedPiece[], programs: ExtractPrograms, options: CrewOptions) {
    this.#waiting = [...pieces];
    this.#programs = programs;
    this.#options = options;
    this.#threads = Math.min(availableParallelism(), mostThreads, pieces.length);
  }

  /** Resolves when all pieces are extracted, and rejects when no thread runs anymore. */
  async work(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    const working = Array.from({ length: this.#threads }, async () => {
      try {
        await this.#runThread(either);
      } catch (error) {
        // Of all threads, the first error counts. The others are canceled.
        stop.abort(error);
      }
    });
    await Promise.all(working);
    throwIfCancelled(signal);
    if (stop.signal.aborted) throw stop.signal.reason;
  }

  async #runThread(signal: AbortSignal): Promise<void> {
    const { extractWorker, scanner, sentences } = this.#programs;
    const data = { scanner, encodingGuess: undefined, sentences };
    const thread = new HostedThread<ExtractRequests, ExtractEvents>(new URL(extractWorker), data);
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        await this.#extract(thread, next, signal);
      }
    } finally {
      await thread.terminate();
    }
  }

  async #extract(
    thread: HostedThread<ExtractRequests, ExtractEvents>,
    placed: PlacedPiece,
    signal: AbortSignal,
  ): Promise<void> {
    const listening = thread.on("progress", ({ bytes }) => this.#tell(placed, bytes));
    try {
      const { stretch } = this.#options;
      const { piece, target } = placed;
      await thread.ask("extract", { piece, target, stretch, fields: this.#programs.fields }, signal);
      this.#tell(placed, placed.bytes);
    } finally {
      listening.dispose();
    }
  }

  #tell(placed: PlacedPiece, bytes: number): void {
    this.#read.set(placed, bytes);
    this.#options.onBytes([...this.#read.values()].reduce((sum, each) => sum + each, 0));
  }
}

/** What changes with a file. */
async function stampOf(path: string): Promise<{ readonly text: string; readonly size: number }> {
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return { text: [dev, ino, size, mtimeNs].join(), size: Number(size) };
  } catch (error) {
    throw saysMissing(error) ? fileMissing(path, error) : error;
  }
}
