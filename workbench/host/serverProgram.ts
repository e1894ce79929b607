import path from "node:path";
import process from "node:process";
import { ensureTool, type Log, serverTool } from "../../tools/toolCache.mjs";
import { runNode } from "../../tools/installCommand.mjs";

/** Without it, VS Code ignores the extensions and tests that a page specifies. */
const developmentSwitch = "enable-smoke-test-driver";

export interface ServerFolders {
  /** The folder for everything that this VS Code stores. Settings, state and logs are in its `data` folder. */
  userDataDir: string;
  extensionsDir: string;
}

/**
 * The arguments for Node to start VS Code's server on a free port of 127.0.0.1. The package contains two programs for
 * that. This is code-server's own, which keeps secrets across page reloads, like a desktop VS Code.
 */
export async function serverArguments(
  folders: ServerFolders,
  development: boolean,
  log: Log,
  signal?: AbortSignal,
): Promise<string[]> {
  if (serverTool() === "oldest-vscode-server") return oldestArguments(folders, development, log, signal);
  return [
    await serverProgram(log, signal),
    ...folderArguments(folders),
    ...["--bind-addr", "127.0.0.1:0", "--auth", "none"],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
    ...(development ? ["--vscode-option", developmentSwitch] : []),
  ];
}

/**
 * The older package can't pass VS Code the switch for tests, so its other program is started: VS Code's own, which keeps
 * secrets only in memory.
 */
async function oldestArguments(
  { userDataDir, extensionsDir }: ServerFolders,
  development: boolean,
  log: Log,
  signal?: AbortSignal,
): Promise<string[]> {
  const tool = await ensureTool("oldest-vscode-server", log, signal);
  return [
    path.join(tool, "node_modules", "code-server", "lib", "vscode", "out", "server-main.js"),
    ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
    ...["--server-data-dir", userDataDir, "--extensions-dir", extensionsDir],
    ...(development ? [`--${developmentSwitch}`] : []),
  ];
}

/** The Node that runs the server. The oldest one's extension host ends on a newer Node than its own. */
export async function serverNode(log: Log, signal?: AbortSignal): Promise<string> {
  if (serverTool() !== "oldest-vscode-server") return process.execPath;
  return path.join(await ensureTool("oldest-vscode-server", log, signal), "node_modules", "node", "bin", "node");
}

/** Installs a packaged extension for servers that use the same folders. */
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
  const tool = await ensureTool(serverTool(), log, signal);
  return path.join(tool, "node_modules", "code-server", "out", "node", "entry.js");
}
