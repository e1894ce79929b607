import { t } from "@vscode/l10n";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { Account, CreateExportRequest, ExportService, ServiceCall } from "../../model/contract.ts";
import { type CreateDraft, isChainId, type RequestPreview, toCreateRequest } from "../../model/createRequest.ts";
import { defined } from "../../model/defined.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { isSpaaza } from "../../services/spaaza/createTask.ts";
import type { SpaazaService } from "../../services/spaaza/spaazaService.ts";
import type { TextRevealService } from "../../services/textReveal/textRevealService.ts";
import { findUniverseId, type UniversePage } from "../../services/textReveal/universes.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { TaskLists } from "./taskLists.ts";

interface TaskCreationParts {
  readonly accounts: Accounts;
  readonly tasks: Pick<TaskLists, "known" | "find">;
  readonly spaaza: SpaazaService;
  readonly textReveal: TextRevealService;
}

/** Creates tasks and runs them, for commands and for the API. Asks nothing. */
export class TaskCreation {
  readonly #parts: TaskCreationParts;

  constructor(parts: TaskCreationParts) {
    this.#parts = parts;
  }

  /** Whether tasks can be created for an account. */
  canCreate(account: Pick<Account, "service">): boolean {
    return this.#serviceOf(account)?.createTask !== undefined;
  }

  /** Whether the tasks of an account can be run again. */
  canRun(account: Pick<Account, "service">): boolean {
    return this.#serviceOf(account)?.runTask !== undefined;
  }

  /** @throws ExportError `noAccount`, `invalidRequest`; what the service refuses */
  async create(draft: CreateDraft & { accountId: string }, call: ServiceCall): Promise<TaskKey> {
    const { store } = this.#parts.accounts;
    const account = store.get(draft.accountId);
    const service = this.#serviceOf(account);
    if (service?.createTask === undefined) throw cannotCreate(this.#parts.accounts.serviceLabel(account));
    const request = await this.#withChain(toCreateRequest(draft, account), call);
    const access = await store.access(account.id);
    const { taskId } = await service.createTask(access, request, call);
    return { accountId: account.id, taskId };
  }

  /** @throws ExportError `noAccount`, `invalidRequest`; what the service refuses */
  async run({ accountId, taskId }: TaskKey, call: ServiceCall): Promise<void> {
    const { store } = this.#parts.accounts;
    const account = store.get(accountId);
    const service = this.#serviceOf(account);
    if (service?.runTask === undefined) throw cannotRun(this.#parts.accounts.serviceLabel(account));
    await service.runTask(await store.access(accountId), taskId, call);
  }

  /** The request as it would be sent. Undefined if only another extension knows it. */
  preview(account: Account, draft: CreateDraft): RequestPreview | undefined {
    const { spaaza, textReveal } = this.#parts;
    const service = [spaaza, textReveal].find(({ id }) => id === account.service);
    return service?.previewTask(account, toCreateRequest(draft, account));
  }

  /** What a task says of its export, to create a similar one. */
  async draftOf({ accountId, taskId }: TaskKey, call: ServiceCall): Promise<CreateDraft> {
    const { accounts, tasks, spaaza } = this.#parts;
    const access = await accounts.store.access(accountId);
    if (access.account.service === "spaaza") return spaaza.draftOf(access, taskId, call);
    if (access.account.service !== "textreveal") return {};
    // The service doesn't say which universe a task has exported, but its description may.
    const described = tasks.find(accountId, taskId)?.description.split(/\s+/).map(findUniverseId);
    return defined({ universeId: described?.find((id) => id !== undefined) });
  }

  /** The chain of an account: from its credentials, or from its tasks. Undefined if neither says it. */
  async chainOf(accountId: string, call: ServiceCall): Promise<string | undefined> {
    const { accounts, tasks } = this.#parts;
    const { credentials } = await accounts.store.access(accountId);
    if (credentials.kind === "admin" && isChainId(credentials.chainId)) return credentials.chainId;
    const known = tasks.known(accountId).tasks;
    const listed = known.length > 0 ? known : (await accounts.listTasks(accountId, { pageSize: 1 }, call)).tasks;
    return listed.find(({ chain }) => chain !== undefined && isChainId(chain))?.chain;
  }

  /** A page of the universes of a TextReveal account. */
  async universes(accountId: string, cursor: string | undefined, call: ServiceCall): Promise<UniversePage> {
    const access = await this.#parts.accounts.store.access(accountId);
    return this.#parts.textReveal.universes.list(access, { pageSize: universesPerPage, ...defined({ cursor }) }, call);
  }

  /** How many entities a universe has; undefined if the service doesn't say it. */
  async entityCount(accountId: string, universeId: string, call: ServiceCall): Promise<number | undefined> {
    const access = await this.#parts.accounts.store.access(accountId);
    return this.#parts.textReveal.universes.entityCount(access, universeId, call);
  }

  async #withChain(request: CreateExportRequest, call: ServiceCall): Promise<CreateExportRequest> {
    if (!isSpaaza(request) || request.chainId !== undefined) return request;
    const chainId = await this.chainOf(request.accountId, call);
    return chainId === undefined ? request : { ...request, chainId };
  }

  /** Undefined if the extension that provides the service is not active. */
  #serviceOf({ service }: Pick<Account, "service">): ExportService | undefined {
    const { services } = this.#parts.accounts;
    return services.has(service) ? services.get(service) : undefined;
  }
}

const universesPerPage = 50;

function cannotCreate(service: string) {
  return invalidArgument(t("{0} can't create export tasks here. Select another account.", service));
}

function cannotRun(service: string) {
  return invalidArgument(t("{0} can't run a task again. Create an export task instead.", service));
}
