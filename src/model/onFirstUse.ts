/**
 * A value that is made when it is first asked for. For what takes milliseconds to create, such as the locale's order of
 * letters, and isn't needed to activate the extension.
 */
export function onFirstUse<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
