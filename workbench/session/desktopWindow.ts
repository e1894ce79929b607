import type { ChildProcess } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { chromium, type Page } from "playwright-core";
import type { DesktopVscode } from "../host/desktop.ts";
import { endProcessTree, startProcessTree } from "../../project/processTree.ts";
import { paintedTable } from "../host/tableFrame.ts";
import { writeUserSettings } from "../host/userSettings.ts";
import type { VscodeWindow, WindowOptions } from "./vscodeWindow.ts";

/** Opens a desktop VS Code that shares neither settings, extensions nor state with the user's own. */
export async function openDesktopWindow(desktop: DesktopVscode, options: WindowOptions): Promise<VscodeWindow> {
  const { userDataDir, signal } = options;
  await writeUserSettings(userDataDir, false, options.settings);
  signal.throwIfAborted();
  const program = startProcessTree(desktop.command, [...desktop.leadingArgs, ...windowArguments(options)], {
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const debuggerAddress = announcedDebugger(program);
  const close = async () => {
    signal.removeEventListener("abort", closeOnAbort);
    await endProcessTree(program);
  };
  const closeOnAbort = () => void close();
  signal.addEventListener("abort", closeOnAbort);
  return {
    closed: new Promise((resolve, reject) => {
      program.once("error", reject);
      program.once("exit", () => resolve());
    }),
    tablePainted: async () => {
      await inWorkbench(await debuggerAddress, (workbench) => paintedTable(workbench, ["rows", "problem"]));
    },
    saveScreenshot: async (file) => {
      await inWorkbench(await debuggerAddress, (workbench) => workbench.screenshot({ path: file }));
    },
    close,
  };
}

function windowArguments({ userDataDir, workspace, extensions }: WindowOptions): string[] {
  return [
    workspace,
    ...extensions.map((folder) => `--extensionDevelopmentPath=${folder}`),
    ...["--user-data-dir", userDataDir, "--extensions-dir", path.join(userDataDir, "extensions")],
    ...["--skip-welcome", "--skip-release-notes", "--disable-updates", "--disable-telemetry"],
    ...["--disable-workspace-trust", "--remote-debugging-port=0"],
    // Without a keychain, VS Code would ask for one when the first secret is stored.
    ...(process.platform === "linux" ? ["--password-store=basic"] : []),
    // Chromium refuses to run as root with its sandbox on.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

/** The URL that Chromium prints when it is ready for a debugger. */
function announcedDebugger(program: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let output = "";
    program.stderr?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      const address = /DevTools listening on (ws:\S+)/u.exec(output)?.[1];
      if (address) resolve(address);
    });
    program.once("exit", () => resolve(undefined));
  });
}

async function inWorkbench(
  debuggerAddress: string | undefined,
  action: (workbench: Page) => Promise<unknown>,
): Promise<void> {
  if (debuggerAddress === undefined) throw new Error("VS Code ended before its window could be looked at.");
  const application = await chromium.connectOverCDP(debuggerAddress);
  try {
    const pages = application.contexts().flatMap((context) => context.pages());
    const workbench = pages.find((page) => page.url().includes("workbench"));
    if (!workbench) throw new Error("VS Code shows no window that could be looked at.");
    await action(workbench);
  } finally {
    await application.close();
  }
}
