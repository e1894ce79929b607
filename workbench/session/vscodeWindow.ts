import type { Settings } from "../host/userSettings.ts";
import type { Log } from "../../tools/toolCache.mjs";

/** What a VS Code is opened with. Paths are absolute. */
export interface WindowOptions {
  /** For all that this VS Code keeps; best a fresh one. */
  userDataDir: string;
  workspace: string;
  /** Folders of extensions. */
  extensions: readonly string[];
  settings: Settings;
  env: Readonly<Record<string, string>>;
  log: Log;
  signal: AbortSignal;
}

/** A VS Code that runs, on whatever screen. */
export interface VscodeWindow {
  /** Resolves when it ends by itself, as when a person closes it. */
  readonly closed: Promise<void>;
  /** Resolves when the table in view has painted its first rows, or what stands in their place. */
  tablePainted(): Promise<void>;
  /** Saves a picture of the workbench as PNG. */
  saveScreenshot(file: string): Promise<void>;
  close(): Promise<void>;
}
