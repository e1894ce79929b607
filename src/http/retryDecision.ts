const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** Whether the same request may succeed later, after a response with this status. */
export function isPassingStatus(status: number): boolean {
  return passingStatuses.has(status);
}
