import { t } from "@vscode/l10n";
import { fromFileSystem } from "../../disk/fileSystemErrors.ts";
import { asCodingError, CodingError, keepNamedCoding } from "../../http/contentCoding.ts";
import { HeldBack } from "../../http/hostCeiling.ts";
import { isConnectionFailure } from "../../http/networkErrors.ts";
import { RetryBudget, type RetryLimits } from "../../http/retryBudget.ts";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import { expiryOf } from "../../model/signedUrl.ts";
import { fileMissing, hostBusy, linkExpired, truncated, unexpectedAnswer } from "../errors/downloadErrors.ts";
import { PartTrust } from "../part/partTrust.ts";
import { judgeRangeAnswer, type RestartReason, saysEnd } from "../part/rangeAnswer.ts";
import { BodyReceiver, type RangeBody, type Received } from "./bodyReceiver.ts";
import { FaultTally } from "./faultTally.ts";
import { ParallelRanges } from "./parallelRanges.ts";
import { TooManyBytes } from "./receive.ts";
import { type FollowedAnswer, sendFollowing } from "./redirects.ts";
import { judgeRefusal, refusalText } from "./refusal.ts";
import type { SpeedLimit } from "./slowWatch.ts";
import type { Transferred, TransferJob, TransferParts, TryOutcome } from "./transferJob.ts";

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
  /** Whether bytes arrived since the last wait for the ceiling of requests. */
  #hasProgressed = false;
  readonly #ranges: ParallelRanges;
  readonly #bodies: BodyReceiver;

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
    this.#bodies = new BodyReceiver({
      job,
      trust: this.#trust,
      ranges: this.#ranges,
      slowest: () => this.#slowest(),
      onWritten: (length) => this.#written(length),
      onResumed: () => (this.resumed += 1),
    });
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
    if (judgement.kind === "whole") return this.#takeWhole(answer, judgement.changed, request.from > 0);
    if (judgement.kind === "append") return this.#takeRest(answer, { from: request.from, ...judgement });
    answer.body.destroy();
    if (judgement.kind === "complete") return { kind: "done", total: judgement.total, host };
    if (judgement.kind === "restart") return this.#restart(judgement.why, status);
    this.#trust.askOverlap();
    return { kind: "atOnce" };
  }

  async #ask(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<FollowedAnswer> {
    const { link, allowPrivateHosts, nameOf } = this.#job;
    const request = { url: link.current(), headers: { "accept-encoding": "identity", ...headers }, signal };
    const answer = await sendFollowing(this.#parts.http, request, {
      allowPrivateHosts,
      onRequest: () => (this.requests += 1),
    });
    return { ...answer, headers: keepNamedCoding(answer.headers, nameOf(answer.headers)) };
  }

  async #takeWhole(answer: FollowedAnswer, changed: boolean, isInsteadOfRest: boolean): Promise<TryOutcome> {
    const received = await this.#bodies.takeWhole(answer, {
      beginsAsPart: isInsteadOfRest && !changed,
      onAccepted: () => {
        if (changed) this.#countChange();
      },
    });
    return this.#afterBody(received, answer.status);
  }

  async #takeRest(answer: FollowedAnswer, range: RangeBody): Promise<TryOutcome> {
    return this.#afterBody(await this.#bodies.takeRest(answer, range), answer.status);
  }

  /** Decides what follows after a body. */
  async #afterBody(received: Received, status: number): Promise<TryOutcome> {
    const host = this.#host;
    switch (received.kind) {
      case "complete":
        return { kind: "done", total: received.total, host };
      case "incomplete":
        return { kind: "again", error: truncated(host) };
      case "rangeEnded":
        return this.#afterRange(received.newBytes);
      case "inRanges":
        return received;
      case "empty":
        return { kind: "again", error: this.#faults.emptyBody(host) };
      case "otherBeginning":
        return this.#wrongAnswer(status);
      case "otherOverlap":
        return this.#changed();
    }
  }

  /** The end of a range is not the end of the file, unless nothing comes after it. */
  async #afterRange(newBytes: number): Promise<TryOutcome> {
    if (newBytes > 0 && !this.#faults.rangeEnded(newBytes)) return { kind: "atOnce" };
    if (newBytes > 0 || !(await this.#hasNothingAfter(this.#job.part.length)))
      return { kind: "again", error: truncated(this.#host) };
    return { kind: "done", total: undefined, host: this.#host };
  }

  /** Whether the store says that a file of unknown length ends here. */
  async #hasNothingAfter(length: number): Promise<boolean> {
    const answer = await this.#ask({ range: `bytes=${length}-` }, this.#job.signal);
    answer.body.destroy();
    return answer.status === 416 && saysEnd(answer.headers, length, this.#job.part.beginning?.identity);
  }

  async #receiveInRanges(total: number): Promise<TryOutcome> {
    const isComplete = await this.#bodies.takeRanges(total, (headers, signal) => this.#ask(headers, signal));
    return isComplete ? { kind: "done", total, host: this.#host } : { kind: "atOnce" };
  }

  #slowest(): SpeedLimit {
    const { slowestBytesPerSecond, slowWindowMs = defaultSlowWindowMs } = this.#parts.limits();
    return { slowestBytesPerSecond, windowMs: slowWindowMs };
  }

  #written(length: number): void {
    if (length > this.#best) {
      this.#budget.refill(length - this.#best);
      this.#best = length;
      this.#progressAt = this.#parts.clock.now();
      this.#hasProgressed = true;
      this.#faults.progress();
    }
    this.#job.onWritten(length);
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
    const pause = this.#heldPause(error) ?? this.#budget.nextPause(asked);
    if (pause === undefined) throw error;
    const reason =
      asked === undefined || error instanceof HeldBack ? error.message : t("{0} asked to wait.", this.#host);
    this.#job.onWaiting(pause, reason);
    await clock.wait(pause, this.#job.signal);
  }

  /**
   * On a bad line, responses that break off reach the ceiling of requests as well. The wait for it is ours, and doesn't
   * use the budget of a download that makes progress.
   */
  #heldPause(error: ExportError): number | undefined {
    if (!(error instanceof HeldBack) || !this.#hasProgressed) return undefined;
    this.#hasProgressed = false;
    return error.waitMs;
  }
}
