import path from "node:path";
import { launchBrowser } from "../host/browser.ts";
import { installFromFolder } from "../host/installedExtension.ts";
import { installIntoServer } from "../host/serverProgram.ts";
import { paintedTable } from "../host/tableFrame.ts";
import { startServer, type VscodeServer } from "../host/vscodeServer.ts";
import { loadLimitMs } from "../host/workbenchUrl.ts";
import type { VscodeWindow, WindowOptions } from "./vscodeWindow.ts";

export interface ServerWindowOptions extends WindowOptions {
  /** Additional packaged extensions to install. */
  packages?: readonly string[];
}

/** Starts VS Code's server with the extensions installed, for use in a browser. */
export async function startPreparedServer(options: ServerWindowOptions): Promise<VscodeServer> {
  const { userDataDir, settings, env, log, signal } = options;
  const extensionsDir = path.join(userDataDir, "extensions");
  for (const extension of options.extensions) await installFromFolder(extension, extensionsDir);
  for (const vsix of options.packages ?? []) await installIntoServer(vsix, { userDataDir, extensionsDir }, log);
  return startServer({ userDataDir, extensionsDir, settings, env, log, signal });
}

/** Opens VS Code's workbench in a headless browser. */
export async function openServerWindow(options: ServerWindowOptions): Promise<VscodeWindow> {
  const server = await startPreparedServer(options);
  try {
    return await openPage(server, options);
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Loads the workbench in a new browser. A browser that is not closed would keep the program running. */
async function openPage(server: VscodeServer, { log, workspace }: ServerWindowOptions): Promise<VscodeWindow> {
  const browser = await launchBrowser(log);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(loadLimitMs);
    await page.goto(server.url({ folder: workspace }));
    return {
      closed: new Promise((resolve) => browser.once("disconnected", () => resolve())),
      tablePainted: async () => {
        await paintedTable(page, ["rows", "problem"]);
      },
      saveScreenshot: async (file) => {
        await page.screenshot({ path: file });
      },
      close: async () => {
        await browser.close();
        await server.close();
      },
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
