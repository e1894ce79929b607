/** `Retry-After` in its two forms; a date is rounded up, as it holds whole seconds only. */
export function retryAfter(seconds: number, form: "seconds" | "date" = "seconds"): Record<string, string> {
  if (form === "seconds") return { "retry-after": String(seconds) };
  const moment = Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000;
  return { "retry-after": new Date(moment).toUTCString() };
}
