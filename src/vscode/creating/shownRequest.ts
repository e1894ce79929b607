import type { RequestPreview } from "../../model/createRequest.ts";

/** One value of a request, with the name that the service has for it. */
export interface RequestPart {
  readonly name: string;
  /** The field that it comes from, if the name is not one. */
  readonly field?: string;
  /** As it is sent. */
  readonly value: string;
}

/** All of a request: its method and path, then the values of the query, then those of the body with their paths. */
export function requestParts({ method, url, body }: RequestPreview): RequestPart[] {
  const { pathname, searchParams } = new URL(url);
  // The only variable part of a path is the universe.
  const line = { name: `${method} ${pathname}`, value: "", field: "universe_id" };
  const query = [...searchParams].map(([name, value]) => ({ name, value }));
  return [line, ...query, ...(body === undefined ? [] : leaves(body, ""))];
}

/** Where a request is sent. */
export function requestOrigin({ url }: RequestPreview): string {
  return new URL(url).origin;
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
