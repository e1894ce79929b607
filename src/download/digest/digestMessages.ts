import type { Request } from "../../channel/requestMap.ts";

export type DigestAlgorithm = "md5" | "sha1" | "sha256" | "crc32" | "crc32c" | "crc64nvme";

/** Lower-case hex by algorithm. */
export type Digests = Partial<Record<DigestAlgorithm, string>>;

/** How the reading of a file ended. The file is closed then. */
export type DigestOutcome =
  | { readonly kind: "digests"; readonly digests: Digests }
  /** The file ends before the bytes that were said to be there, or more of it was read than it is said to have. */
  | { readonly kind: "lengthDiffers" }
  /** `reason` is the system's error code. */
  | { readonly kind: "unreadable"; readonly reason: string };

/** What the worker is asked. Each `reading` is one reading of one file from its beginning; its number is the host's. */
export interface DigestRequests {
  follow: Request<
    { readonly reading: number; readonly path: string; readonly algorithms: readonly DigestAlgorithm[] },
    null
  >;
  /** The file's bytes before `end` are there and stay. */
  written: Request<{ readonly reading: number; readonly end: number }, null>;
  /** The file ends at `total`. Answered when all of it is read, or reading it failed. Ends the reading. */
  finish: Request<{ readonly reading: number; readonly total: number }, DigestOutcome>;
  /** Nobody wants this reading any more. */
  drop: Request<{ readonly reading: number }, null>;
}
