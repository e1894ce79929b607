import type { Session } from "./session.ts";

/**
 * Checks that the engine works in this process: that results can be read, which fails where its memory is out of reach,
 * and that parameters arrive.
 *
 * @returns the engine's version
 */
export async function selfTest(session: Session): Promise<string> {
  const sql = "SELECT version(), sum(i)::BIGINT, max($1 || i::VARCHAR) FROM range(3000) t(i)";
  const [row] = await session.rows({ sql, values: ["ä"] }, new AbortController().signal);
  const [version, sum, text] = row ?? [];
  if (typeof version !== "string" || sum !== 4_498_500n || text !== "ä999") {
    throw new Error("The query engine returned wrong values.");
  }
  return version;
}
