import { isCoded } from "../../http/contentCoding.ts";
import type { HttpHeaders } from "../../http/httpClient.ts";
import { wholeNumberOf } from "../../model/outsideNumbers.ts";
import { defined } from "../../model/defined.ts";

/** What distinguishes versions of a file, from the response that the part was started with. */
export interface FileIdentity {
  readonly etag?: string;
  readonly lastModified?: string;
  /** When the date was sent, the file had not changed for more than a second, so a later change has another date. */
  readonly lastModifiedIsStrong?: boolean;
  /** Length of the whole file in bytes, if the store sent it. */
  readonly total?: number;
}

/** What was requested, and what the part already contains. */
export interface RangeRequest {
  /** The first requested byte; 0 for the whole file. */
  readonly from: number;
  /** Bytes in the part; more than `from` if the ranges overlap. */
  readonly have: number;
  /** Undefined if the part contains nothing. */
  readonly known: FileIdentity | undefined;
  /** The whole file will be compared with a checksum, which would reveal bytes of two versions. */
  readonly hasChecksum: boolean;
}

export type RestartReason = "changed" | "otherCopy" | "unproven" | "wrongRange";

export type RangeJudgement =
  /** The body is the range from `from` up to, but not including, `end`. */
  | { readonly kind: "append"; readonly end: number; readonly total: number | undefined }
  /** The body is the whole file from its first byte. */
  | { readonly kind: "whole"; readonly changed: boolean }
  /** The part is already complete. */
  | { readonly kind: "complete"; readonly total: number }
  /** The response names the version in a way that servers may get wrong: request an overlap and compare. */
  | { readonly kind: "overlap" }
  /**
   * The part or the response can't be used: request the whole file. `otherCopy`: another server of the store has
   * probably the same version, but nothing proves that its bytes belong to the part. `unproven`: nothing names the
   * version.
   */
  | { readonly kind: "restart"; readonly why: RestartReason };

/** Decides what to do with a response of status 200, 203, 206 or 416. No byte of its body may be kept before. */
export function judgeRangeAnswer(status: number, headers: HttpHeaders, request: RangeRequest): RangeJudgement {
  if (status === 206) return judgePart(headers, request);
  if (status === 416) return judgeUnsatisfiable(headers, request);
  return judgeWhole(headers, request);
}

/** The identity of a file, from the headers of a response with the whole file. */
export function identityOf(headers: HttpHeaders): FileIdentity {
  const { etag, date, "last-modified": lastModified, "content-length": length } = headers;
  const coded = isCoded(headers);
  return defined({
    etag,
    lastModified,
    lastModifiedIsStrong: lastModified === undefined ? undefined : restedLong(lastModified, date),
    total: coded ? undefined : wholeNumberOf(length),
  });
}

/**
 * Whether an ETag is one quoted value of plain ASCII. Others are compared, but not sent: servers and proxies refuse them
 * or read them differently.
 */
export function isStrong(etag: string | undefined): etag is string {
  return etag !== undefined && /^"[\x20\x21\x23-\x7e]*"$/.test(etag);
}

/** Whether a later response can prove that it is of this version. A weak ETag or a recent date can stay the same. */
export function isProvable({ etag, lastModifiedIsStrong }: FileIdentity): boolean {
  return isUnlikeOthers(etag) || lastModifiedIsStrong === true;
}

/** Whether an ETag changes with every byte, even if it can't be sent. */
function isUnlikeOthers(etag: string | undefined): boolean {
  return etag !== undefined && /^"[^"]*"$/.test(etag);
}

/** The value of `If-Range`, or undefined if nothing known about the file is strong enough. */
export function ifRange(known: FileIdentity): string | undefined {
  if (isStrong(known.etag)) return known.etag;
  const { lastModified = "", lastModifiedIsStrong } = known;
  return lastModifiedIsStrong === true && /^[\x20-\x7e]+$/.test(lastModified) ? lastModified : undefined;
}

/** Some stores and caches send only a range under the status of a whole file. */
function judgeWhole(headers: HttpHeaders, { from, known }: RangeRequest): RangeJudgement {
  const came = identityOf(headers);
  if (namesOtherRange(headers["content-range"], came.total)) return { kind: "restart", why: "wrongRange" };
  if (known === undefined) return { kind: "whole", changed: false };
  const changed = differs(known, came);
  const [before, now] = [known.total, came.total];
  if (from > 0 && before !== undefined && now !== undefined) {
    // It is as long as the rest, or it is the same version with another length.
    if (now === before - from || (now !== before && !changed)) return { kind: "restart", why: "wrongRange" };
  }
  return { kind: "whole", changed: changed && !isSameByDate(known, came) };
}

