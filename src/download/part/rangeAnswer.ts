import { isCoded } from "../../http/contentCoding.ts";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { defined } from "../../model/defined.ts";

/** What tells one version of a file from another, as the answer that began the part gave it. */
export interface FileIdentity {
  readonly etag?: string;
  readonly lastModified?: string;
  /** The file had rested for over a second when its date was given, so that no later change shares that date. */
  readonly lastModifiedIsStrong?: boolean;
  /** Length of the whole file in bytes, where it was told. */
  readonly total?: number;
}

/** What was asked for, and what is there already. */
export interface RangeRequest {
  /** First byte asked for; 0 when the whole file was. */
  readonly from: number;
  /** Bytes in the part; more than `from` where the two are to overlap. */
  readonly have: number;
  /** Undefined while nothing of the file is there. */
  readonly known: FileIdentity | undefined;
}

export type RangeJudgement =
  /** The body is the file from `from` to before `end`. */
  | { readonly kind: "append"; readonly end: number; readonly total: number | undefined }
  /** The body is the whole file from its first byte. */
  | { readonly kind: "whole"; readonly changed: boolean }
  /** Everything is there already. */
  | { readonly kind: "complete"; readonly total: number }
  /** The version can't be told from this answer: ask again with an overlap to compare. */
  | { readonly kind: "overlap" }
  /** What is there, or what came, is of no use: ask for the whole file. */
  | { readonly kind: "restart"; readonly why: "changed" | "wrongRange" };

/** Judges an answer with status 200, 203, 206 or 416. Nothing of a body is to be kept before this said so. */
export function judgeRangeAnswer(status: number, headers: HttpHeaders, request: RangeRequest): RangeJudgement {
  if (status === 206) return judgePart(headers, request);
  if (status === 416) return judgeUnsatisfiable(headers, request);
  return { kind: "whole", changed: request.known !== undefined && differs(request.known, identityOf(headers)) };
}

/** The identity that the headers of a whole answer give a file. */
export function identityOf(headers: HttpHeaders): FileIdentity {
  const { etag, date, "last-modified": lastModified, "content-length": length } = headers;
  const coded = isCoded(headers);
  return {
    ...defined({ etag }),
    ...(lastModified === undefined ? {} : { lastModified, lastModifiedIsStrong: restedLong(lastModified, date) }),
    ...(length === undefined || coded || !/^\d+$/.test(length) ? {} : { total: Number(length) }),
  };
}

export function isStrong(etag: string | undefined): etag is string {
  return etag?.startsWith('"') ?? false;
}

/** The value of `If-Range` for a file known so; undefined where nothing is strong enough for it. */
export function ifRange(known: FileIdentity): string | undefined {
  if (isStrong(known.etag)) return known.etag;
  return known.lastModifiedIsStrong === true ? known.lastModified : undefined;
}

function judgePart(headers: HttpHeaders, { from, have, known }: RangeRequest): RangeJudgement {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers["content-range"]?.trim() ?? "");
  const [first, last] = [Number(range?.[1]), Number(range?.[2])];
  const total = range?.[3] === "*" ? undefined : Number(range?.[3]);
  const wrongRange = range === null || first !== from || last < first || isCoded(headers);
  // A range that nobody asked for is a wrong one, too.
  if (wrongRange || known === undefined) return { kind: "restart", why: "wrongRange" };
  const came = identityOf(headers);
  if (differs(known, came)) return { kind: "restart", why: "changed" };
  if (total !== undefined && (last >= total || (known.total ?? total) !== total)) {
    // The same strong tag with another length is no other version but a wrong answer.
    return { kind: "restart", why: isStrong(known.etag) ? "wrongRange" : "changed" };
  }
  const confirmed = isStrong(known.etag) && came.etag === known.etag;
  if (!confirmed && from === have) return { kind: "overlap" };
  return { kind: "append", end: last + 1, total: total ?? known.total };
}

function judgeUnsatisfiable(headers: HttpHeaders, { from, have, known }: RangeRequest): RangeJudgement {
  const told = /^bytes \*\/(\d+)$/.exec(headers["content-range"]?.trim() ?? "")?.[1];
  const total = Number(told);
  const whole = told !== undefined && from === have && total === have && (known?.total ?? total) === total;
  return whole ? { kind: "complete", total } : { kind: "restart", why: "changed" };
}

/** Whether two answers speak of different versions. What only one of them tells proves nothing. */
function differs(known: FileIdentity, came: FileIdentity): boolean {
  if (known.etag !== undefined && came.etag !== undefined) return opaque(known.etag) !== opaque(came.etag);
  if (known.lastModified === undefined || came.lastModified === undefined) return false;
  return known.lastModified !== came.lastModified;
}

function opaque(etag: string): string {
  return etag.replace(/^W\//, "");
}

function restedLong(lastModified: string, date: string | undefined): boolean {
  return date !== undefined && Date.parse(date) - Date.parse(lastModified) > 1000;
}
