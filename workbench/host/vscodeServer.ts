import path from "node:path";
import process from "node:process";
import type { Log } from "../../tools/toolCache.mjs";
import { announcedPort } from "./announcedPort.ts";
import { endProcessTree, startProcessTree } from "../../project/processTree.ts";
import { serverArguments } from "./serverProgram.ts";
import { type Settings, writeUserSettings } from "./userSettings.ts";
import { type WorkbenchPage, workbenchUrl } from "./workbenchUrl.ts";

export interface ServerOptions {
  /** Folder for everything that this VS Code keeps: settings, state, logs. Made when missing. */
  userDataDir: string;
  /** Where extensions are installed; default inside `userDataDir`. */
  extensionsDir?: string;
  /** User settings besides those that keep the workbench quiet. */
  settings?: Settings;
  /** Environment variables for the server, and so for its extension host. */
  env?: Readonly<Record<string, string>>;
  /** Switches workspace trust on, so that folders open in Restricted Mode. Default: off, every folder is trusted. */
  trust?: boolean;
  /**
   * Lets pages run extensions and tests from their folders (`extensionDevelopmentPath`, `extensionTestsPath`). VS Code
   * then shows no notification toasts; where those matter, install the extension instead. Default: off.
   */
  development?: boolean;
  log?: Log;
  /** Ends the server. */
  signal?: AbortSignal;
}

export interface VscodeServer {
  readonly port: number;
  /** Holds `User` (settings, globalStorage) and `Machine`. */
  readonly dataDir: string;
  readonly logsDir: string;
  url(page: WorkbenchPage): string;
  close(): Promise<void>;
}

/** Keeps VS Code from asking its gallery about extensions: nothing here leaves this machine. */
const noGallery = JSON.stringify({ serviceUrl: "" });

/** Starts VS Code's server on a free port of 127.0.0.1 and answers when it accepts connections. */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const { userDataDir, signal, log = () => undefined } = options;
  const extensionsDir = options.extensionsDir ?? path.join(userDataDir, "extensions");
  const dataDir = path.join(userDataDir, "data");
  await writeUserSettings(dataDir, options.trust ?? false, options.settings);
  const development = options.development ?? false;
  const args = await serverArguments({ userDataDir, extensionsDir }, development, log, signal);
  signal?.throwIfAborted();

  const server = startProcessTree(process.execPath, args, {
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
