import type { BodyIntake } from "./bodyIntake.ts";
import { type ContentKind, judgeContent } from "./contentKind.ts";

/** The first bytes of a body, and what they are the beginning of. */
export interface JudgedBeginning {
  readonly bytes: Buffer;
  readonly kind: ContentKind;
}

/** Usually enough to distinguish a web page from data. */
const firstBytes = 512;

/**
 * Reads as much of a body as it takes to say what it is, at most about twice `examinedBytes`. Normally a few hundred
 * bytes; more if it begins with white space or comments.
 *
 * @param contentType the header as received
 * @throws the error of the body if it failed before it was judged
 */
export async function judgedBeginning(body: BodyIntake, contentType: string | undefined): Promise<JudgedBeginning> {
  let bytes = await body.beginning(firstBytes);
  for (;;) {
    const { kind, isOpen } = judgeContent(bytes, contentType);
    if (!isOpen) return { bytes, kind };
    // Twice as many each time, so that nothing is examined more than about twice.
    const more = await body.beginning(Math.max(bytes.byteLength, firstBytes));
    if (more.byteLength === 0) return { bytes, kind };
    bytes = Buffer.concat([bytes, more]);
  }
}
