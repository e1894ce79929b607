/** `Retry-After` in its two forms. A date is rounded up, because it has only whole seconds. */
export function retryAfter(seconds: number, form: "seconds" | "date" = "seconds"): Record<string, string> {
  if (form === "seconds") return { "retry-after": String(seconds) };
  const moment = Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000;
  return { "retry-after": new Date(moment).toUTCString() };
}
