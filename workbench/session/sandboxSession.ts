import { writeFile } from "node:fs/promises";
import { type CompanionSession, sessionVariable } from "../../sandbox/companion/session.ts";
import { controlVariable, serveControl } from "../../sandbox/control.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { ensureTool, type Log } from "../../tools/toolCache.mjs";

/** A running sandbox, and how a VS Code is told of it. */
export interface SandboxSession {
  sandbox: Sandbox;
  /** For the environment of the VS Code that shall have the sandbox's accounts. */
  env: Record<string, string>;
  close(): Promise<void>;
}

export interface SandboxSessionOptions {
  /** Where the session is written; holds the sandbox's invented credentials. */
  file: string;
  /** The main job to be done without a person. */
  once?: CompanionSession["once"];
  log: Log;
  signal?: AbortSignal;
}

/** Starts the sandbox and writes down what a VS Code needs to know of it. */
export async function openSandboxSession({ file, once, log, signal }: SandboxSessionOptions): Promise<SandboxSession> {
  // Loaded when it is needed: the test runner must start even where the sandbox does not.
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
