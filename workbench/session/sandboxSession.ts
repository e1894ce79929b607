import { writeFile } from "node:fs/promises";
import { type CompanionSession, sessionVariable } from "../../sandbox/companion/session.ts";
import { controlVariable, serveControl } from "../../sandbox/control.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { ensureTool, type Log } from "../../tools/toolCache.mjs";

/** A running sandbox, and how VS Code finds it. */
export interface SandboxSession {
  sandbox: Sandbox;
  /** Environment variables for a VS Code with the sandbox's accounts. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export interface SandboxSessionOptions {
  /** The folder for the session file, which contains the sandbox's fake credentials. */
  file: string;
  /** The main job, if it should run without a person. */
  once?: CompanionSession["once"];
  log: Log;
  signal?: AbortSignal;
}

/** Starts the sandbox and writes the session file for VS Code. */
export async function openSandboxSession({ file, once, log, signal }: SandboxSessionOptions): Promise<SandboxSession> {
  // Loaded when needed, because the test runner must start even if the sandbox can't.
  const { startSandbox } = await import("../../sandbox/sandbox.ts");
  await ensureTool("azurite", log, signal);
  log("Starting the sandbox");
  const sandbox = await startSandbox({ ...(signal && { signal }) });
  try {
    const session: CompanionSession = { accounts: sandbox.companionSession().accounts, ...(once && { once }) };
    await writeFile(file, JSON.stringify(session), { mode: 0o600 });
    const control = await serveControl(sandbox);
    const close = async (): Promise<void> => {
      await control.close();
      await sandbox.close();
    };
    return { sandbox, env: { [sessionVariable]: file, [controlVariable]: control.url }, close };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
