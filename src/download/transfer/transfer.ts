import type { Readable } from "node:stream";
import { t } from "@vscode/l10n";
import { asCodingError, CodingError, codingsOf, decoded, keepNamedCoding } from "../../http/contentCoding.ts";
import { HeldBack } from "../../http/hostCeiling.ts";
import { isConnectionFailure } from "../../http/networkErrors.ts";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import { expiryOf } from "../../model/signedUrl.ts";
import { BodyIntake } from "./bodyIntake.ts";
import { announcedChecksums } from "../digest/checksums.ts";
import { examinedBytes } from "./contentKind.ts";
import {
  fileMissing,
  hostBusy,
  linkExpired,
  notAnExportFile,
  tooSlow,
  truncated,
  unexpectedAnswer,
} from "../errors/downloadErrors.ts";
import { FaultTally } from "./faultTally.ts";
import { ensureRoom, fromFileSystem } from "../../disk/fileSystemErrors.ts";
import { firstBytes } from "../part/firstBytes.ts";
import { PartTrust } from "../part/partTrust.ts";
import { identityOf, judgeRangeAnswer, type RestartReason, unsatisfiedTotal } from "../part/rangeAnswer.ts";
import { judgedBeginning } from "./judgedBeginning.ts";
import { ParallelRanges } from "./parallelRanges.ts";
import { type BodyPiece, receive, TooManyBytes } from "./receive.ts";
import { type FollowedAnswer, sendFollowing } from "./redirects.ts";
import { judgeRefusal, refusalText } from "./refusal.ts";
import { RetryBudget, type RetryLimits } from "../../http/retryBudget.ts";
import { SlowWatch, type SpeedLimit } from "./slowWatch.ts";
import type { Transferred, TransferJob, TransferParts, TryOutcome } from "./transferJob.ts";

/** Where the body of a 206 response ends, and where the file ends. */
interface PartialRange {
  readonly end: number;
  readonly total: number | undefined;
}

/** The bytes of a body that have already been read, and where the body and the file end. */
interface FilePiece extends BodyPiece {
  readonly total: number | undefined;
}

/** What was judged of a body that starts with the first byte of the file. */
interface WholeBody {
  /** It is of another version than the part. */
  readonly changed: boolean;
  /** Only the rest was requested. */
  readonly isInsteadOfRest: boolean;
}

/** Enough to notice that a body begins otherwise than the part. */
const comparedBytes = 512;
const defaultSlowWindowMs = 60_000;
const wholeStatuses = new Set([200, 203]);

/**
 * Fetches the bytes of one file into its part, over as many connections and URLs as necessary, with one long GET at a
 * time. Existing bytes are continued with `Range`, and never without checking that they are of the same version.
 */
export class Transfer {
  readonly #parts: TransferParts;
  readonly #job: TransferJob;
  readonly #budget: RetryBudget;
  readonly #faults = new FaultTally();
  readonly #trust: PartTrust;
  requests = 0;
  resumed = 0;
  #host = "";
  /** The largest length the part has had. Only more bytes than this are progress. */
  #best: number;
  #progressAt: number;
  readonly #ranges: ParallelRanges;

  constructor(job: TransferJob, parts: TransferParts) {
    this.#job = job;
    this.#parts = parts;
    // An attempt without progress can be silent before the headers and again before the first bytes.
    const limits = (): RetryLimits => {
      const { retryBudgetMs, stallTimeoutMs } = parts.limits();
      return { retryBudgetMs, longestTryMs: 2 * stallTimeoutMs };
    };
    this.#budget = new RetryBudget(limits, parts.random);
    this.#trust = new PartTrust(job.part);
    this.#best = this.#trust.usableLength;
    this.#progressAt = parts.clock.now();
    this.#ranges = new ParallelRanges(() => parts.limits().parallelRanges ?? 1, parts.clock);
  }

