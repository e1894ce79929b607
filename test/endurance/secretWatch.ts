import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A signed query, or a signature alone, plain or escaped. */
const signed = /[?&](?:sig|se|sp|sv)=|[\w+/%-]{40,}(?:=|%3D)/i;
const everyMs = 250;

/** Looks for signed links in all that is told and in the small files beside exports, while a test goes on. */
export class SecretWatch {
  readonly #folder: string;
  readonly #watching: Promise<void>;
  #told: string[] = [];
  #ended = false;
  /** How many small files were looked into. */
  filesRead = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#watching = this.#watch();
    // What it finds is told by `end`.
    this.#watching.catch(() => undefined);
  }

  /** Has a text, or what an object says as JSON, looked at. */
  told(what: unknown): void {
    this.#told.push(JSON.stringify(what));
  }

  /** Has an error looked at, with all that it was caused by. */
  failed(error: unknown): void {
    for (let each = error; each instanceof Error; each = each.cause) {
      this.told([each.message, each.stack, Object.entries(each)]);
    }
  }

  /** Ends the watch; throws when a link was found. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for (;;) {
      const isLast = this.#ended;
      const told = this.#told;
      this.#told = [];
      for (const text of told) assertNoLink(text);
      await this.#lookAround();
      if (isLast) return;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  async #lookAround(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      assertNoLink(name);
      if (name.endsWith(".csv") || name.endsWith(".part")) continue;
      const text = await readFile(join(this.#folder, name), "utf8").catch(() => undefined);
      if (text === undefined) continue;
      this.filesRead += 1;
      assertNoLink(text);
    }
  }
}

export function assertNoLink(text: string): void {
  assert.doesNotMatch(text, signed);
}
