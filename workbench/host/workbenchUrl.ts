import { pathToFileURL } from "node:url";

/** The options of a workbench page. Paths are absolute. */
export interface WorkbenchPage {
  folder: string;
  /** Extensions that run from their folder, without being installed. */
  extensionDevelopmentPath?: string | readonly string[];
  /** A module whose `run()` is called in the extension host. */
  extensionTestsPath?: string;
  /** Additional pairs for the workbench, in the format of its `payload`. */
  payload?: Readonly<Record<string, string>>;
}

/** How long a workbench may take to load, even on a busy machine with two cores. */
export const loadLimitMs = 90_000;

/** The URL of a workbench on a server of this machine. */
export function workbenchUrl(port: number, page: WorkbenchPage): string {
  const address = `127.0.0.1:${port}`;
  const remote = (file: string) => `vscode-remote://${address}${pathToFileURL(file).pathname}`;
  const payload = [
    ...[page.extensionDevelopmentPath ?? []].flat().map((folder) => ["extensionDevelopmentPath", remote(folder)]),
    ...(page.extensionTestsPath ? [["extensionTestsPath", remote(page.extensionTestsPath)]] : []),
    ["skipWelcome", "true"],
    ...Object.entries(page.payload ?? {}),
  ];
  const url = new URL(`http://${address}/`);
  url.searchParams.set("folder", decodeURIComponent(pathToFileURL(page.folder).pathname));
  url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}
