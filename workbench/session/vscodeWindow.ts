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

/** A running VS Code, on any kind of screen. */
export interface VscodeWindow {
  /** Resolves when it ends, for example because a person closes it. */
  readonly closed: Promise<void>;
  /** Resolves when the visible table has painted its first rows, or a state instead of them. */
  tablePainted(): Promise<void>;
  /** Saves a screenshot of the workbench as PNG. */
  saveScreenshot(file: string): Promise<void>;
  close(): Promise<void>;
}
