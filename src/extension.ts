import * as l10n from "@vscode/l10n";
import path from "node:path";
import * as vscode from "vscode";
import { createApi } from "./api.ts";
import { createDigester } from "./download/digest/digester.ts";
import { createDownloadQueues } from "./download/fileQueue.ts";
import { systemClock } from "./http/clock.ts";
import { serviceCeiling, storeCeiling, withHostCeiling } from "./http/hostCeiling.ts";
import type { HttpClient } from "./http/httpClient.ts";
import { createLazyClient } from "./http/lazyClient.ts";
import type { TaskExportsApi } from "./model/contract.ts";
import { createRedactor, type Redactor } from "./model/redact.ts";
import { ServiceRegistry } from "./services/serviceRegistry.ts";
import { createSpaazaService } from "./services/spaaza/spaazaService.ts";
import { createTextRevealService } from "./services/textReveal/textRevealService.ts";
import { ColumnFiles } from "./query/host/columnFiles.ts";
import type { EngineLimits, EnginePrograms } from "./query/host/engineHost.ts";
import type { TablePrograms } from "./table/worker/hostedThread.ts";
import { Accounts } from "./vscode/accounts/accounts.ts";
import { AccountStore } from "./vscode/accounts/accountStore.ts";
import { registerBuilds } from "./vscode/builds/registerBuilds.ts";
import type { BuildParts } from "./vscode/builds/resolveBuild.ts";
import type { CommandParts } from "./vscode/commands/commandParts.ts";
import { DownloadEvents } from "./vscode/downloads/downloadEvents.ts";
import { DownloadHistory } from "./vscode/downloads/downloadHistory.ts";
import { UnfinishedFiles } from "./vscode/downloads/unfinishedFiles.ts";
import { createDownloads } from "./vscode/downloads/createDownloads.ts";
import { GitIgnoreHint } from "./vscode/downloads/gitIgnoreHint.ts";
import { resumeInterrupted } from "./vscode/downloads/resumeInterrupted.ts";
import type { LinkParts } from "./vscode/links/createLinkHandler.ts";
import { registerLinks } from "./vscode/links/registerLinks.ts";
import { Log } from "./vscode/log.ts";
import { networkReader } from "./vscode/network.ts";
import { ExportOpener } from "./vscode/opening/exportOpener.ts";
import { ExistingFilesPrompt } from "./vscode/prompts/askExisting.ts";
import type { CommandDefinitions } from "./vscode/commandRegistry.ts";
import type { CommandId } from "./vscode/ids.ts";
import { PartsFileSystem } from "./vscode/parts/partsFileSystem.ts";
import { onFirstUse } from "./model/onFirstUse.ts";
import { registerCommands } from "./vscode/registerCommands.ts";
import { readSetting } from "./vscode/settings.ts";
import { StoredState } from "./vscode/storedState.ts";
import { LazyQueries } from "./vscode/query/lazyQueries.ts";
import { LazyTables } from "./vscode/tables/lazyTables.ts";
import { DiskStates } from "./vscode/downloads/diskStates.ts";
import { OwnFiles } from "./vscode/downloads/ownFiles.ts";
import { OwnFolders } from "./vscode/downloads/ownFolders.ts";
import type { TaskOrigins } from "./vscode/downloads/taskOrigins.ts";
import { startRetention } from "./vscode/downloads/startRetention.ts";
import { createDownloadsView } from "./vscode/tree/downloads/createDownloadsView.ts";
import { createOrigins } from "./vscode/tasks/createOrigins.ts";
import { KeptArrangement } from "./vscode/tasks/keptArrangement.ts";
import { TaskCreation } from "./vscode/tasks/taskCreation.ts";
import { TaskFiles } from "./vscode/tasks/taskFiles.ts";
import { TaskLists } from "./vscode/tasks/taskLists.ts";
import type { ToolParts } from "./vscode/tools/createTools.ts";
import { registerTools } from "./vscode/tools/registerTools.ts";
import { TasksProvider } from "./vscode/tree/tasksProvider.ts";
import { TasksView } from "./vscode/tree/tasksView.ts";
import { WindowWatching } from "./vscode/watching/createWatching.ts";

