/**
 * The words of the field and the API that other extensions see. This file stands alone on purpose: it is what
 * the package publishes as `task-exports.d.ts`. Stable by contract; additions are free, changes go into CHANGELOG.md.
 */

/** What `vscode.extensions.getExtension("task-exports.task-exports").activate()` answers. */
export interface TaskExportsApi {
  readonly apiVersion: 1;
  addAccount(request: AddAccountRequest): Promise<Account>;
  listAccounts(): Promise<Account[]>;
  verifyAccount(accountId: string, options?: { signal?: AbortSignal }): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  /** One page, newest first where the service can. Pass `next` back as `cursor` for the following page. */
  listTasks(
    accountId: string,
    options?: { cursor?: string; pageSize?: number; signal?: AbortSignal },
  ): Promise<TaskPage>;
  /** Asks the service for fresh signed URLs. They are secrets: never log or store them. */
  resolveDownload(accountId: string, taskId: string, options?: { signal?: AbortSignal }): Promise<ResolvedFile[]>;
  download(
    request: DownloadRequest,
    options?: { signal?: AbortSignal; onProgress?: (progress: DownloadProgress) => void },
  ): Promise<DownloadResult>;
  /** Lets another extension bring a further service with export tasks; its accounts and tasks appear in the same tree. */
  registerService(service: ExportService): { dispose(): void };
  /**
   * Rows of a CSV, JSON array or NDJSON file as the table shows them: text as it stands in the file, by row number from
   * 0, header not counted.
   */
  readRows(
    uri: string,
    options?: { from?: number; count?: number; dialect?: Dialect; signal?: AbortSignal },
  ): Promise<RowPage>;
  /** Every match, in file order, as an async iterable of batches; stops reading when the consumer stops. */
  findRows(
    uri: string,
    pattern: { text: string; regex?: boolean; caseSensitive?: boolean; column?: string },
    options?: { signal?: AbortSignal },
  ): AsyncIterable<{ row: number; column: number }[]>;
}

/** How a file's text is divided into rows and fields; what is left out is detected. */
export interface Dialect {
  /** One character between two fields of a row. */
  delimiter?: string;
  /** The character around fields that contain delimiters or newlines; an empty text for none. */
  quote?: string;
  /** Whether the first row holds the columns' names. */
  header?: boolean;
  /** `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`. */
  encoding?: string;
}

export interface RowPage {
  columns: string[];
  rows: string[][];
  /** The number of the first of `rows`. */
  from: number;
  /** How many rows the file has. Exact once known, absent before. */
  total?: number;
  dialect: Dialect;
  /** How many of `rows` are no well-formed row; they are there all the same, as well as they can be read. */
  unreadableRows?: number;
}

/** What proves to a service who asks. */
export type Credentials =
  /** Spaaza: the id and the secret of a privileged token. */
  | { kind: "privileged"; tokenId: string; tokenSecret: string }
  /** Spaaza: the values of a running admin session. */
  | { kind: "admin"; userId: string; sessionKey: string; chainId: string }
  /** TextReveal: key and secret, exchanged for a token by a password grant. */
  | { kind: "apiKey"; key: string; secret: string }
  /** TextReveal: a token that was got elsewhere. */
  | { kind: "accessToken"; token: string }
  /** A service that another extension registered: the values of its own form, by field name. */
  | { kind: "custom"; values: Record<string, string> };

export interface AddAccountRequest {
  service: "spaaza" | "textreveal" | (string & {});
  label: string;
  /** Base URL, e.g. the Services API's https://services-prod.spaaza.com or https://api.textreveal.com/v3 (the latter the default). */
  endpoint?: string;
  /** TextReveal only: where the password grant is made; default https://login.textreveal.com/oauth/token. */
  loginEndpoint?: string;
  credentials: Credentials;
  /** Ask the service whether the credentials work before storing them. Default true. */
  verify?: boolean;
}

/** A stored account. Never holds a secret. */
export interface Account {
  id: string;
  service: string;
  label: string;
  endpoint: string;
  /** Where a token is got, when that is another address than `endpoint`. */
  loginEndpoint?: string;
}

