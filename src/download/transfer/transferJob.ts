import type { Clock } from "../../http/clock.ts";
import type { HttpClient, HttpHeaders } from "../../http/httpClient.ts";
import type { ServiceCall } from "../../model/contract.ts";
import type { ExportError } from "../../model/exportError.ts";
import type { RangeSetting } from "./parallelRanges.ts";
import type { PartBeginning, PartFile } from "../part/partFile.ts";

/** The limits for the transfer of one file, from the settings. */
export interface TransferLimits {
  readonly stallTimeoutMs: number;
  /** The time that attempts without progress may take in total. */
  readonly retryBudgetMs: number;
  readonly slowestBytesPerSecond: number;
  /** How long the speed may stay below `slowestBytesPerSecond`; default one minute. */
  readonly slowWindowMs?: number;
  /** How many ranges of a large file are fetched in parallel; default 1, which is a single request. */
  readonly parallelRanges?: RangeSetting;
}

export interface TransferParts {
  readonly http: HttpClient;
  readonly limits: () => TransferLimits;
  readonly clock: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** The signed URL of one file. It expires and is then requested again. */
export interface FileLink {
  current(): string;
  /** Requests a new URL from the service. */
  renew(call: ServiceCall): Promise<void>;
}

export interface TransferJob {
  readonly link: FileLink;
  readonly part: PartFile;
  /** Whether the file may come from this computer or a private network. */
  readonly allowPrivateHosts: boolean;
  readonly signal: AbortSignal;
  /** The name that the file gets after a response, which also says whether its bytes stay compressed. */
  readonly nameOf: (headers: HttpHeaders) => string;
  /**
   * Called with the headers of each response with bytes of the file, and the first bytes of the file, before any of the
   * response's bytes is kept. If it throws, the transfer ends.
   */
  readonly onAnswer: (headers: HttpHeaders, firstBytes: Uint8Array) => Promise<void>;
  /** The part is about to be emptied and start over. */
  readonly onBegin: (beginning: PartBeginning) => void;
  /** The part has this length now. */
  readonly onWritten: (length: number) => void;
  readonly onResumed: (from: number) => void;
  /** Every byte of a file of known length was received. Some of them may not be written yet. */
  readonly onReceived: () => void;
  readonly onWaiting: (retryInMs: number, reason: string) => void;
  /** A new URL is about to be requested. */
  readonly onNewLink: () => void;
}

/** A file whose part is complete. */
export interface Transferred {
  /**
   * The announced length, which is also the part's. Undefined if none was announced or the body had a content coding.
   */
  readonly total: number | undefined;
  readonly host: string;
}

/** The outcome of one attempt, unless it is an error that no retry can help. */
export type TryOutcome =
  | { readonly kind: "done"; readonly total: number | undefined; readonly host: string }
  | { readonly kind: "again"; readonly error: ExportError; readonly retryAfterMs?: number | undefined }
  | { readonly kind: "newLink"; readonly pause: boolean }
  | { readonly kind: "atOnce" }
  /** The beginning was received, and the rest is to be fetched in parallel ranges. */
  | { readonly kind: "inRanges"; readonly total: number };
