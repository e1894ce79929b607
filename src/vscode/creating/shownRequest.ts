import type { RequestPreview } from "../../model/createRequest.ts";

/** One value of a request, with the name that the service has for it. */
export interface RequestPart {
  readonly name: string;
  /** As it is sent. */
  readonly value: string;
}

/** Every value of a request: first those of the query, then those of the body, as paths. */
export function requestParts({ url, body }: RequestPreview): RequestPart[] {
  const query = [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  return [...query, ...(body === undefined ? [] : leaves(body, ""))];
}

/** The first line of a request, without its query. */
export function requestLine({ method, url }: RequestPreview): string {
  const { origin, pathname } = new URL(url);
  return `${method} ${origin}${pathname}`;
}

/** A request as text, exactly as it is sent, but without the header with the credentials. */
export function requestText({ method, url, body }: RequestPreview): string {
  const head = `${method} ${url}\nAccept: application/json\n`;
  if (body === undefined) return head;
  return `${head}Content-Type: application/json\n\n${JSON.stringify(body, undefined, 2)}\n`;
}

function leaves(value: unknown, path: string): RequestPart[] {
  if (Array.isArray(value)) return value.flatMap((entry, at) => leaves(entry, `${path}[${at}]`));
  if (typeof value !== "object" || value === null) return [{ name: path, value: JSON.stringify(value) }];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === "" ? name : `${path}.${name}`));
}
