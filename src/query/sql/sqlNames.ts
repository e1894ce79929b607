/**
 * The names that columns have in statements: unique without regard to case, as SQL compares names. The second of two
 * columns named `id` is `id (2)`, and a column without a name is named after its place.
 */
export function sqlNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const base = name === "" ? `column ${index + 1}` : name;
    let unique = base;
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${base} (${count})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