function namesOtherRange(contentRange: string | undefined, length: number | undefined): boolean {
  if (contentRange === undefined) return false;
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange.trim());
  const [first, last, total] = [1, 2, 3].map((at) => wholeNumberOf(range?.[at]) ?? Number.NaN);
  return first !== 0 || (last ?? 0) + 1 !== total || (length ?? total) !== total;
}

function judgePart(headers: HttpHeaders, { from, have, known, hasChecksum }: RangeRequest): RangeJudgement {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers["content-range"]?.trim() ?? "");
  const [first, last] = [wholeNumberOf(range?.[1]), wholeNumberOf(range?.[2])];
  const total = range?.[3] === "*" ? undefined : (wholeNumberOf(range?.[3]) ?? Number.NaN);
  const wrongRange = first !== from || last === undefined || last < first || isCoded(headers);
  // A range that was not requested is wrong, too.
  if (wrongRange || known === undefined) return { kind: "restart", why: "wrongRange" };
  const came = identityOf(headers);
  if (differs(known, came)) {
    const isCopy = isSameByDate(known, { ...came, total: total ?? Number.NaN });
    return { kind: "restart", why: isCopy ? "otherCopy" : "changed" };
  }
  if (total !== undefined && (last >= total || (known.total ?? total) !== total)) {
    // The same strong ETag with another length is a wrong response, not another version.
    return { kind: "restart", why: isStrong(known.etag) ? "wrongRange" : "changed" };
  }
  if (!hasChecksum && !isProven(known, came)) return { kind: "restart", why: "unproven" };
  const confirmed = isStrong(known.etag) && came.etag === known.etag;
  if (!confirmed && from === have) return { kind: "overlap" };
  return { kind: "append", end: last + 1, total: total ?? known.total };
}

function judgeUnsatisfiable(headers: HttpHeaders, { from, have, known }: RangeRequest): RangeJudgement {
  // No range was requested. What is left in the part doesn't count, so it can't be complete either.
  if (known === undefined) return { kind: "restart", why: "wrongRange" };
  const total = unsatisfiedTotal(headers);
  if (differs(known, identityOf(headers))) return { kind: "restart", why: "changed" };
  const whole = total !== undefined && from === have && total === have && (known.total ?? total) === total;
  return whole ? { kind: "complete", total } : { kind: "restart", why: "changed" };
}

/**
 * Whether a response of status 416 to a request for what follows after `length` bytes says that the known version ends
 * there. Another version can end anywhere.
 */
export function saysEnd(headers: HttpHeaders, length: number, known: FileIdentity | undefined): boolean {
  if (known !== undefined && differs(known, identityOf(headers))) return false;
  return (unsatisfiedTotal(headers) ?? length) === length;
}

/** The length of the file according to a response of status 416; undefined if it doesn't say. */
function unsatisfiedTotal(headers: HttpHeaders): number | undefined {
  const [, total] = /^bytes \*\/(\d+)$/.exec(headers["content-range"]?.trim() ?? "") ?? [];
  return wholeNumberOf(total);
}

/** Whether two responses are of different versions. A value that only one of them has proves nothing. */
function differs(known: FileIdentity, came: FileIdentity): boolean {
  if (known.etag !== undefined && came.etag !== undefined) return opaque(known.etag) !== opaque(came.etag);
  if (known.lastModified === undefined || came.lastModified === undefined) return false;
  return known.lastModified !== came.lastModified;
}

/** Whether both responses name the same version, and no other version has that name. */
function isProven(known: FileIdentity, came: FileIdentity): boolean {
  if (isUnlikeOthers(known.etag) && came.etag === known.etag) return true;
  return known.lastModifiedIsStrong === true && came.lastModified === known.lastModified;
}

/**
 * Whether date and length are the same although the ETags differ, as with servers that make ETags of their own. That is
 * no reason to say that the file keeps changing, but no proof either.
 */
function isSameByDate(known: FileIdentity, came: FileIdentity): boolean {
  const isKnown = known.lastModified !== undefined && known.total !== undefined;
  return isKnown && known.lastModified === came.lastModified && known.total === came.total;
}

function opaque(etag: string): string {
  return etag.replace(/^W\//, "");
}

function restedLong(lastModified: string, date: string | undefined): boolean {
  return date !== undefined && Date.parse(date) - Date.parse(lastModified) > 1000;
}
