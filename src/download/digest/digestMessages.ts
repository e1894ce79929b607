import type { Request } from "../../channel/requestMap.ts";

export type DigestAlgorithm = "md5" | "sha1" | "sha256" | "crc32" | "crc32c" | "crc64nvme";

/** Lower-case hex by algorithm. */
export type Digests = Partial<Record<DigestAlgorithm, string>>;

/** The result of reading a file, which is closed then. */
export type DigestOutcome =
  | { readonly kind: "digests"; readonly digests: Digests }
  /** The file is shorter than the bytes that were reported, or more was reported than its total. */
  | { readonly kind: "lengthDiffers" }
  /** `reason` is the system's error code. */
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Requests to the worker. A `reading` is one pass over a file from its beginning, identified by a number that the host
 * chooses.
 */
export interface DigestRequests {
  follow: Request<
    { readonly reading: number; readonly path: string; readonly algorithms: readonly DigestAlgorithm[] },
    null
  >;
  /** The file's bytes before `end` have been written and will not change. */
  written: Request<{ readonly reading: number; readonly end: number }, null>;
  /** The file ends at `total`. Answered when all of it was read or reading it failed. Ends the reading. */
  finish: Request<{ readonly reading: number; readonly total: number }, DigestOutcome>;
  /** Cancels the reading. */
  drop: Request<{ readonly reading: number }, null>;
}
