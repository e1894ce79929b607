/**
 * The values of a list in a query: `name=a&name=b`, `name[]=a`, `name[0]=a` and `name=a,b`. The documentation doesn't say
 * how they are encoded, so all common encodings are supported.
 */
export function listValues(query: URLSearchParams, name: string): string[] {
  return [...query]
    .filter(([key]) => key === name || (key.startsWith(`${name}[`) && key.endsWith("]")))
    .flatMap(([, value]) => value.split(","))
    .filter((value) => value !== "");
}

/** The name of a parameter, without the brackets of a list. */
export function listName(key: string): string {
  return key.replace(/\[\d*\]$/, "");
}
