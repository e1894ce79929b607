import path from "node:path";
import { ensureTool, type Log } from "../../tools/toolCache.mjs";
import { runNode } from "../../tools/installCommand.mjs";

/** Without it a built VS Code ignores which extensions and which tests a page asks for. */
const developmentSwitch = "enable-smoke-test-driver";

export interface ServerFolders {
  /** Everything that this VS Code keeps; settings, state and logs go into `data` below it. */
  userDataDir: string;
  extensionsDir: string;
}

/**
 * The arguments for Node that start VS Code's server on a free port of 127.0.0.1. Of the two programs in the package
 * that can do so this is code-server's own: it keeps secrets when the page is loaded again, as a desktop VS Code does.
 */
export async function serverArguments(
  folders: ServerFolders,
  development: boolean,
  log: Log,
  signal?: AbortSignal,
): Promise<string[]> {
  return [
    await serverProgram(log, signal),
    ...folderArguments(folders),
    ...["--bind-addr", "127.0.0.1:0", "--auth", "none"],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
    ...(development ? ["--vscode-option", developmentSwitch] : []),
  ];
}

/** Installs a packaged extension for the servers that use the same folders. */
export async function installIntoServer(vsix: string, folders: ServerFolders, log: Log): Promise<void> {
  const args = [await serverProgram(log), ...folderArguments(folders), "--install-extension", vsix];
  await runNode(path.dirname(vsix), args);
}

function folderArguments({ userDataDir, extensionsDir }: ServerFolders): string[] {
  return [
    ...["--config", path.join(userDataDir, "code-server.yaml")],
    ...["--user-data-dir", path.join(userDataDir, "data"), "--extensions-dir", extensionsDir],
  ];
}

async function serverProgram(log: Log, signal?: AbortSignal): Promise<string> {
  const tool = await ensureTool("vscode-server", log, signal);
  return path.join(tool, "node_modules", "code-server", "out", "node", "entry.js");
}
