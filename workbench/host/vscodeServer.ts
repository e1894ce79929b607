import path from "node:path";
import process from "node:process";
import type { Log } from "../../tools/toolCache.mjs";
import { announcedPort } from "./announcedPort.ts";
import { endProcessTree, startProcessTree } from "../../project/processTree.ts";
import { serverArguments, serverNode } from "./serverProgram.ts";
import { type Settings, writeUserSettings } from "./userSettings.ts";
import { type WorkbenchPage, workbenchUrl } from "./workbenchUrl.ts";

export interface ServerOptions {
  /** The folder for everything that this VS Code stores: settings, state, logs. Created if it is missing. */
  userDataDir: string;
  /** The folder of installed extensions; default inside `userDataDir`. */
  extensionsDir?: string;
  /** Additional user settings. */
  settings?: Settings;
  /** Environment variables for the server and its extension host. */
  env?: Readonly<Record<string, string>>;
  /** Enables workspace trust, so that folders open in Restricted Mode. Default: off; every folder is trusted. */
  trust?: boolean;
  /**
   * Allows pages to run extensions and tests from their folders (`extensionDevelopmentPath`, `extensionTestsPath`). VS
   * Code then shows no notification toasts; if they matter, install the extension instead. Default: off.
   */
  development?: boolean;
  log?: Log;
  /** Ends the server. */
  signal?: AbortSignal;
}

export interface VscodeServer {
  readonly port: number;
  /** Contains `User` (settings, globalStorage) and `Machine`. */
  readonly dataDir: string;
  readonly logsDir: string;
  url(page: WorkbenchPage): string;
  close(): Promise<void>;
}

/** Prevents VS Code from contacting its extension gallery: nothing leaves this machine. */
const noGallery = JSON.stringify({ serviceUrl: "" });

/** Starts VS Code's server on a free port of 127.0.0.1 and resolves when it accepts connections. */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const { userDataDir, signal, log = () => undefined } = options;
  const extensionsDir = options.extensionsDir ?? path.join(userDataDir, "extensions");
  const dataDir = path.join(userDataDir, "data");
  await writeUserSettings(dataDir, options.trust ?? false, options.settings);
  const development = options.development ?? false;
  const node = await serverNode(log, signal);
  const args = await serverArguments({ userDataDir, extensionsDir }, development, log, signal);
  signal?.throwIfAborted();

  const server = startProcessTree(node, args, {
    cwd: userDataDir,
    env: { ...process.env, EXTENSIONS_GALLERY: noGallery, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const close = async () => {
    signal?.removeEventListener("abort", closeOnAbort);
    await endProcessTree(server);
  };
  const closeOnAbort = () => void close();
  signal?.addEventListener("abort", closeOnAbort);
  try {
    const port = await announcedPort(server);
    const url = (page: WorkbenchPage) => {
      if (!development && (page.extensionDevelopmentPath ?? page.extensionTestsPath) !== undefined) {
        throw new Error("This server was not started with `development`, so its pages run installed extensions only.");
      }
      return workbenchUrl(port, page);
    };
    return { port, dataDir, logsDir: path.join(dataDir, "logs"), url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
