import type { Readable } from "node:stream";
import { codingsOf, decoded } from "../../http/contentCoding.ts";
import { ensureRoom, ReservedSpace } from "../../disk/freeSpace.ts";
import { announcedChecksums } from "../digest/checksums.ts";
import { notAnExportFile, tooSlow } from "../errors/downloadErrors.ts";
import { firstBytes } from "../part/firstBytes.ts";
import type { PartTrust } from "../part/partTrust.ts";
import { identityOf } from "../part/rangeAnswer.ts";
import { BodyIntake } from "./bodyIntake.ts";
import { examinedBytes } from "../../model/pageOpening.ts";
import { judgedBeginning } from "./judgedBeginning.ts";
import type { ParallelRanges } from "./parallelRanges.ts";
import type { RangeWindow } from "./rangeWindow.ts";
import { type BodyPiece, receive } from "./receive.ts";
import type { FollowedAnswer } from "./redirects.ts";
import { SlowWatch, type SpeedLimit } from "./slowWatch.ts";
import type { TransferJob } from "./transferJob.ts";

/** What became of a body. */
export type Received =
  | { readonly kind: "complete"; readonly total: number | undefined }
  /** It ended before the file. */
  | { readonly kind: "incomplete" }
  /** A range of a file of unknown length ended after so many new bytes. */
  | { readonly kind: "rangeEnded"; readonly newBytes: number }
  /** The beginning was received, and the rest is to be fetched in parallel ranges. */
  | { readonly kind: "inRanges"; readonly total: number }
  /** It was empty although the length did not say so. Nothing was kept. */
  | { readonly kind: "empty" }
  /** It doesn't begin like the part of the same version. Nothing was kept. */
  | { readonly kind: "otherBeginning" }
  /** Its first bytes are not the last bytes of the part. Nothing was kept. */
  | { readonly kind: "otherOverlap" };

/** What was judged of a body that starts with the first byte of the file. */
export interface WholeBody {
  /** Only the rest was requested of the version of the part, so the body must begin like the part. */
  readonly beginsAsPart: boolean;
  /** Called when the body has turned out to be the file. */
  readonly onAccepted: () => void;
}

/** What was judged of a body that is a range. */
export interface RangeBody {
  /** Its first byte, which may already be in the part. */
  readonly from: number;
  /** Where the body ends. */
  readonly end: number;
  /** Where the file ends. */
  readonly total: number | undefined;
}

export interface ReceivingParts {
  readonly job: TransferJob;
  readonly trust: PartTrust;
  readonly ranges: ParallelRanges;
  readonly slowest: () => SpeedLimit;
  /** Called with the part's length after each write. */
  readonly onWritten: (length: number) => void;
  /** Called when a range has turned out to continue the part. */
  readonly onResumed: () => void;
}

/** The bytes of a body that have already been read, and where the body and the file end. */
interface FilePiece extends BodyPiece {
  readonly total: number | undefined;
}

/** Enough to notice that a body begins otherwise than the part. */
const comparedBytes = 512;

/** Writes the bodies of answers to the part. What an answer means was judged before, and what follows is decided after. */
export class BodyReceiver {
  readonly #parts: ReceivingParts;

  constructor(parts: ReceivingParts) {
    this.#parts = parts;
  }

  /**
   * Starts the part over with a body that is the whole file.
   *
   * @throws ExportError `notAnExportFile` for a web page; errors of the body, the coding and the disk
   */
  takeWhole(answer: FollowedAnswer, { beginsAsPart, onAccepted }: WholeBody): Promise<Received> {
    const { trust, job } = this.#parts;
    const { part, onAnswer, onBegin } = job;
    const { headers, host } = answer;
    const codings = codingsOf(headers);
    const body = decoded(answer.body, codings);
    return this.#readingBody(answer, body, async (intake) => {
      const { bytes: beginning, kind } = await judgedBeginning(intake, headers["content-type"]);
      if (kind === "page") throw notAnExportFile(host);
      const identity = identityOf(headers);
      if (beginning.byteLength === 0 && identity.total !== 0) return { kind: "empty" };
      if (beginsAsPart && !(await this.#isBeginningOfPart(beginning))) return { kind: "otherBeginning" };
      // Not before, because the file is requested again after a body that is not kept.
      if (identity.total !== undefined) intake.onceReceived(job.onReceived);
      onAccepted();
      await onAnswer(headers, beginning);
      if (identity.total !== undefined) await ensureRoom(part.paths.part, identity.total - part.length);
      const start = { identity, decoded: codings.length > 0, checksums: announcedChecksums(headers) };
      onBegin(start);
      await part.begin(start);
      trust.startedOver();
      return this.#receive(intake, answer, { beginning, end: identity.total, total: identity.total });
    });
  }

