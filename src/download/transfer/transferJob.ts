import type { Clock } from "../../http/clock.ts";
import type { HttpClient, HttpHeaders } from "../../http/httpClient.ts";
import type { ServiceCall } from "../../model/contract.ts";
import type { ExportError } from "../../model/exportError.ts";
import type { PartBeginning, PartFile } from "../part/partFile.ts";

/** What the person set for one file's transfer. */
export interface TransferLimits {
  readonly stallTimeoutMs: number;
  /** The time that tries without progress may take in all. */
  readonly retryBudgetMs: number;
  readonly slowestBytesPerSecond: number;
  /** How long the speed may stay below the slowest; default a minute. */
  readonly slowWindowMs?: number;
  /** How many ranges of a large file may come side by side; default 1, which is a single stream. */
  readonly parallelRanges?: number;
}

export interface TransferParts {
  readonly http: HttpClient;
  readonly limits: () => TransferLimits;
  readonly clock: Clock;
  /** Answers a number from 0 up to, not including, 1. */
  readonly random: () => number;
}

/** The signed address of one file, which ends and is then made anew. */
export interface FileLink {
  current(): string;
  /** Asks the service for a fresh one. */
  renew(call: ServiceCall): Promise<void>;
}

export interface TransferJob {
  readonly link: FileLink;
  readonly part: PartFile;
  /** Whether the file may come from this computer or a private network. */
  readonly allowPrivateHosts: boolean;
  readonly signal: AbortSignal;
  /** The file's name according to a response, which may not be safe for a disk. */
  readonly nameOf: (headers: HttpHeaders) => string;
  /** Told the headers of each answer that brings the file, before a byte of it is kept; what it throws ends the transfer. */
  readonly onAnswer: (headers: HttpHeaders) => Promise<void>;
  /** The part is about to be begun from its first byte; what it holds goes. */
  readonly onBegin: (beginning: PartBeginning) => void;
  /** So many bytes are in the part. */
  readonly onWritten: (length: number) => void;
  readonly onResumed: (from: number) => void;
  readonly onWaiting: (retryInMs: number, reason: string) => void;
  /** The service is asked for a fresh link. */
  readonly onFreshLink: () => void;
}

/** A file whose bytes are all in its part. */
export interface Transferred {
  /** The announced length, which is also the part's; undefined where none was told or the body came in a coding. */
  readonly total: number | undefined;
  readonly host: string;
}

/** How one try ended, unless it is an error that no further try helps. */
export type TryOutcome =
  | { readonly kind: "done"; readonly total: number | undefined; readonly host: string }
  | { readonly kind: "again"; readonly error: ExportError; readonly retryAfterMs?: number | undefined }
  | { readonly kind: "freshLink"; readonly pause: boolean }
  | { readonly kind: "atOnce" }
  /** The beginning is there, and the rest may come in so many ranges side by side. */
  | { readonly kind: "inRanges"; readonly count: number; readonly total: number };
