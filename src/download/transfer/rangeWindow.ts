import type { HttpHeaders } from "../../http/httpClient.ts";
import { BodyIntake } from "./bodyIntake.ts";
import { unexpectedAnswer } from "../errors/downloadErrors.ts";
import type { PartFile } from "../part/partFile.ts";
import { type FileIdentity, isStrong, judgeRangeAnswer } from "../part/rangeAnswer.ts";
import { receive } from "./receive.ts";
import type { FollowedAnswer } from "./redirects.ts";
import { SlowWatch, type SpeedLimit } from "./slowWatch.ts";

/** Short enough to hold several in memory, long enough that asking for it costs little. */
const rangeBytes = 4 * 1024 * 1024;
/** With less to come, opening further connections takes longer than it saves. */
const leastWorth = 8 * rangeBytes;

/** What a file's rest is fetched with, several ranges side by side. */
export interface RangeWindow {
  readonly part: PartFile;
  /** The version that the part holds; its tag is strong. */
  readonly known: FileIdentity;
  readonly total: number;
  /** How many ranges at once. */
  readonly count: number;
  readonly speed: SpeedLimit;
  readonly signal: AbortSignal;
  /** Sends a request for the file with these headers more. */
  readonly ask: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<FollowedAnswer>;
  /** Told the part's length after each write. */
  readonly onWritten: (length: number) => void;
}

/** Whether a store that answered so lets the rest of its file be fetched in ranges, and whether there is enough of it. */
export function isWorthRanges(headers: HttpHeaders, bytesLeft: number): boolean {
  const { etag, "accept-ranges": units } = headers;
  return isStrong(etag) && units?.trim().toLowerCase() === "bytes" && bytesLeft >= leastWorth;
}

/**
 * Fetches the rest of a file in ranges, several at a time, and appends them in their order: the part stays a whole
 * beginning of the file, which resuming and summing up rely on. At most `count` ranges are in memory.
 *
 * Ends when the file is there or anything at all went wrong, a cancelled signal included; the part then has all that
 * came before the trouble. It is for the ordinary loop, which meets the same trouble again, to tell what it was.
 */
export async function receiveInRanges(window: RangeWindow): Promise<void> {
  const { part, total, count, signal, speed, onWritten } = window;
  const stop = new AbortController();
  let head: BodyIntake | undefined;
  const watch = new SlowWatch(speed, () => {
    // While it is our disk that is waited for, the store is not to blame.
    if (head?.isFull !== true) stop.abort();
  });
  const flying: FlyingRange[] = [];
  const takeOff = openerOf(window, AbortSignal.any([signal, stop.signal]), watch);
  let next = part.length;
  try {
    while (part.length < total) {
      for (; flying.length < count && next < total; next += rangeBytes) flying.push(takeOff(next));
      const range = flying.shift();
      if (range === undefined) return;
      head = await range.intake;
      await receive(head, part, { beginning: Buffer.alloc(0), end: range.end, onWritten });
      if (part.length !== range.end) return;
    }
  } catch {
    return;
  } finally {
    watch.stop();
    stop.abort();
    await Promise.allSettled(flying.map(({ intake }) => intake));
  }
}

/** A range on its way, from its request on. */
interface FlyingRange {
  readonly end: number;
  readonly intake: Promise<BodyIntake>;
}

function openerOf(window: RangeWindow, signal: AbortSignal, watch: SlowWatch): (from: number) => FlyingRange {
  const { ask, known, total } = window;
  const open = async (from: number, end: number): Promise<BodyIntake> => {
    const condition = known.etag === undefined ? {} : { "if-range": known.etag };
    const answer = await ask({ range: `bytes=${from}-${end - 1}`, ...condition }, signal);
    const { status, headers, body, host } = answer;
    const judgement = judgeRangeAnswer(status, headers, { from, have: from, known });
    if (judgement.kind !== "append" || judgement.end !== end) {
      body.destroy();
      throw unexpectedAnswer(host, status);
    }
    const count = (bytes: number): void => watch.count(bytes);
    // Room for a byte too many, so that a whole range never holds its connection up until its turn.
    return new BodyIntake(body, count, rangeBytes + 1);
  };
  return (from) => {
    const end = Math.min(from + rangeBytes, total);
    const intake = open(from, end);
    // One that fails before its turn waits for that.
    intake.catch(() => undefined);
    return { end, intake };
  };
}
