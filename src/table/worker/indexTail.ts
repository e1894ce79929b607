import { openDivided } from "../document/openText.ts";
import { indexBuilder } from "../document/indexedTable.ts";
import type { IndexedTail } from "../index/indexBuilder.ts";
import { Utf8Check } from "../index/utf8Check.ts";
import type { Scanner } from "../scan/scanner.ts";
import type { Rest } from "./rest.ts";
import type { TailRequest } from "./tableMessages.ts";
import { takeTurns } from "./turns.ts";

/** How many bytes are indexed before a thread looks at other requests: one to two milliseconds. */
export const stepBytes = 4 << 20;

/**
 * Indexes a file from a row on.
 *
 * @throws ExportError `cancelled`; `fileChanged`, `fileMissing`
 */
export async function indexTail(
  { path, id, size, division, from }: TailRequest,
  { scanner, rest, signal }: { scanner: Scanner; rest: Rest; signal: AbortSignal },
): Promise<IndexedTail> {
  const text = openDivided({ path, id, size }, division, scanner);
  try {
    const builder = indexBuilder(text, from, new Utf8Check());
    while (builder.step(stepBytes)) {
      await rest.over();
      await takeTurns(signal);
    }
    return builder.tail;
  } finally {
    text.source.close();
  }
}
