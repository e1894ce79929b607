import { type RowNumber, rowNumber, type RowPosition, rowPosition } from "../../table/view/rowIdentity.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import type { ArrangeRequest } from "../engineMessages.ts";
import { type EngineProcess, withProgress } from "./engineProcess.ts";
import type { CallOptions, EngineHost } from "./engineHost.ts";

/** An order that a process has. */
interface Held {
  readonly process: EngineProcess;
  readonly order: number;
}

/** An order of rows that the engine keeps. If its process has ended, the next request makes the order again. */
export class EngineOrder implements RowOrder {
  readonly #engine: EngineHost;
  readonly #request: ArrangeRequest;
  #held: Held | undefined;
  #first: readonly RowNumber[] = [];
  #rows = 0;
  #isDisposed = false;

  private constructor(engine: EngineHost, request: ArrangeRequest) {
    this.#engine = engine;
    this.#request = request;
  }

  static async create(engine: EngineHost, request: ArrangeRequest, options: CallOptions): Promise<EngineOrder> {
    const order = new EngineOrder(engine, request);
    await engine.use((process) => order.#hold(process, options), options.signal);
    return order;
  }

  get rows(): number {
    return this.#rows;
  }

  async numbers(from: RowPosition, count: number, signal: AbortSignal): Promise<readonly RowNumber[]> {
    const wanted = Math.min(count, this.#rows - from);
    if (from + wanted <= this.#first.length) return this.#first.slice(from, from + wanted);
    const numbers = await this.#ask(
      ({ process, order }) => process.ask("numbers", { order, from, count: wanted }, signal),
      signal,
    );
    return numbers.map(rowNumber);
  }

  async positions(rows: readonly RowNumber[], signal: AbortSignal): Promise<readonly (RowPosition | undefined)[]> {
    const positions = await this.#ask(
      ({ process, order }) => process.ask("positions", { order, rows }, signal),
      signal,
    );
    return positions.map((position) => (position < 0 ? undefined : rowPosition(position)));
  }

  dispose(): void {
    this.#isDisposed = true;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) drop(held);
  }

  #ask<Answer>(ask: (held: Held) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    return this.#engine.use(async (process) => {
      const held = await this.#hold(process, { signal });
      try {
        return await ask(held);
      } catch (error) {
        // The engine couldn't make the whole order, for example because the disk was full. It may be able to do so next time.
        if (!signal.aborted) this.#drop(held);
        throw error;
      }
    }, signal);
  }

  async #hold(process: EngineProcess, { signal, onProgress }: CallOptions): Promise<Held> {
    if (this.#held?.process === process) return this.#held;
    const held: Held = { process, order: this.#engine.nextNumber() };
    try {
      const { rows, first } = await withProgress(process, held.order, { onProgress }, () =>
        process.ask("arrange", { ...this.#request, order: held.order, work: held.order }, signal),
      );
      this.#rows = rows;
      this.#first = first.map(rowNumber);
    } catch (error) {
      // After a cancel, the engine may have the order already.
      drop(held);
      throw error;
    }
    // Two requests at once made it twice. The first one stays.
    if (this.#held?.process === process || this.#isDisposed) drop(held);
    else this.#held = held;
    return this.#held ?? held;
  }

  #drop(held: Held): void {
    if (this.#held === held) this.#held = undefined;
    drop(held);
  }
}

function drop({ process, order }: Held): void {
  void process.ask("dropOrder", { order }).catch(() => undefined);
}
