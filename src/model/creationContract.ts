/** The part of the API's types that says what to export. It imports nothing, like the contract that it belongs to. */

/** What to export. The account's service decides which of these it has to be. */
export type CreateExportRequest = SpaazaExportRequest | TextRevealExportRequest | OtherExportRequest;

export interface SpaazaExportRequest {
  accountId: string;
  service: "spaaza";
  index: "transactions" | "users" | "vouchers" | "wallet-ledger" | "products" | "product-variants";
  format: "csv" | "json";
  description: string;
  /** Optional if the account's credentials or its tasks say it. */
  chainId?: string;
  /** ISO 8601. Default: now. */
  runAt?: string;
  /** The ID of a segment that was made in the Console. */
  segmentId?: string;
  /** A segment made of rules; see `SpaazaSegment`. Checked against what Spaaza documents. */
  segment?: object;
}

/** A segment made of rules, as Spaaza documents it. */
export interface SpaazaSegment {
  entity: "people";
  index: SpaazaExportRequest["index"];
  join: "all" | "any";
  /** Default: the chain of the task. */
  chain_id?: string | number;
  rules: SpaazaRule[];
}

/** The operator decides which of the values a rule has. */
export interface SpaazaRule {
  field_name: string;
  field_type?: string;
  operator: string;
  value?: string | number | boolean;
  start_date?: string;
  end_date?: string;
  time_factor?: string;
  time_amount?: number;
  min?: number;
  max?: number;
  nested?: boolean;
  nesting_path?: string;
}

export interface TextRevealExportRequest {
  accountId: string;
  service: "textreveal";
  universeId: string;
  /** Values by kind: name, alias, duns, figi, isin, ticker, lei, entity_id, website. */
  filters?: Record<string, string[]>;
  /** Of id, description, name, figi, isin, ticker, alias, website, country, lei. */
  fields?: string[];
  order?: "name:asc" | "name:desc" | (string & {});
}

/** For a service that another extension registered: the values of its own `exportFields`, by field name. */
export interface OtherExportRequest {
  accountId: string;
  service: string & {};
  values: Record<string, string>;
}
