import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { defined } from "../../src/model/defined.ts";

export interface AzuriteOptions {
  /** The folder in which Azurite is installed, with its `node_modules`. */
  toolFolder: string;
  /** The folder for blobs and their index. */
  dataFolder: string;
  /** The log of all requests, with their headers. */
  logFile: string;
  account: StoreAccount;
  /** A folder that the store's process removes when it ends, for whatever reason. */
  abandonedFolder?: string;
  /** Cancels only the start. */
  signal?: AbortSignal | undefined;
}

export interface StoreAccount {
  name: string;
  /** Base64. */
  key: string;
}

export interface AzuriteProcess {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Ends the process and resolves when it has ended. */
  stop(): Promise<void>;
}

/** As long as VS Code's server may take, which can start beside it on a busy machine. */
const startLimitMs = 60_000;
const stopLimitMs = 2_000;
const watcher = pathToFileURL(path.join(import.meta.dirname, "exitWithParent.ts")).href;

/** Starts Azurite's blob service on a free port of 127.0.0.1, as a child process that ends with this process. */
export async function startAzurite(options: AzuriteOptions): Promise<AzuriteProcess> {
  const program = path.join(options.toolFolder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
  const child = fork(program, azuriteArguments(options), {
    execArgv: ["--import", watcher],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      AZURITE_ACCOUNTS: `${options.account.name}:${options.account.key}`,
      // Read by exitWithParent.ts.
      ...defined({ TASK_EXPORTS_SANDBOX_FOLDER: options.abandonedFolder }),
    },
  });
  const ended = new Promise<void>((resolve) => child.once("close", resolve));
  const stop = async (): Promise<void> => {
    // Works on every platform and lets the store write its index. On Windows, a signal does neither.
    if (child.connected) child.send("shutdown");
    const limit = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
    await ended;
    clearTimeout(limit);
  };
  try {
    return { origin: await listening(child, options.signal), stop };
  } catch (error) {
    child.kill("SIGKILL");
    await ended;
    throw error;
  }
}

function azuriteArguments(options: AzuriteOptions): string[] {
  return [
    ...["--blobHost", "127.0.0.1", "--blobPort", "0"],
    ...["--location", options.dataFolder],
    ...["--debug", options.logFile],
    ...["--silent", "--disableTelemetry", "--skipApiVersionCheck"],
  ];
}

/** Reads the address from Azurite's output. Rejects with the output if Azurite ends first or takes too long. */
function listening(child: ChildProcess, signal: AbortSignal | undefined): Promise<string> {
  const limit = AbortSignal.any([AbortSignal.timeout(startLimitMs), ...(signal === undefined ? [] : [signal])]);
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (): void => reject(new Error(`The sandbox's store did not start. ${said}`, { cause: limit.reason }));
    const read = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
      const [, origin] = /successfully listens on (http:\/\/[\d.]+:\d+)/.exec(said) ?? [];
      if (origin !== undefined) resolve(origin);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", fail);
    child.once("close", fail);
    if (limit.aborted) fail();
    limit.addEventListener("abort", fail, { once: true });
  });
}
