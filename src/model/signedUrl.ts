import { momentAt, momentOf, wholeNumberOf } from "./outsideNumbers.ts";

/**
 * When a signed URL expires, according to its parameters: S3, Google Cloud Storage, Azure Blob and CloudFront.
 *
 * The time is by the signer's clock: compare it with a server's `Date`, not with this computer's clock.
 *
 * @returns undefined if the URL has no expiry time that can be read.
 */
export function expiryOf(url: string): Date | undefined {
  if (!URL.canParse(url)) return undefined;
  const parameters = new Map<string, string>();
  for (const [name, value] of new URL(url).searchParams) parameters.set(name.toLowerCase(), value);
  return (
    signedSpan(parameters.get("x-amz-date"), parameters.get("x-amz-expires")) ??
    signedSpan(parameters.get("x-goog-date"), parameters.get("x-goog-expires")) ??
    epochSeconds(parameters.get("expires")) ??
    dateAt(momentOf(parameters.has("sig") ? parameters.get("se") : undefined)) ??
    policyEnd(parameters.get("policy"))
  );
}

/**
 * The file name at the end of a URL's path, decoded but not made safe for a disk.
 *
 * @returns "" if there is none.
 */
export function fileNameOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    // A single percent sign is part of the name.
    return last;
  }
}

/** A time such as `20260131T120000Z` plus a number of seconds. */
function signedSpan(from: string | undefined, seconds: string | undefined): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(from ?? "");
  if (parts === null || seconds === undefined || !/^\d{1,9}$/.test(seconds)) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const start = momentOf(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return start === undefined ? undefined : dateAt(start + Number(seconds) * 1000);
}

function epochSeconds(text: string | undefined): Date | undefined {
  const seconds = wholeNumberOf(text);
  return seconds === undefined ? undefined : dateAt(seconds * 1000);
}

/** CloudFront's policy: JSON in base64 with its own alphabet. */
function policyEnd(policy: string | undefined): Date | undefined {
  const base64 = policy?.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/") ?? "";
  const text = Buffer.from(base64, "base64").toString();
  return epochSeconds(/"DateLessThan"\s*:\s*\{\s*"AWS:EpochTime"\s*:\s*(\d+)/.exec(text)?.[1]);
}

function dateAt(milliseconds: number | undefined): Date | undefined {
  const time = milliseconds === undefined ? undefined : momentAt(milliseconds);
  return time === undefined ? undefined : new Date(time);
}
