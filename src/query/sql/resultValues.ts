import { type DuckDBType, DuckDBTypeId, type DuckDBValue, type Json, JsonDuckDBValueConverter } from "@duckdb/node-api";

export type PlainValue = string | number | boolean | null;

/** Types whose values are made of other values. They are shown as JSON. */
const nested = new Set([
  DuckDBTypeId.LIST,
  DuckDBTypeId.ARRAY,
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
]);

/**
 * A value of a result, as it can be sent and shown. Whole numbers beyond 2^53 and decimals become text, because a number
 * can't hold them.
 */
export function plainValue(value: DuckDBValue, type: DuckDBType): PlainValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : String(value);
  if (!nested.has(type.typeId)) return String(value);
  const json: Json | null = JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter);
  return JSON.stringify(json);
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}