  /**
   * Appends a body that is a range to the part.
   *
   * @throws errors of the body and the disk; `TooManyBytes`
   */
  takeRest(answer: FollowedAnswer, { from, end, total }: RangeBody): Promise<Received> {
    const { trust, job, onResumed } = this.#parts;
    const { part, onAnswer } = job;
    return this.#readingBody(answer, answer.body, async (intake) => {
      const overlap = part.length - from;
      const beginning = await intake.beginning(overlap);
      if (!beginning.subarray(0, overlap).equals(await part.tail(overlap))) return { kind: "otherOverlap" };
      await onAnswer(answer.headers, await firstBytes(part.paths.part, examinedBytes));
      if (total !== undefined) await ensureRoom(part.paths.part, total - part.length);
      trust.confirm();
      onResumed();
      job.onResumed(part.length);
      return this.#receive(intake, answer, { beginning: beginning.subarray(overlap), end, total });
    });
  }

  /**
   * Fetches the rest of the file in parallel ranges, or a part of it.
   *
   * @param ask sends a request for the file with additional headers
   * @returns whether the file is complete
   */
  async takeRanges(total: number, ask: RangeWindow["ask"]): Promise<boolean> {
    const { ranges, job, slowest, onWritten } = this.#parts;
    const { part, signal } = job;
    const known = part.beginning?.identity ?? {};
    await ranges.receive({ part, known, total, speed: slowest(), signal, ask, onWritten });
    return part.length === total;
  }

  /** A body of an unchanged file begins with the bytes that the part begins with, unless it is only the rest. */
  async #isBeginningOfPart(beginning: Buffer): Promise<boolean> {
    const compared = beginning.subarray(0, comparedBytes);
    return compared.equals(await firstBytes(this.#parts.job.part.paths.part, compared.byteLength));
  }

  /** Watches the speed while a body is read, and always destroys the body at the end. */
  async #readingBody(
    answer: FollowedAnswer,
    body: Readable,
    take: (intake: BodyIntake) => Promise<Received>,
  ): Promise<Received> {
    const watch = new SlowWatch(this.#parts.slowest(), () => {
      // If we are waiting for our disk or for an answer from the person, the store is not to blame.
      if (!intake.isFull) answer.body.destroy(tooSlow(answer.host));
    });
    const intake = new BodyIntake(body, (bytes) => watch.count(bytes));
    try {
      return await take(intake);
    } finally {
      watch.stop();
      body.destroy();
    }
  }

  /** Writes a body to its end, or to where parallel ranges take over. */
  async #receive(intake: BodyIntake, answer: FollowedAnswer, piece: FilePiece): Promise<Received> {
    const { ranges, onWritten, job } = this.#parts;
    const { part } = job;
    const { beginning, total } = piece;
    if (total === undefined || !ranges.mayHelp(answer.headers, total - part.length - beginning.byteLength)) {
      const before = part.length;
      // A coding can make terabytes of a few bytes, and a body without a length need not end.
      const reserve = total === undefined ? new ReservedSpace(part.paths.part) : undefined;
      await receive(intake, part, { ...piece, onWritten, reserve });
      return this.#ended(piece, part.length - before);
    }
    if (!ranges.isPreferred) return this.#receiveOrReplace(intake, piece, total);
    await part.append([beginning]);
    onWritten(part.length);
    return { kind: "inRanges", total };
  }

  /** Writes a body to its end, unless parallel ranges are worth a try. */
  async #receiveOrReplace(intake: BodyIntake, piece: FilePiece, total: number): Promise<Received> {
    const { ranges, job } = this.#parts;
    const { part } = job;
    const before = part.length;
    ranges.beginSingle(before);
    const onWritten = (length: number): void => {
      this.#parts.onWritten(length);
      if (ranges.replaceSingle(length, total)) intake.stop();
    };
    await receive(intake, part, { ...piece, onWritten });
    if (ranges.isPreferred && part.length < total) return { kind: "inRanges", total };
    return this.#ended(piece, part.length - before);
  }

  /** The body ended normally, but perhaps before the end of the file. */
  #ended({ end, total }: FilePiece, newBytes: number): Received {
    const { length } = this.#parts.job.part;
    if (length !== (end ?? length) || length !== (total ?? length)) return { kind: "incomplete" };
    return total === undefined && end !== undefined ? { kind: "rangeEnded", newBytes } : { kind: "complete", total };
  }
}
