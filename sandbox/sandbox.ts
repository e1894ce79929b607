import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensureTool } from "../tools/toolCache.mjs";
import type { AddAccountRequest, Credentials } from "../src/model/contract.ts";
import { createCredentials } from "./credentials.ts";
import type { ApiServer, RecordedRequest } from "./http/apiServer.ts";
import { startSpaaza } from "./spaaza/spaazaService.ts";
import { TaskBook } from "./spaaza/taskBook.ts";
import { startAzurite } from "./store/azuriteProcess.ts";
import type { StoreAccount } from "./store/azuriteProcess.ts";
import { FileStore } from "./store/fileStore.ts";
import { FileShelf } from "./taskFiles.ts";
import type { ExpectedFile } from "./taskFiles.ts";
import { TokenDesk } from "./textReveal/login.ts";
import { TaskLedger } from "./textReveal/taskLedger.ts";
import { startLogin, startTextReveal } from "./textReveal/textRevealService.ts";

export type { RecordedRequest } from "./http/apiServer.ts";
export type { ExpectedFile } from "./taskFiles.ts";

export interface SandboxOptions {
  /** The seed of all data and credentials; default 1. */
  seed?: number;
  /** Called with a line for each call and each step of the start. */
  log?: (line: string) => void;
  /** Cancels the start, or ends the running sandbox. */
  signal?: AbortSignal;
  /** How many seconds a TextReveal URL is valid; default 300, as documented. */
  textRevealLinkSeconds?: number;
  /** How many seconds a Spaaza URL is valid; default 3600, as documented. */
  spaazaLinkSeconds?: number;
  /** How many seconds a started task takes; default 4. */
  taskSeconds?: number;
  /**
   * The folder in which the store keeps its files for later runs. Default: a new temporary folder that `close` removes.
   */
  folder?: string;
}

/** Both services and their file store on this machine. */
export interface Sandbox {
  spaaza: {
    endpoint: string;
    privileged: Extract<Credentials, { kind: "privileged" }>;
    admin: Extract<Credentials, { kind: "admin" }>;
    requests: RecordedRequest[];
  };
  textReveal: {
    /** Ends with `/v3`. */
    endpoint: string;
    /** Ends with `/oauth/token`. On a separate host. */
    loginEndpoint: string;
    apiKey: Extract<Credentials, { kind: "apiKey" }>;
    accessToken: Extract<Credentials, { kind: "accessToken" }>;
    /** Calls of the API and the login. */
    requests: RecordedRequest[];
    /** Revokes all granted tokens, so that the next call with one gets 401. `accessToken` stays valid. */
    revokeTokens(): void;
  };
  store: {
    origin: string;
    /** Every request that the store has received, with its headers. */
    readLog(): Promise<string>;
  };
  /** The expected result of downloading a task. Rejects for a task without a file. */
  expectedFiles(taskId: string): Promise<ExpectedFile[]>;
  /** The accounts for the companion extension. */
  companionSession(): { accounts: AddAccountRequest[] };
  /** Ends the servers and the store, and removes the temporary folder. Can be called several times. */
  close(): Promise<void>;
}

const defaults = { seed: 1, textRevealLinkSeconds: 300, spaazaLinkSeconds: 3600, taskSeconds: 4 };

/** What has to be ended, the newest first. */
type Undo = (() => Promise<void> | void)[];