  /**
   * @throws ExportError `linkExpired`, `storageRefused`, `fileMissing`, `fileChanged`, `truncated`, `notAnExportFile`,
   * `unexpectedResponse`, `serviceUnavailable`, `tooManyRequests`, `offline`, `timeout`, `tls`, `proxy`, `diskFull`,
   * `notWritable`, `cancelled`, and what requesting a new URL throws.
   */
  async run(): Promise<Transferred> {
    for (;;) {
      throwIfCancelled(this.#job.signal);
      this.#progressAt = this.#parts.clock.now();
      const first = await this.#tryOnce();
      const outcome = first.kind === "inRanges" ? await this.#receiveInRanges(first.total) : first;
      if (outcome.kind === "done") return outcome;
      if (outcome.kind === "again") await this.#pause(outcome.error, outcome.retryAfterMs);
      if (outcome.kind === "newLink") {
        if (outcome.pause) await this.#pause(linkExpired(this.#host), undefined);
        this.#job.onNewLink();
        const { link, signal, onWaiting } = this.#job;
        this.#ranges.linkRenewed();
        await link.renew({
          signal,
          onWaiting: ({ retryInMs, reason }) => onWaiting(retryInMs, reason),
        });
      }
    }
  }

  /** The part turned out to be wrong. The next run fetches everything again. */
  forget(): void {
    this.#trust.forget();
    this.#best = 0;
  }

  async #tryOnce(): Promise<TryOutcome> {
    try {
      return await this.#request();
    } catch (error) {
      if (this.#job.signal.aborted) throwIfCancelled(this.#job.signal);
      return this.#failed(asCodingError(error));
    }
  }

  async #failed(error: unknown): Promise<TryOutcome> {
    const host = this.#host;
    if (error instanceof TooManyBytes) return this.#wrongAnswer(206);
    if (error instanceof CodingError) return { kind: "again", error: this.#faults.codingFailed(host, error.cutOff) };
    const { length, paths } = this.#job.part;
    const total = this.#trust.confirmedTotal;
    if (error instanceof HeldBack) return { kind: "again", error, retryAfterMs: error.waitMs };
    if (error instanceof ExportError && isConnectionFailure(error)) {
      return total !== undefined && total === length ? { kind: "done", total, host } : { kind: "again", error };
    }
    throw await fromFileSystem(error, paths.part, Math.max((total ?? 0) - length, 0));
  }

  async #request(): Promise<TryOutcome> {
    const { headers, ...request } = this.#trust.restRequest();
    const answer = await this.#ask(headers, this.#job.signal);
    const { status, host } = answer;
    this.#host = host;
    if (!wholeStatuses.has(status) && status !== 206 && status !== 416) return this.#refused(answer);
    const judgement = judgeRangeAnswer(status, answer.headers, request);
    if (judgement.kind === "whole") return this.#takeWhole(answer, { ...judgement, isInsteadOfRest: request.from > 0 });
    if (judgement.kind === "append") return this.#takeRest(answer, request.from, judgement);
    answer.body.destroy();
    if (judgement.kind === "complete") return { kind: "done", total: judgement.total, host };
    if (judgement.kind === "restart") return this.#restart(judgement.why, status);
    this.#trust.askOverlap();
    return { kind: "atOnce" };
  }

