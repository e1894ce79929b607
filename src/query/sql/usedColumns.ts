/** What a statement uses of its tables, read from its syntax tree (`json_serialize_sql`). */
export interface UsedNames {
  /** It can contain any column: there is a star, or something else that stands for all columns. */
  readonly all: boolean;
  /** Every name and text in it, in lower case. A column that isn't among them isn't used. */
  readonly names: ReadonlySet<string>;
}

/** Functions that make a table of their arguments alone. Others can name a table in a text. */
const ownTableFunctions = new Set(["range", "generate_series", "unnest"]);

type Node = Readonly<Record<string, unknown>>;

/**
 * The names in the syntax tree of a SELECT statement. Undefined if there is no tree, because the engine serializes only
 * these: then the statement can use everything.
 */
export function usedNames(tree: unknown): UsedNames | undefined {
  if (!isNode(tree) || tree["error"] !== false) return undefined;
  const names = new Set<string>();
  const single = new Set<string>();
  const tables = new Set<string>();
  const stars: Node[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") names.add(value.toLowerCase());
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      if (standsForAll(value)) stars.push(value);
      addAll(tables, [value["table_name"], value["alias"]]);
      const path = value["column_names"];
      if (value["class"] === "COLUMN_REF" && Array.isArray(path)) addAll(single, path.slice(-1));
      Object.values(value).forEach(visit);
    }
  };
  visit(tree);
  // A table's name in the place of a column stands for the whole row.
  return { all: stars.length > 0 || [...single].some((name) => tables.has(name)), names };
}

/** Whether columns are meant without their names: by a star, their places, other names, or in a function's table. */
function standsForAll(node: Node): boolean {
  const aliases = node["column_name_alias"];
  if (Array.isArray(aliases) && aliases.length > 0) return true;
  if (node["class"] === "STAR" || node["class"] === "POSITIONAL_REFERENCE" || node["ref_type"] === "NATURAL")
    return true;
  return node["type"] === "TABLE_FUNCTION" && !ownTableFunctions.has(functionOf(node));
}

function functionOf({ function: called }: Node): string {
  const name = isNode(called) ? called["function_name"] : undefined;
  return typeof name === "string" ? name.toLowerCase() : "";
}

/** The indexes of the columns that a statement can use. */
export function usedColumns(used: UsedNames | undefined, names: readonly string[]): number[] {
  const isUsed = (name: string): boolean => used === undefined || used.all || used.names.has(name.toLowerCase());
  return names.flatMap((name, index) => (isUsed(name) ? [index] : []));
}

function addAll(set: Set<string>, values: readonly unknown[]): void {
  for (const value of values) if (typeof value === "string" && value !== "") set.add(value.toLowerCase());
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