export type TaskState = "waiting" | "running" | "done" | "failed" | "unknown";

export interface ExportTask {
  id: string;
  accountId: string;
  description: string;
  state: TaskState;
  /** The service's own word for the state, as it came. */
  serviceState: string;
  /** What is exported. Spaaza's export index: transactions, users, vouchers, wallet-ledger, products, product-variants. */
  subject?: string;
  format?: "csv" | "json";
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  completedAt?: string;
  /** The chain that the task belongs to, where the service has chains. */
  chain?: string;
}

export interface TaskPage {
  tasks: ExportTask[];
  /** Present while there is a following page. */
  next?: string;
  total?: number;
}

export interface ResolvedFile {
  index: number;
  /** The file's name as the service means it: not yet made safe for a disk. */
  name: string;
  /** Signed; a secret. */
  url: string;
  /** ISO 8601, where the URL or the service tells it. */
  expiresAt?: string;
}

export interface DownloadRequest {
  /** May be left out where there is only one account, or where the id's form decides. */
  accountId?: string;
  taskId: string | number;
  /** Indexes of a task with several files; default all. */
  files?: number[];
  /** Absolute path or file URI; default the setting's. */
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
  /** The byte from which an earlier part was carried on. */
  resumedFrom?: number;
  retryInMs?: number;
  reason?: string;
}

export interface DownloadedFile {
  /** Its place among the task's files, counted from 0. */
  index: number;
  uri: string;
  name: string;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** What was compared: a checksum that the store gave, the announced length, or nothing that can be compared. */
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

/** A pause before the next try, told while it lasts. */
export interface Waiting {
  retryInMs: number;
  /** One plain sentence, without secrets. */
  reason: string;
}

/** What every call to a service takes along. */
export interface ServiceCall {
  signal: AbortSignal;
  onWaiting?: (waiting: Waiting) => void;
}

/** An account together with what opens it; lives only as long as the call that needs it. */
export interface AccountAccess {
  readonly account: Account;
  readonly credentials: Credentials;
}

/** One input box of the dialogue that adds an account. */
export interface CredentialField {
  name: string;
  label: string;
  placeholder?: string;
  /** Shown masked while typed. */
  secret: boolean;
}

/** One way to prove who asks, as the dialogue that adds an account offers it. */
export interface CredentialForm {
  kind: Credentials["kind"];
  label: string;
  detail?: string;
  fields: readonly CredentialField[];
  /**
   * Reads what was pasted into the first box when it holds more than that box's value (`id:secret`, a whole
   * header line); answers values by field name, or undefined when it is just the one value.
   */
  readPasted?(text: string): Record<string, string> | undefined;
  /** Turns the filled boxes into credentials. */
  toCredentials(values: Readonly<Record<string, string>>): Credentials;
}

export interface EndpointChoice {
  url: string;
  description?: string;
}

/** A service with export tasks. Spaaza and TextReveal are two of these; another extension may register more. */
export interface ExportService {
  /** Stable, lower case; stored with each account. */
  readonly id: string;
  readonly label: string;
  /** Base URLs to offer. */
  readonly endpoints: readonly EndpointChoice[];
  /** Used when an account is added without a base URL; without it the base URL must be given. */
  readonly defaultEndpoint?: string;
  readonly defaultLoginEndpoint?: string;
  readonly credentialForms: readonly CredentialForm[];
  /** The id of one of this service's tasks inside a typed or pasted text (an id, or a URL that holds one). */
  findTaskId(text: string): string | undefined;
  /** Resolves when the service accepts the credentials; rejects with an `Error` that has a `code` when not. */
  verify(access: AccountAccess, call: ServiceCall): Promise<void>;
  listTasks(access: AccountAccess, page: { cursor?: string; pageSize: number }, call: ServiceCall): Promise<TaskPage>;
  /** One task as it stands now; fields that the service does not tell stay empty. */
  getTask(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ExportTask>;
  resolveDownload(access: AccountAccess, taskId: string, call: ServiceCall): Promise<ResolvedFile[]>;
}
