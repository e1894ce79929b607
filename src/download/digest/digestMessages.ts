import type { DigestAlgorithm, Digests } from "./digester.ts";

/** What the worker is asked. Each id is one reading of one file from its beginning. */
export type ToDigestWorker =
  | {
      readonly type: "follow";
      readonly id: number;
      readonly path: string;
      readonly algorithms: readonly DigestAlgorithm[];
    }
  /** The file's bytes before `end` are there and stay. */
  | { readonly type: "written"; readonly id: number; readonly end: number }
  /** The file ends at `total`: answer when all of it is read. */
  | { readonly type: "finish"; readonly id: number; readonly total: number }
  /** Nobody waits for this id any more. Not answered. */
  | { readonly type: "drop"; readonly id: number };

/** How a reading ended, told once, after its file is closed: on `finish`, or before that when it failed. */
export type FromDigestWorker =
  | { readonly type: "digests"; readonly id: number; readonly digests: Digests }
  /** The file ends before the bytes that were said to be there, or more of it was read than it is said to have. */
  | { readonly type: "lengthDiffers"; readonly id: number }
  /** `reason` is the system's error code. */
  | { readonly type: "unreadable"; readonly id: number; readonly reason: string };
