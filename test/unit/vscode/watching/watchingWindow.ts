import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { DownloadResult, ExportTask, ServiceCall, TaskPage } from "../../../../src/model/contract.ts";
import { Emitter } from "../../../../src/vscode/emitter.ts";
import { Watcher } from "../../../../src/vscode/watching/watcher.ts";
import { WatchList } from "../../../../src/vscode/watching/watchList.ts";
import type { Watched } from "../../../../src/vscode/watching/watched.ts";
import type { WatchOutcome } from "../../../../src/vscode/watching/watchOutcome.ts";
import { VirtualClock } from "./virtualClock.ts";

export async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-watching-"));
  context.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return join(folder, "watching");
}

/** A service whose tasks a test sets, and that counts what it is asked. */
export class FakeService {
  readonly tasks = new Map<string, ExportTask>();
  /** Tasks that are too old for the first page of the list. */
  readonly old = new Set<string>();
  readonly requests: { readonly accountId: string; readonly at: number; readonly what: string }[] = [];
  /** Thrown by each call, if set. */
  failure: Error | undefined;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  set(task: Partial<ExportTask> & { id: string }): void {
    const known = this.tasks.get(task.id);
    const fresh = { accountId: "a", description: `Task ${task.id}`, state: "running", serviceState: "" } as const;
    this.tasks.set(task.id, { ...fresh, ...known, ...task });
  }

  async listTasks(accountId: string, _page: unknown, call: ServiceCall): Promise<TaskPage> {
    await this.#asked(accountId, "list", call);
    const tasks = [...this.tasks.values()].filter((task) => task.accountId === accountId && !this.old.has(task.id));
    return { tasks: tasks.map(withoutLog) };
  }

  async getTask(accountId: string, taskId: string, call: ServiceCall): Promise<ExportTask> {
    await this.#asked(accountId, taskId, call);
    const task = this.tasks.get(taskId);
    if (task === undefined) throw new Error("no such task");
    return task;
  }

  async #asked(accountId: string, what: string, { signal }: ServiceCall): Promise<void> {
    await Promise.resolve();
    signal.throwIfAborted();
    this.requests.push({ accountId, at: this.#now(), what });
    if (this.failure !== undefined) throw this.failure;
  }
}

function withoutLog(task: ExportTask): ExportTask {
  const listed = { ...task };
  delete listed.log;
  return listed;
}

export interface WindowParts {
  readonly folder: string;
  readonly clock: VirtualClock;
  readonly service: FakeService;
  readonly accounts?: readonly string[];
}

/** The watching of one VS Code window. */
export class WatchingWindow {
  readonly list: WatchList;
  readonly watcher: Watcher;
  readonly downloaded: string[] = [];
  readonly told: WatchOutcome[] = [];
  readonly changed = new Emitter<string>();
  readonly accounts: Set<string>;
  /** Tasks that a person has downloaded. */
  readonly byPerson = new Set<string>();
  /** What a download does. */
  download: (taskId: string) => Promise<void> = () => Promise.resolve();

  constructor({ folder, clock, service, accounts = ["a", "b"] }: WindowParts) {
    this.accounts = new Set(accounts);
    const log = { debug: () => undefined, warn: () => undefined };
    this.list = new WatchList({ folder, log });
    this.watcher = new Watcher({
      list: this.list,
      clock,
      service,
      log,
      accounts: { has: (id) => this.accounts.has(id), onDidChange: this.changed.event },
      download: async (watched, taskId): Promise<DownloadResult> => {
        this.downloaded.push(taskId);
        await this.download(taskId);
        return { accountId: watched.accountId, taskId, files: [] };
      },
      isDownloaded: ({ taskId }) => this.byPerson.has(taskId),
      tell: (outcome) => void this.told.push(outcome),
    });
  }

  close(): void {
    this.watcher.dispose();
    this.list.dispose();
  }
}

/** A clock, a service, and the windows that share a folder. */
export async function world(context: TestContext) {
  const clock = new VirtualClock();
  const service = new FakeService(() => clock.now());
  const folder = await temporaryFolder(context);
  const open = (accounts?: readonly string[]): WatchingWindow => {
    const window = new WatchingWindow({ folder, clock, service, ...(accounts && { accounts }) });
    context.after(() => window.close());
    return window;
  };
  return { clock, service, folder, open };
}

export function watchedTask(taskId: string, clock: VirtualClock, accountId = "a"): Watched {
  const since = new Date(clock.now()).toISOString();
  return { accountId, taskId, label: `Task ${taskId}`, since, options: {}, state: "waiting" };
}

export async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 1));
}
