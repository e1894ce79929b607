import type { TestEvent } from "node:test/reporters";
import { DeadFiles } from "./deadFiles.ts";

/**
 * A reporter for `node --test` that writes one line of JSON: how many tests passed and failed in all files, and which
 * files died.
 */
export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const dead = new DeadFiles();
  for await (const event of events) {
    dead.see(event);
    // Each file has a summary, too; the one of the whole run names no file.
    if (event.type !== "test:summary" || event.data.file !== undefined) continue;
    const { tests, passed, skipped, todo } = event.data.counts;
    yield JSON.stringify({ passed, failed: tests - passed - skipped - todo, deadFiles: dead.found() });
  }
}