/** Creates the parts, connects and registers them. Later parts are disposed first. */
export function activate(context: vscode.ExtensionContext): TaskExportsApi {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const own = <Part extends vscode.Disposable>(part: Part): Part => {
    context.subscriptions.unshift(part);
    return part;
  };

  const redactor = createRedactor();
  const log = own(new Log(redactor));
  const { client, http, serviceHttp } = createNetwork(redactor);
  const digester = createDigester(new URL("./digestWorker.js", import.meta.url));
  own({ dispose: () => void Promise.allSettled([client.close(), digester.dispose()]) });

  const services = new ServiceRegistry();
  const builtIn = createBuiltInServices(serviceHttp);
  for (const service of Object.values(builtIn)) own(services.register(service, "builtIn"));

  const stored = new StoredState(context.globalState);
  const store = own(new AccountStore(stored, context.secrets, redactor));
  const accounts = new Accounts(store, services);
  const ownStorage = context.globalStorageUri.fsPath;
  const queues = createDownloadQueues(() => readSetting("maxParallelDownloads"));
  const tasks = own(new TaskLists(accounts));
  const kept = keptOfDownloads(stored, ownStorage, createOrigins(accounts, tasks, redactor));
  const { history, unfinished } = kept;
  const downloads = own(createDownloads({ ...kept, accounts, http, digester, queues, log, ownStorage }));
  const ownFiles = new OwnFiles(history, digester);
  const opener = new ExportOpener(log);
  const gitIgnoreHint = new GitIgnoreHint(stored, ownStorage, log);

  own(new PartsFileSystem(history).register());
  const gridFolder = vscode.Uri.joinPath(context.extensionUri, "dist", "table");
  const resultsFolder = path.join(ownStorage, "query", "results");
  const programs = { programs: tablePrograms(), enginePrograms: enginePrograms(), engineLimits };
  const tables = own(
    new LazyTables({ ...programs, stored, ownStorage, resultsFolder, unfinished, history, log, gridFolder }),
  );
  const queries = own(new LazyQueries({ ...kept, tables, stored, resultsFolder, log }));

  const arrangement = new KeptArrangement(stored);
  const watchParts = { ...kept, accounts, tasks, downloads, ownFiles, gitIgnoreHint, opener, log, redactor };
  const { watching, notices } = own(new WindowWatching({ ...watchParts, ownStorage }));
  const creation = new TaskCreation({ accounts, tasks, ...builtIn });
  const shared = { ...kept, accounts, tasks, arrangement, downloads, creation, watchList: watching.list };
  const disk = own(new DiskStates({ history, ownFiles }));
  const provider = own(new TasksProvider({ ...shared, disk, files: new TaskFiles(accounts) }));
  const view = own(new TasksView({ ...shared, provider }));
  const downloadsUi = createDownloadsView({ ...kept, own, accounts, ownFiles, stored });
  const existingFiles = new ExistingFilesPrompt();
  const more = { existingFiles, gitIgnoreHint, opener, ownFiles, tables, queries, view, watching, notices, log };
  const parts = { ...shared, ...downloadsUi, ...more };
  const commands = commandLoader({ ...parts, extensionId: context.extension.id });
  own(registerCommands(commandIds(context.extension), onFirstUse(commands), log));
  own(offerElsewhere({ ...parts, redactor, ownStorage }));

  own(startRetention({ ...kept, ownFiles, downloads, tables, stored, log }));
  void resumeInterrupted({ downloads, history, log });
  log.info("Task Exports is ready");
  const events = new DownloadEvents(downloads, log);
  return createApi({ ...shared, events, opener, ownFiles, tables, watching, log });
}

/** The manifest names every command. A test compares it with the definitions. */
function commandIds({ packageJSON }: vscode.Extension<unknown>): CommandId[] {
  const { contributes } = packageJSON as { contributes: { commands: { command: CommandId }[] } };
  return contributes.commands.map(({ command }) => command);
}

/** What the commands do is loaded with the first one that runs. */
function commandLoader(parts: CommandParts): () => Promise<CommandDefinitions> {
  return async () => (await import("./vscode/commands/index.ts")).commandDefinitions(parts);
}

/** One client, with a limit for the hosts of services and another for those of stores. */
function createNetwork(redactor: Redactor) {
  const client = createLazyClient(networkReader(redactor));
  const http = withHostCeiling(client, { ...storeCeiling, clock: systemClock, random: Math.random });
  const serviceHttp = withHostCeiling(client, { ...serviceCeiling, clock: systemClock, random: Math.random });
  return { client, http, serviceHttp };
}

function createBuiltInServices(http: HttpClient) {
  const options = { retryBudgetMs: () => readSetting("network.retryBudgetSeconds") * 1000 };
  return { spaaza: createSpaazaService(http, options), textReveal: createTextRevealService(http, options) };
}

/** What is remembered of downloads, and what is kept of their files. */
function keptOfDownloads(stored: vscode.Memento, ownStorage: string, origins: TaskOrigins) {
  return {
    origins,
    history: new DownloadHistory(stored),
    unfinished: new UnfinishedFiles(),
    ownFolders: new OwnFolders(stored),
    columnFiles: new ColumnFiles(path.join(ownStorage, "query", "cache")),
  };
}

/** What can be used outside of our own view and commands. */
function offerElsewhere(parts: LinkParts & BuildParts & ToolParts): vscode.Disposable {
  return vscode.Disposable.from(registerLinks(parts), registerBuilds(parts), registerTools(parts));
}

function engineLimits(): EngineLimits {
  return {
    memoryLimitMiB: readSetting("query.memoryLimitMiB"),
    cacheLimitMiB: readSetting("query.cacheLimitMiB"),
  };
}

/** Where the build writes the program of the engine's process, and its native library. */
function enginePrograms(): EnginePrograms {
  return {
    engine: new URL("./queryEngine.js", import.meta.url),
    library: new URL("./engine/duckdb.node", import.meta.url),
    extractWorker: new URL("./extractWorker.js", import.meta.url),
    scanner: new URL("./scan.wasm", import.meta.url),
    fields: new URL("./fields.wasm", import.meta.url),
    sentences: vscode.l10n.bundle,
  };
}

/** Where the build writes the programs of the table's threads. */
function tablePrograms(): TablePrograms {
  return {
    tableWorker: new URL("./tableWorker.js", import.meta.url),
    findWorker: new URL("./findWorker.js", import.meta.url),
    unpackWorker: new URL("./unpackWorker.js", import.meta.url),
    scanner: new URL("./scan.wasm", import.meta.url),
    encodingGuess: new URL("./guessEncoding.js", import.meta.url),
    sentences: vscode.l10n.bundle,
  };
}
