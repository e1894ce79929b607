import { constants, createGunzip } from "node:zlib";
import { examinedBytes } from "../../model/pageOpening.ts";
import type { BodyIntake } from "./bodyIntake.ts";
import { type ContentJudgement, type ContentKind, judgeContent } from "./contentKind.ts";

/** The first bytes of a body, and what they are the beginning of. */
export interface JudgedBeginning {
  readonly bytes: Buffer;
  readonly kind: ContentKind;
}

/** Usually enough to distinguish a web page from data. */
const firstBytes = 512;

/**
 * Reads as much of a body as it takes to say what it is, at most about twice `examinedBytes`. Normally a few hundred
 * bytes; more if it begins with white space or comments. A web page that is compressed with gzip is a page as well.
 *
 * @param contentType the header as received
 * @throws the error of the body if it failed before it was judged
 */
export async function judgedBeginning(body: BodyIntake, contentType: string | undefined): Promise<JudgedBeginning> {
  let bytes = await body.beginning(firstBytes);
  for (;;) {
    const { kind, isOpen } = await judge(bytes, contentType);
    if (!isOpen) return { bytes, kind };
    // Twice as many each time, so that nothing is examined more than about twice.
    const more = await body.beginning(Math.max(bytes.byteLength, firstBytes));
    if (more.byteLength === 0) return { bytes, kind };
    bytes = Buffer.concat([bytes, more]);
  }
}

async function judge(bytes: Buffer, contentType: string | undefined): Promise<ContentJudgement> {
  const judged = judgeContent(bytes, contentType);
  if (judged.kind !== "gzip") return judged;
  const { kind, isOpen } = judgeContent(await unpacked(bytes), contentType);
  return { kind: kind === "page" ? "page" : "gzip", isOpen: isOpen && bytes.byteLength < examinedBytes };
}

/** The first bytes of what is compressed, at most about `examinedBytes`. Ends where the bytes end or are damaged. */
async function unpacked(bytes: Buffer): Promise<Buffer> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.end(bytes.subarray(0, examinedBytes));
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      total += chunk.byteLength;
      if (total >= examinedBytes) break;
    }
  } catch {
    // Whether the archive is whole is checked after the download.
  }
  return Buffer.concat(chunks);
}
