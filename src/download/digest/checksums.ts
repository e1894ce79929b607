import type { HttpHeaders } from "../../http/httpClient.ts";
import { wholeNumberOf } from "../../model/outsideNumbers.ts";
import type { DigestAlgorithm } from "./digestMessages.ts";

/** A checksum of the whole file that the store sent with its response. */
export interface AnnouncedChecksum {
  readonly algorithm: DigestAlgorithm;
  /** Lower-case hex. */
  readonly value: string;
}

const byteLengths: Readonly<Record<DigestAlgorithm, number>> = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  md5: 16,
  sha1: 20,
  sha256: 32,
};

/**
 * The checksums that can be compared with the file's bytes, one per algorithm, the most explicit header first.
 * Malformed values, checksums of checksums (multipart uploads in S3) and checksums of a range are ignored. If the body
 * has a content coding, all are ignored, because the store computed them from other bytes than those that are written.
 */
export function announcedChecksums(headers: HttpHeaders): AnnouncedChecksum[] {
  if (isEncoded(headers["content-encoding"])) return [];
  const found = new Map<DigestAlgorithm, string>();
  const all = [...amazonChecksums(headers), ...plainMd5(headers), ...googleHashes(headers), ...amazonETag(headers)];
  for (const { algorithm, value } of all) {
    if (!found.has(algorithm)) found.set(algorithm, value);
  }
  return Array.from(found, ([algorithm, value]) => ({ algorithm, value }));
}

function isEncoded(coding: string | undefined): boolean {
  return coding !== undefined && !["", "identity"].includes(coding.trim().toLowerCase());
}

function amazonChecksums(headers: HttpHeaders): AnnouncedChecksum[] {
  if (headers["x-amz-checksum-type"]?.trim().toUpperCase() === "COMPOSITE") return [];
  const algorithms = ["sha256", "sha1", "crc64nvme", "crc32c", "crc32"] as const;
  return algorithms.flatMap((algorithm) => fromBase64(algorithm, headers[`x-amz-checksum-${algorithm}`]));
}

/** `Content-MD5` is for the bytes of this response, Azure's own header for those of the whole blob. */
function plainMd5(headers: HttpHeaders): AnnouncedChecksum[] {
  const whole = fromBase64("md5", headers["x-ms-blob-content-md5"]);
  return coversAll(headers["content-range"]) ? [...whole, ...fromBase64("md5", headers["content-md5"])] : whole;
}

function coversAll(contentRange: string | undefined): boolean {
  if (contentRange === undefined) return true;
  const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(contentRange.trim()) ?? [];
  const last = wholeNumberOf(end);
  return start === "0" && last !== undefined && last + 1 === wholeNumberOf(total);
}

/** `crc32c=…,md5=…` of the object as stored. A store that decompresses it sends other bytes. */
function googleHashes(headers: HttpHeaders): AnnouncedChecksum[] {
  if (isEncoded(headers["x-goog-stored-content-encoding"])) return [];
  return (headers["x-goog-hash"] ?? "").split(",").flatMap((entry) => {
    const [, name, value] = /^\s*(crc32c|md5)\s*=\s*(\S+)\s*$/i.exec(entry) ?? [];
    return fromBase64(name?.toLowerCase() === "md5" ? "md5" : "crc32c", value);
  });
}

/** An ETag of S3 is the MD5 only if the object was uploaded in one part and is not encrypted with a customer's key. */
function amazonETag(headers: HttpHeaders): AnnouncedChecksum[] {
  const fromS3 = headers["x-amz-request-id"] !== undefined || headers["server"]?.trim() === "AmazonS3";
  const encryption = headers["x-amz-server-side-encryption"]?.trim();
  const otherKey = headers["x-amz-server-side-encryption-customer-algorithm"] !== undefined;
  const express = headers["x-amz-storage-class"]?.trim() === "EXPRESS_ONEZONE";
  if (!fromS3 || otherKey || express || (encryption !== undefined && encryption !== "AES256")) return [];
  const [, value] = /^"([0-9a-f]{32})"$/i.exec(headers["etag"]?.trim() ?? "") ?? [];
  return value === undefined ? [] : [{ algorithm: "md5", value: value.toLowerCase() }];
}

function fromBase64(algorithm: DigestAlgorithm, text: string | undefined): AnnouncedChecksum[] {
  if (text === undefined) return [];
  const bytes = Buffer.from(text.trim(), "base64");
  const clean = bytes.length === byteLengths[algorithm] && bytes.toString("base64") === text.trim();
  return clean ? [{ algorithm, value: bytes.toString("hex") }] : [];
}
