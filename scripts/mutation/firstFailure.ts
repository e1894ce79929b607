import type { TestEvent } from "node:test/reporters";

/** Begins the line that `firstFailure` writes for a failed test. */
export const failureMark = "failed test: ";

/** A reporter that writes the names of failed tests and nothing else. */
export default async function* firstFailure(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type === "test:fail" && data.todo === undefined) yield `${failureMark}${data.name.replaceAll("\n", " ")}\n`;
  }
}
