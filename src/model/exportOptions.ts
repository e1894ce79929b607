/** What the two built-in services document for creating an export. Nothing else is ever offered or sent. */

export const spaazaIndexes = [
  "transactions",
  "users",
  "vouchers",
  "wallet-ledger",
  "products",
  "product-variants",
] as const;
export type SpaazaIndex = (typeof spaazaIndexes)[number];

export const exportFormats = ["csv", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The fields of segment rules that the documentation shows, by what is exported. */
export const segmentFields: Readonly<
  Record<SpaazaIndex, { readonly date?: string; readonly others: readonly string[] }>
> = {
  transactions: { date: "timestamp", others: [] },
  "wallet-ledger": { date: "timestamp", others: [] },
  users: { date: "created_date", others: ["country"] },
  vouchers: { date: "date_time_redeemed", others: [] },
  products: { others: [] },
  "product-variants": { others: [] },
};

export const universeFilters = [
  "name",
  "alias",
  "duns",
  "figi",
  "isin",
  "ticker",
  "lei",
  "entity_id",
  "website",
] as const;
export type UniverseFilter = (typeof universeFilters)[number];

export const entityFields = [
  "id",
  "description",
  "name",
  "figi",
  "isin",
  "ticker",
  "alias",
  "website",
  "country",
  "lei",
] as const;

export const entityOrders = ["name:asc", "name:desc"] as const;
