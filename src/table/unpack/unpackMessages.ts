import type { Request } from "../../channel/requestMap.ts";

/** Requests to the thread that unpacks an archive. */
export interface UnpackRequests {
  /** Unpacks a gzip file into a new file. Answered when all of it is written. */
  unpack: Request<{ readonly from: string; readonly to: string }, null>;
}

export interface UnpackEvents {
  /** How many bytes of the new file can be read. */
  written: { readonly bytes: number };
}