  async #ask(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FollowedAnswer> {
    const { link, allowPrivateHosts, nameOf } = this.#job;
    const request = { url: link.current(), headers, signal };
    const answer = await sendFollowing(this.#parts.http, request, {
      allowPrivateHosts,
      onRequest: () => (this.requests += 1),
    });
    return { ...answer, headers: keepNamedCoding(answer.headers, nameOf(answer.headers)) };
  }

  #takeWhole(answer: FollowedAnswer, { changed, isInsteadOfRest }: WholeBody): Promise<TryOutcome> {
    const { part, onAnswer, onBegin } = this.#job;
    const { headers, host } = answer;
    const codings = codingsOf(headers);
    const body = decoded(answer.body, codings);
    return this.#readingBody(answer, body, async (intake) => {
      const { bytes: beginning, kind } = await judgedBeginning(intake, headers["content-type"]);
      if (kind === "page") throw notAnExportFile(host);
      const identity = identityOf(headers);
      if (beginning.byteLength === 0 && identity.total !== 0) {
        return { kind: "again", error: this.#faults.emptyBody(host) };
      }
      if (isInsteadOfRest && !changed && !(await this.#beginsAsPart(beginning)))
        return this.#wrongAnswer(answer.status);
      if (changed) this.#countChange();
      await onAnswer(headers, beginning);
      if (identity.total !== undefined) await ensureRoom(part.paths.part, identity.total - part.length);
      const start = { identity, decoded: codings.length > 0, checksums: announcedChecksums(headers) };
      onBegin(start);
      await part.begin(start);
      this.#trust.startedOver();
      return this.#receive(intake, answer, { beginning, end: identity.total, total: identity.total });
    });
  }

  /** A body of an unchanged file begins with the bytes that the part begins with, unless it is only the rest. */
  async #beginsAsPart(beginning: Buffer): Promise<boolean> {
    const compared = beginning.subarray(0, comparedBytes);
    return compared.equals(await firstBytes(this.#job.part.paths.part, compared.byteLength));
  }

  #takeRest(answer: FollowedAnswer, from: number, range: PartialRange): Promise<TryOutcome> {
    const { part, onAnswer, onResumed } = this.#job;
    return this.#readingBody(answer, answer.body, async (intake) => {
      const overlap = part.length - from;
      const beginning = await intake.beginning(overlap);
      if (!beginning.subarray(0, overlap).equals(await part.tail(overlap))) return this.#changed();
      await onAnswer(answer.headers, await firstBytes(part.paths.part, examinedBytes));
      if (range.total !== undefined) await ensureRoom(part.paths.part, range.total - part.length);
      this.#trust.confirm();
      this.resumed += 1;
      onResumed(part.length);
      return this.#receive(intake, answer, { beginning: beginning.subarray(overlap), ...range });
    });
  }

  /** Watches the speed while a body is read, and always destroys the body at the end. */
  async #readingBody(
    answer: FollowedAnswer,
    body: Readable,
    take: (intake: BodyIntake) => Promise<TryOutcome>,
  ): Promise<TryOutcome> {
    const watch = new SlowWatch(this.#slowest(), () => {
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

  #slowest(): SpeedLimit {
    const { slowestBytesPerSecond, slowWindowMs = defaultSlowWindowMs } = this.#parts.limits();
    return { slowestBytesPerSecond, windowMs: slowWindowMs };
  }

  /** Writes a body to its end, or to where parallel ranges take over. */
  async #receive(intake: BodyIntake, answer: FollowedAnswer, piece: FilePiece): Promise<TryOutcome> {
    const { part } = this.#job;
    const { beginning, total } = piece;
    if (total === undefined || !this.#ranges.mayHelp(answer.headers, total - part.length - beginning.byteLength)) {
      const before = part.length;
      await receive(intake, part, { ...piece, onWritten: this.#written });
      return this.#ended(piece, part.length - before);
    }
    if (this.#ranges.isPreferred) {
      await part.append([beginning]);
      this.#written(part.length);
      return { kind: "inRanges", total };
    }
    return this.#receiveOrReplace(intake, piece, total);
  }

  /** Writes a body to its end, unless parallel ranges are worth a try. */
  async #receiveOrReplace(intake: BodyIntake, piece: FilePiece, total: number): Promise<TryOutcome> {
    const { part } = this.#job;
    const before = part.length;
    this.#ranges.beginSingle(before);
    const onWritten = (length: number): void => {
      this.#written(length);
      if (this.#ranges.replaceSingle(length, total)) intake.stop();
    };
    await receive(intake, part, { ...piece, onWritten });
    if (this.#ranges.isPreferred && part.length < total) return { kind: "inRanges", total };
    return this.#ended(piece, part.length - before);
  }

  async #receiveInRanges(total: number): Promise<TryOutcome> {
    const { part, signal } = this.#job;
    await this.#ranges.receive({
      part,
      total,
      signal,
      speed: this.#slowest(),
      onWritten: this.#written,
      known: part.beginning?.identity ?? {},
      ask: (headers, ended) => this.#ask({ "accept-encoding": "identity", ...headers }, ended),
    });
    return part.length === total ? { kind: "done", total, host: this.#host } : { kind: "atOnce" };
  }

  readonly #written = (length: number): void => {
    if (length > this.#best) {
      this.#best = length;
      this.#progressAt = this.#parts.clock.now();
      this.#faults.progress();
      this.#budget.refill();
    }
    this.#job.onWritten(length);
  };

  /** The body ended normally, but perhaps before the end of the file. */
  async #ended({ end, total }: FilePiece, newBytes: number): Promise<TryOutcome> {
    const { length } = this.#job.part;
    if (end !== undefined && length !== end) return { kind: "again", error: truncated(this.#host) };
    if (total !== undefined && length !== total) return { kind: "again", error: truncated(this.#host) };
    // The end of a range is not the end of the file, unless nothing comes after it.
    if (total === undefined && end !== undefined) {
      if (newBytes > 0 && !this.#faults.rangeEnded(newBytes)) return { kind: "atOnce" };
      if (newBytes > 0) return { kind: "again", error: truncated(this.#host) };
      if (!(await this.#hasNothingAfter(length))) return { kind: "again", error: truncated(this.#host) };
    }
    return { kind: "done", total, host: this.#host };
  }

  /** Whether the store says that a file of unknown length ends here. */
  async #hasNothingAfter(length: number): Promise<boolean> {
    const headers = { "accept-encoding": "identity", range: `bytes=${length}-` };
    const answer = await this.#ask(headers, this.#job.signal);
    answer.body.destroy();
    return answer.status === 416 && (unsatisfiedTotal(answer.headers) ?? length) === length;
  }

  #restart(why: RestartReason, status: number): TryOutcome {
    if (why === "changed") return this.#changed();
    if (why === "wrongRange") return this.#wrongAnswer(status);
    if (why === "unproven") this.#trust.distrustRanges();
    this.#trust.forget();
    return { kind: "atOnce" };
  }

  #changed(): TryOutcome {
    this.#countChange();
    this.#trust.forget();
    return { kind: "atOnce" };
  }

  /**
   * Changes are counted only if this run has confirmed a version. An outdated part from an earlier run doesn't mean
   * that the file keeps changing.
   */
  #countChange(): void {
    if (this.#trust.isConfirmed) this.#faults.changed(this.#host);
    this.#trust.confirm();
  }

  #wrongAnswer(status: number): TryOutcome {
    this.#faults.wrongAnswer(this.#host, status);
    this.#trust.forget();
    return { kind: "atOnce" };
  }

  async #refused(answer: FollowedAnswer): Promise<TryOutcome> {
    const { status, headers, host } = answer;
    const text = await refusalText(answer);
    const expiresAt = expiryOf(this.#job.link.current())?.getTime();
    const refusal = judgeRefusal({ status, headers, text, linkExpiresAt: expiresAt }, this.#parts.clock.now());
    switch (refusal.kind) {
      case "expired":
        return { kind: "newLink", pause: this.#faults.expired(host) };
      case "refused":
        this.#faults.refused(host, status);
        return { kind: "newLink", pause: false };
      case "missing":
        throw fileMissing(host, status);
      case "unexpected":
        throw unexpectedAnswer(host, status);
      case "busy": {
        const { retryAfterMs } = refusal;
        return { kind: "again", error: hostBusy(host, status, retryAfterMs), retryAfterMs };
      }
    }
  }

  async #pause(error: ExportError, asked: number | undefined): Promise<void> {
    const { clock } = this.#parts;
    this.#budget.spendTry(clock.now() - this.#progressAt);
    const pause = this.#budget.nextPause(asked);
    if (pause === undefined) throw error;
    const reason =
      asked === undefined || error instanceof HeldBack ? error.message : t("{0} asked to wait.", this.#host);
    this.#job.onWaiting(pause, reason);
    await clock.wait(pause, this.#job.signal);
  }
}
