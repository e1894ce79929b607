/**
 * The API that other extensions use, and the types it is made of. The package publishes this file and the files
 * that it imports, together as `task-exports.d.ts`. They are stable: additions are fine, changes need an entry in
 * CHANGELOG.md.
 */

import type { CreateExportRequest } from "./creationContract.ts";
import type { ColumnName, ColumnProfile, Filter, QueryResult, SavedFormat, SortKey } from "./queryContract.ts";
import type { Dialect, RowPage, SavedView } from "./tableContract.ts";

export type * from "./creationContract.ts";
export type * from "./queryContract.ts";
export type * from "./tableContract.ts";

/** What `vscode.extensions.getExtension("task-exports.task-exports").activate()` returns. */
export interface TaskExportsApi {
  readonly apiVersion: 1;
  addAccount(request: AddAccountRequest): Promise<Account>;
  listAccounts(): Promise<Account[]>;
  verifyAccount(accountId: string, options?: { signal?: AbortSignal }): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  /** One page, newest first if the service supports it. Pass `next` as `cursor` to get the next page. */
  listTasks(
    accountId: string,
    options?: { cursor?: string; pageSize?: number; signal?: AbortSignal },
  ): Promise<TaskPage>;
  /** Requests new signed URLs from the service. They are secrets: never log or store them. */
  resolveDownload(accountId: string, taskId: string, options?: { signal?: AbortSignal }): Promise<ResolvedFile[]>;
  download(
    request: DownloadRequest,
    options?: { signal?: AbortSignal; onProgress?: (progress: DownloadProgress) => void },
  ): Promise<DownloadResult>;
  /**
   * Downloads a task's files when it is done, also after VS Code was closed meanwhile. Resolves when the task is watched,
   * not when it is done.
   */
  watchTask(accountId: string, taskId: string, options?: Omit<DownloadRequest, "accountId" | "taskId">): Promise<void>;
  /** Stops watching a task. Does nothing if it is not watched. */
  unwatchTask(accountId: string, taskId: string): Promise<void>;
  /** Everything that was downloaded, newest first, also what is no longer there. */
  listDownloads(): Promise<ListedFile[]>;
  /** Fires when all files of a download are complete, in this window. A `vscode.Event`. */
  readonly onDidDownload: DownloadResultEvent;
  /** Adds another service with export tasks. Its accounts and tasks appear in the same view. */
  registerService(service: ExportService): { dispose(): void };
  /**
   * Rows of a CSV, JSON array or NDJSON file as the table shows them: text as written in the file, by row number from
   * 0, without the header. With `sort` or `filter`, `from` counts in the order that results, `rowNumbers` are the numbers
   * of the rows in the file, and `total` is the number of rows that the filter leaves.
   */
  readRows(
    uri: string,
    options?: {
      from?: number;
      count?: number;
      dialect?: Dialect;
      sort?: SortKey[];
      filter?: Filter;
      signal?: AbortSignal;
    },
  ): Promise<RowPage>;
  /**
   * Runs one statement that only reads. The file is the table `export`, other files are the tables by the names given. Each
   * also has a table with `_text` after its name, with the same columns as text.
   *
   * @param options `maxRows` rows are returned at most; default: the setting `taskExports.query.maxRows`
   */
  query(
    uri: string,
    sql: string,
    options?: { others?: Record<string, string>; maxRows?: number; signal?: AbortSignal },
  ): Promise<QueryResult>;
  /** Every match, in file order, as an async iterable of batches. Reading stops when the consumer stops. */
  findRows(
    uri: string,
    pattern: { text: string; regex?: boolean; caseSensitive?: boolean; column?: ColumnName },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<{ row: number; column: number }[]>;
  /**
   * What columns contain: their types, counts, ranges and most frequent values, in the order of `columns`. Default: all
   * columns and all rows.
   */
  profile(
    uri: string,
    options?: { columns?: ColumnName[]; filter?: Filter; signal?: AbortSignal },
  ): Promise<ColumnProfile[]>;
  /**
   * Writes a view of a file, or the result of a statement that only reads, to a file that gets its name when it is complete.
   *
   * - Without `sql`, text formats have the text of the file, and Parquet has typed values in columns of one type. `columns`
   *   are written in their order; default: all.
   * - With `sql`, which can't be combined with them, the file is the table `export`, and `others` are further files by the
   *   names of their tables. There is no limit for the number of rows.
   *
   * @param target a file URI or an absolute path. An existing file is replaced only with `overwrite`.
   */
  saveView(
    uri: string,
    target: string,
    options: {
      format: SavedFormat;
      columns?: ColumnName[];
      sort?: SortKey[];
      filter?: Filter;
      sql?: string;
      others?: Record<string, string>;
      overwrite?: boolean;
      signal?: AbortSignal;
      onProgress?: (progress: { rows: number; bytes: number }) => void;
    },
  ): Promise<SavedView>;
  /** Asks the service for a new export. Sends only fields that the service documents. Never sent twice. */
  createTask(
    request: CreateExportRequest,
    options?: { signal?: AbortSignal },
  ): Promise<{ accountId: string; taskId: string }>;
  /** Runs an existing task now, if its service can. */
  runTask(accountId: string, taskId: string, options?: { signal?: AbortSignal }): Promise<void>;
}

/** What an account signs in with. */
export type Credentials =
  /** Spaaza: the id and the secret of a privileged token. */
  | { kind: "privileged"; tokenId: string; tokenSecret: string }
  /** Spaaza: the values of an admin session. */
  | { kind: "admin"; userId: string; sessionKey: string; chainId: string }
  /** TextReveal: key and secret, exchanged for a token by a password grant. */
  | { kind: "apiKey"; key: string; secret: string }
  /** TextReveal: a token that was requested elsewhere. */
  | { kind: "accessToken"; token: string }
  /** A service registered by another extension: the values of its own form, by field name. */
  | { kind: "custom"; values: Record<string, string> };

export interface AddAccountRequest {
  service: "spaaza" | "textreveal" | (string & {});
  label: string;
  /** Base URL, e.g. the Services API's https://services-prod.spaaza.com or https://api.textreveal.com/v3 (the latter the default). */
  endpoint?: string;
  /** TextReveal only: the URL that grants tokens. Default: https://login.textreveal.com/oauth/token. */
  loginEndpoint?: string;
  credentials: Credentials;
  /** Whether to check the credentials with the service before storing them. Default: true. */
  verify?: boolean;
}

/** A stored account. Never contains a secret. */
export interface Account {
  id: string;
  service: string;
  label: string;
  endpoint: string;
  /** The URL that grants tokens, if the service has one. */
  loginEndpoint?: string;
}

export type TaskState = "waiting" | "running" | "done" | "failed" | "unknown";

export interface ExportTask {
  id: string;
  accountId: string;
  description: string;
  state: TaskState;
  /** The service's own name for the state, unchanged. */
  serviceState: string;
  /** What is exported. Spaaza's export index: transactions, users, vouchers, wallet-ledger, products, product-variants. */
  subject?: string;
  format?: "csv" | "json";
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  completedAt?: string;
  /** The chain that the task belongs to, if the service has chains. */
  chain?: string;
  /** The last lines of the task's log, if the service sends them with a single task. Absent in lists. */
  log?: string[];
}

export interface TaskPage {
  tasks: ExportTask[];
  /** Present if there is a next page. */
  next?: string;
  total?: number;
}

export interface ResolvedFile {
  index: number;
  /** The file's name as sent by the service, not yet made safe for a file system. */
  name: string;
  /** A signed URL: a secret. */
  url: string;
  /** ISO 8601, if the URL or the service says so. */
  expiresAt?: string;
}

export interface DownloadRequest {
  /** Optional if there is only one account, or if the form of the id shows which account is meant. */
  accountId?: string;
  taskId: string | number;
  /** Indexes of the files to download, for a task with several files. Default: all. */
  files?: number[];
  /** Absolute path or file URI. Default: the folder from the settings. */
  folder?: string;
  fileExists?: FileExistsChoice;
  open?: "table" | "text" | "none";
  beside?: boolean;
}

export type FileExistsChoice = "ask" | "overwrite" | "keepBoth" | "skip";

export interface DownloadProgress {
  /** Which file of the task, counted from 0. */
  file: number;
  files: number;
  name: string;
  phase: "resolving" | "downloading" | "waiting" | "verifying" | "done";
  receivedBytes: number;
  totalBytes?: number;
  bytesPerSecond?: number;
  /** The byte at which an earlier download was resumed. */
  resumedFrom?: number;
  retryInMs?: number;
  reason?: string;
}

export interface DownloadedFile {
  /** The index of the file among the files of the task, from 0. */
  index: number;
  uri: string;
  name: string;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** What was compared: a checksum from the store, the announced length, or nothing because the store sent neither. */
  verified: "checksum" | "length" | "unverified";
  requests: number;
  resumed: number;
  skipped?: boolean;
}

export interface DownloadResult {
  accountId: string;
  taskId: string;
  files: DownloadedFile[];
}

/** A file that was downloaded at some time. */
export interface ListedFile {
  accountId: string;
  taskId: string;
  file: DownloadedFile;
  /** ISO 8601. */
  downloadedAt: string;
  /** The file was moved or deleted. */
  missing: boolean;
}

/** Has the form of a `vscode.Event<DownloadResult>`. */
export type DownloadResultEvent = (
  listener: (result: DownloadResult) => unknown,
  thisArgs?: unknown,
  disposables?: { dispose(): unknown }[],
) => { dispose(): void };

/** A pause before the next attempt. */
export interface Waiting {
  retryInMs: number;
  /** One plain sentence, without secrets. */
  reason: string;
}

/** The options of every call to a service. */
export interface ServiceCall {
  signal: AbortSignal;
  onWaiting?: (waiting: Waiting) => void;
}

/** An account with its credentials. Kept only for the duration of the call that needs it. */
export interface AccountAccess {
  readonly account: Account;
  readonly credentials: Credentials;
}

/** One input box of Add Account. */
export interface CredentialField {
  name: string;
  label: string;
  placeholder?: string;
  /** Shown masked while typed. */
  secret: boolean;
}

/** One sign-in method, as Add Account offers it. */
export interface CredentialForm {
  kind: Credentials["kind"];
  label: string;
  detail?: string;
  fields: readonly CredentialField[];
  /**
   * Reads text that was pasted into the first box and contains more than the value of that box (`id:secret`, a whole
   * header line). Returns values by field name, or undefined if the text is only that one value.
   */
  readPasted?(text: string): Record<string, string> | undefined;
  /** Turns the filled boxes into credentials. */
  toCredentials(values: Readonly<Record<string, string>>): Credentials;
}

/** One input box of Create Export Task. */
export interface ExportField {
  name: string;
  label: string;
  placeholder?: string;
  /** Whether the box can stay empty. */
  optional?: boolean;
}

export interface EndpointChoice {
  url: string;
  description?: string;
}

/** A service with export tasks. Spaaza and TextReveal are built in; other extensions can register more. */
export interface ExportService {
  /** Stable, lower case; stored with each account. */
  readonly id: string;
  readonly label: string;
  /** Base URLs that Add Account offers. */
  readonly endpoints: readonly EndpointChoice[];
  /** Used if an account is added without a base URL. If absent, a base URL is required. */
  readonly defaultEndpoint?: string;
  readonly defaultLoginEndpoint?: string;
  readonly credentialForms: readonly CredentialForm[];
  /** Finds the id of one of this service's tasks in typed or pasted text (an id, or a URL that contains one). */
  findTaskId(text: string): string | undefined;
  /** Resolves if the service accepts the credentials. Otherwise rejects with an `Error` that has a `code`. */
  verify(access: AccountAccess, call: ServiceCall): Promise<void>;
  listTasks(access: AccountAccess, page: { cursor?: string; pageSize: number }, call: ServiceCall): Promise<TaskPage>;
  /** The current state of one task. Fields that the service does not send are absent. */
  getTask(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ExportTask>;
  resolveDownload(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ResolvedFile[]>;
  /** What Create Export Task asks for. For a service of another extension: the built-in ones have questions of their own. */
  readonly exportFields?: readonly ExportField[];
  /** Creates an export task. Without this, the service's accounts don't offer it. Must not send the request twice. */
  createTask?(access: AccountAccess, request: CreateExportRequest, call: ServiceCall): Promise<{ taskId: string }>;
  /** Runs an existing task now. Without this, the service's accounts don't offer it. Must not send the request twice. */
  runTask?(access: AccountAccess, taskId: string, call: ServiceCall): Promise<void>;
}
