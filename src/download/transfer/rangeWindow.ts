import type { HttpHeaders } from "../../http/httpClient.ts";
import { defined } from "../../model/defined.ts";
import { BodyIntake } from "./bodyIntake.ts";
import { unexpectedAnswer } from "../errors/downloadErrors.ts";
import type { PartFile } from "../part/partFile.ts";
import { PartWriter } from "../part/partWriter.ts";
import { type FileIdentity, isStrong, judgeRangeAnswer } from "../part/rangeAnswer.ts";
import type { FollowedAnswer } from "./redirects.ts";
import { SlowWatch, type SpeedLimit } from "./slowWatch.ts";

/** Small enough to keep several in memory, large enough that the requests cost little. */
export const defaultRangeBytes = 4 * 1024 * 1024;
/** For fewer bytes, opening more connections takes longer than it saves. */
const leastWorth = 8 * defaultRangeBytes;

/** How the rest of a file is fetched in parallel ranges. */
export interface RangeWindow {
  readonly part: PartFile;
  /** The version of the part. Its ETag is strong. */
  readonly known: FileIdentity;
  readonly total: number;
  /** How many ranges at a time. */
  readonly count: number;
  /** The length of each range but the last, at most `defaultRangeBytes`. */
  readonly rangeBytes: number;
  readonly speed: SpeedLimit;
  readonly signal: AbortSignal;
  /** Sends a request for the file with additional headers. */
  readonly ask: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<FollowedAnswer>;
  /** Called with the part's length after each write. */
  readonly onWritten: (length: number) => void;
  /** Asked after each range with the part's length. If false, no further ranges are requested. */
  readonly goesOn: (length: number) => boolean;
}

/** Whether the store supports ranges, and whether enough bytes are left for them. */
export function isWorthRanges(headers: HttpHeaders, bytesLeft: number): boolean {
  const { etag, "accept-ranges": units } = headers;
  return isStrong(etag) && units?.trim().toLowerCase() === "bytes" && bytesLeft >= leastWorth;
}

/**
 * Fetches the rest of a file in ranges, several at a time, and appends them in order. So the part is always the
 * beginning of the file, which resuming and hashing rely on. At most `count` ranges are in memory.
 *
 * Returns when the file is complete, when it should not go on, or when anything goes wrong, including a cancel; the part then contains everything
 * before the failure. The single request that follows runs into the same problem and reports it.
 */
export async function receiveInRanges(window: RangeWindow): Promise<void> {
  const { part, total, count, rangeBytes, signal, speed, onWritten, goesOn } = window;
  const stop = new AbortController();
  let head: BodyIntake | undefined;
  const watch = new SlowWatch(speed, () => {
    // If we are waiting for our disk, the store is not to blame.
    if (head?.isFull !== true) stop.abort();
  });
  const requested: RequestedRange[] = [];
  const request = requesterFor(window, AbortSignal.any([signal, stop.signal]), watch);
  let next = part.length;
  try {
    while (part.length < total) {
      const mayRequest = goesOn(part.length);
      for (; mayRequest && requested.length < count && next < total; next += rangeBytes) requested.push(request(next));
      const range = requested.shift();
      if (range === undefined) return;
      head = await range.intake;
      // Only a whole range is written: a response that is too long or too short may have other bytes from its start.
      const length = range.end - part.length;
      const chunks = await head.firstChunks(length + 1);
      if (chunks.reduce((sum, { byteLength }) => sum + byteLength, 0) !== length) return;
      await writeAll(chunks, new PartWriter(part, onWritten));
    }
  } catch {
    return;
  } finally {
    watch.stop();
    stop.abort();
    await Promise.allSettled(requested.map(({ intake }) => intake));
  }
}

async function writeAll(chunks: readonly Buffer[], writer: PartWriter): Promise<void> {
  try {
    for (const chunk of chunks) await writer.take(chunk);
  } finally {
    await writer.flush();
  }
}

/** A range that has been requested. */
interface RequestedRange {
  readonly end: number;
  readonly intake: Promise<BodyIntake>;
}

function requesterFor(window: RangeWindow, signal: AbortSignal, watch: SlowWatch): (from: number) => RequestedRange {
  const { ask, known, total, rangeBytes } = window;
  const open = async (from: number, end: number): Promise<BodyIntake> => {
    const condition = defined({ "if-range": known.etag });
    const answer = await ask({ range: `bytes=${from}-${end - 1}`, ...condition }, signal);
    const { status, headers, body, host } = answer;
    const judgement = judgeRangeAnswer(status, headers, { from, have: from, known, hasChecksum: false });
    if (judgement.kind !== "append" || judgement.end !== end) {
      body.destroy();
      throw unexpectedAnswer(host, status);
    }
    const count = (bytes: number): void => watch.count(bytes);
    // One byte more than a range, so that a complete range never pauses its connection until its turn.
    return new BodyIntake(body, count, rangeBytes + 1);
  };
  return (from) => {
    const end = Math.min(from + rangeBytes, total);
    const intake = open(from, end);
    // If it fails before its turn, the error is thrown when it is its turn.
    intake.catch(() => undefined);
    return { end, intake };
  };
}