/**
 * Starts the sandbox. Installs the store if necessary. After that, a start takes about a second, because files are only
 * created when they are requested.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const undo: Undo = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= undoAll(undo));
  try {
    const sandbox = await compose(options, undo, close);
    options.signal?.throwIfAborted();
    return sandbox;
  } catch (error) {
    await close();
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function compose(options: SandboxOptions, undo: Undo, close: () => Promise<void>): Promise<Sandbox> {
  const { seed, taskSeconds, spaazaLinkSeconds, textRevealLinkSeconds } = { ...defaults, ...options };
  const log = options.log ?? (() => undefined);
  const now = Date.now();
  const credentials = createCredentials(seed);
  const store = await openStore(options, credentials.store, log, undo);
  const book = new TaskBook(seed, now);
  const ledger = new TaskLedger(seed, now);
  const desk = new TokenDesk(credentials);
  const shelf = new FileShelf(store.files, seed, endOf(undo));

  const spaaza: RecordedRequest[] = [];
  const textReveal: RecordedRequest[] = [];
  const spaazaOptions = {
    credentials,
    book,
    shelf,
    linkSeconds: spaazaLinkSeconds,
    taskSeconds,
    requests: spaaza,
    log,
  };
  const revealOptions = {
    desk,
    ledger,
    shelf,
    linkSeconds: textRevealLinkSeconds,
    taskSeconds,
    requests: textReveal,
    log,
  };
  const spaazaEndpoint = await opened(startSpaaza(spaazaOptions), undo);
  const textRevealEndpoint = `${await opened(startTextReveal(revealOptions), undo)}/v3`;
  const loginEndpoint = `${await opened(startLogin(revealOptions), undo)}/oauth/token`;
  closeOnAbort(options.signal, close, undo);
  const { privileged, admin, apiKey, accessToken } = credentials;
  return {
    spaaza: { endpoint: spaazaEndpoint, privileged, admin, requests: spaaza },
    textReveal: {
      endpoint: textRevealEndpoint,
      loginEndpoint,
      apiKey,
      accessToken,
      requests: textReveal,
      revokeTokens: () => desk.revokeAll(),
    },
    store: { origin: store.origin, readLog: () => store.files.readLog() },
    expectedFiles: (taskId) => expectedFiles(taskId, book, ledger, shelf),
    companionSession: () => companionSession({ spaazaEndpoint, textRevealEndpoint, loginEndpoint, privileged, apiKey }),
    close,
  };
}

function companionSession(known: {
  spaazaEndpoint: string;
  textRevealEndpoint: string;
  loginEndpoint: string;
  privileged: Credentials;
  apiKey: Credentials;
}): { accounts: AddAccountRequest[] } {
  return {
    accounts: [
      {
        service: "spaaza",
        label: "Spaaza sandbox",
        endpoint: known.spaazaEndpoint,
        credentials: known.privileged,
      },
      {
        service: "textreveal",
        label: "TextReveal sandbox",
        endpoint: known.textRevealEndpoint,
        loginEndpoint: known.loginEndpoint,
        credentials: known.apiKey,
      },
    ],
  };
}

async function openStore(
  { folder, signal }: SandboxOptions,
  account: StoreAccount,
  log: (line: string) => void,
  undo: Undo,
): Promise<{ origin: string; files: FileStore }> {
  const toolFolder = await ensureTool("azurite", log, signal);
  const dataFolder = folder ?? (await mkdtemp(path.join(os.tmpdir(), "task-exports-sandbox-")));
  if (folder === undefined) undo.push(() => rm(dataFolder, { recursive: true, force: true }));
  const logFile = path.join(dataFolder, "azurite.log");
  await mkdir(dataFolder, { recursive: true });
  await rm(logFile, { force: true });
  const azurite = await startAzurite({
    toolFolder,
    dataFolder,
    logFile,
    account,
    signal,
    ...(folder === undefined && { abandonedFolder: dataFolder }),
  });
  undo.push(() => azurite.stop());
  const files = new FileStore(azurite.origin, account, logFile);
  await files.prepare();
  log(`store ${azurite.origin}`);
  return { origin: azurite.origin, files };
}

async function opened(starting: Promise<ApiServer>, undo: Undo): Promise<string> {
  const server = await starting;
  undo.push(() => server.close());
  return server.origin;
}

/** A signal that is aborted when the sandbox closes, which cancels uploads. */
function endOf(undo: Undo): AbortSignal {
  const controller = new AbortController();
  undo.push(() => controller.abort());
  return controller.signal;
}

function closeOnAbort(signal: AbortSignal | undefined, close: () => Promise<void>, undo: Undo): void {
  const onAbort = (): void => {
    void close();
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  undo.push(() => signal?.removeEventListener("abort", onAbort));
}

async function undoAll(undo: Undo): Promise<void> {
  for (const step of undo.reverse()) await step();
}

async function expectedFiles(
  taskId: string,
  book: TaskBook,
  ledger: TaskLedger,
  shelf: FileShelf,
): Promise<ExpectedFile[]> {
  const spaazaFile = /^\d+$/.test(taskId) ? book.find(Number(taskId))?.file : undefined;
  const files = spaazaFile === undefined ? ledger.find(taskId.toLowerCase())?.files : [spaazaFile];
  if (files === undefined) throw new Error(`The sandbox has no file for task ${taskId}.`);
  return Promise.all(files.map((file) => shelf.expected(file)));
}
