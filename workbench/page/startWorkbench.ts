import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { root } from "../../project/checkout.ts";
import { type CompanionSession, sessionVariable } from "../../sandbox/companion/session.ts";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { launchBrowser } from "../host/browser.ts";
import { installFromFolder } from "../host/installedExtension.ts";
import { startServer } from "../host/vscodeServer.ts";
import { loadLimitMs } from "../host/workbenchUrl.ts";
import { buildCompanion, buildExtension } from "../session/companion.ts";
import type { AddAccountRequest } from "../../src/model/contract.ts";
import { type DisplayLanguage, installLanguage, pinLanguage, type Words } from "./displayLanguage.ts";
import { SlowLine } from "./slowLine.ts";

const waitLimitMs = 30_000;

const script = `import csv

# Prints what an export holds, row by row.
with open("export.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        print(row["entry_id"], row["amount"])
`;

const quietSettings = {
  // A screenshot during a fade-in shows nothing clearly.
  "workbench.reduceMotion": "on",
  // VS Code may show a new extension's walkthrough at any time, on top of other editors.
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** The server would compress the workbench's script of 19 MB for each page, which takes longer than to send it. */
const uncompressed = { "accept-encoding": "identity" };

export interface WorkbenchOptions {
  /** Additional user settings. */
  settings?: Readonly<Record<string, unknown>>;
  /** The accounts at the start. Default: none. */
  accounts?: (sandbox: Sandbox, line: SlowLine) => AddAccountRequest[];
  viewport?: { width: number; height: number };
  /** Folders of other extensions to build and install. */
  extensions?: readonly string[];
  /** Whether Task Exports itself is left out, to compare with. */
  withoutOwn?: boolean;
  /** Default: English. */
  language?: DisplayLanguage;
}

/** Both accounts of the sandbox. Their calls go through the slow line. */
export function bothAccounts(sandbox: Sandbox, line: SlowLine): AddAccountRequest[] {
  return sandbox.companionSession().accounts.map((account) => ({
    ...account,
    endpoint: line.endpoint(account.service === "spaaza" ? "spaaza" : "textReveal"),
  }));
}

/** A running workbench. */
export interface WorkbenchParts {
  readonly page: Page;
  readonly sandbox: Sandbox;
  readonly line: SlowLine;
  /** The open folder. */
  readonly workspace: string;
  /** The folder with everything that this VS Code writes. */
  readonly userDataDir: string;
  /** Translates the extension's texts into the language of the workbench. */
  readonly words: Words;
}

/** What has to be closed, the newest first. */
export type Closers = (() => Promise<unknown>)[];

/** Starts everything that a workbench needs. If it fails, `closers` contains what was started. */
export async function startWorkbench(options: WorkbenchOptions, closers: Closers): Promise<WorkbenchParts> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-ui-"));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  // Browser, sandbox and server start side by side: each of them waits more than it works.
  const launching = closedLater(launchBrowser(), closers);
  const starting = closedLater(startSandbox(), closers);

  const userDataDir = path.join(folder, "vscode");
  const extensionsDir = path.join(userDataDir, "extensions");
  const sessionFile = path.join(folder, "session.json");
  const { accounts } = options;
  const { withoutOwn = false, language } = options;
  const words = withoutOwn ? inEnglish : await installOwn(extensionsDir, language);
  if (accounts) await installFromFolder(await buildCompanion(path.join(folder, "companion")), extensionsDir);
  for (const source of options.extensions ?? []) {
    await installFromFolder(await buildExtension(source, path.join(folder, path.basename(source))), extensionsDir);
  }
  const workspace = path.join(folder, "analysis");
  await mkdir(workspace);
  await writeFile(path.join(workspace, "report.py"), script);

  const env: Record<string, string> = accounts ? { [sessionVariable]: sessionFile } : {};
  const settings = { ...quietSettings, ...options.settings };
  const server = await startServer({ userDataDir, extensionsDir, env, settings });
  closers.push(() => server.close());
  const sandbox = await starting;
  const line = new SlowLine(sandbox);
  await line.open();
  closers.push(() => line.close());
  if (accounts) {
    const session: CompanionSession = { accounts: accounts(sandbox, line) };
    await writeFile(sessionFile, JSON.stringify(session), { mode: 0o600 });
  }
  const browser = await launching;
  const viewport = options.viewport ?? { width: 1280, height: 800 };
  const context = await browser.newContext({ viewport, extraHTTPHeaders: uncompressed });
  if (language !== undefined) await pinLanguage(context, language.id);
  const page = await openPage(
    context,
    server.url({ folder: workspace }),
    withoutOwn ? "Explorer" : words("Task Exports"),
  );
  return { page, sandbox, line, workspace, userDataDir, words };
}

const inEnglish: Words = (text) => text;

async function installOwn(extensionsDir: string, language: DisplayLanguage | undefined): Promise<Words> {
  const installed = await installFromFolder(root, extensionsDir);
  return language === undefined ? inEnglish : installLanguage(installed, language);
}

/** Has something closed that is being started, if it starts. */
function closedLater<Part extends { close(): Promise<unknown> }>(
  starting: Promise<Part>,
  closers: Closers,
): Promise<Part> {
  const started = starting.catch(() => undefined);
  closers.push(async () => (await started)?.close());
  return starting;
}

async function openPage(context: BrowserContext, url: string, view: string): Promise<Page> {
  context.setDefaultTimeout(waitLimitMs);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  await page.goto(url, { timeout: loadLimitMs });
  await waitForWorkbench(page, view);
  return page;
}

/** Performance marks of VS Code: editors are restored, and extensions are registered. */
const startMarks = ["code/didStartWorkbench", "code/didLoadExtensions"];

/**
 * Before that, a key press gets lost, or the palette lacks the extension's commands.
 *
 * @param view the name of a view in the activity bar
 */
export async function waitForWorkbench(page: Page, view = "Task Exports"): Promise<void> {
  const options = { timeout: loadLimitMs };
  const tab = page.locator(".activitybar").getByRole("tab", { name: new RegExp(`^${view}`) });
  await tab.waitFor(options);
  await page.waitForFunction(
    (marks) => marks.every((mark) => performance.getEntriesByName(mark).length > 0),
    startMarks,
    options,
  );
}

export async function closeAll(closers: Closers): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
}
