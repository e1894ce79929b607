import { HostedThread, type TablePrograms, threadData } from "../worker/hostedThread.ts";
import type { UnpackEvents, UnpackRequests } from "./unpackMessages.ts";
import type { Unpacker } from "./unpacker.ts";

/** Unpacks a gzip file in a thread. */
export class GzipUnpacker implements Unpacker {
  readonly #thread: HostedThread<UnpackRequests, UnpackEvents>;

  constructor(programs: TablePrograms) {
    this.#thread = new HostedThread(programs.unpackWorker, threadData(programs));
  }

  async unpack(from: string, to: string, onWritten: (bytes: number) => void): Promise<void> {
    this.#thread.on("written", ({ bytes }) => onWritten(bytes));
    await this.#thread.ask("unpack", { from, to });
  }

  dispose(): Promise<void> {
    return this.#thread.terminate();
  }
}
