import { t } from "@vscode/l10n";
import { ambiguousAccount, invalidArgument, noAccount, noAccountOf, notATaskId } from "../../model/accountErrors.ts";
import type {
  Account,
  AddAccountRequest,
  Credentials,
  ExportTask,
  ResolvedFile,
  ServiceCall,
  TaskPage,
} from "../../model/contract.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import type { ServiceRegistry } from "../../services/serviceRegistry.ts";
import type { AccountStore } from "./accountStore.ts";

/** An account that was described but not stored yet. */
export interface AccountDraft {
  service: string;
  label: string;
  endpoint: string;
  loginEndpoint?: string;
}

/** What can be done with accounts, for commands, tree and API alike: joins the store with the services. */
export class Accounts {
  readonly store: AccountStore;
  readonly services: ServiceRegistry;

  constructor(store: AccountStore, services: ServiceRegistry) {
    this.store = store;
    this.services = services;
  }

  /** Completes a request with the service's defaults and checks its addresses. @throws ExportError `invalidRequest` */
  draft(request: Omit<AddAccountRequest, "credentials">): AccountDraft {
    const service = this.services.get(request.service);
    const label = request.label.trim();
    if (label === "") throw invalidArgument(t("an account needs a label"));
    const endpoint = request.endpoint ?? service.defaultEndpoint;
    if (endpoint === undefined) throw invalidArgument(t("{0} needs a base URL", service.label));
    const loginEndpoint = request.loginEndpoint ?? service.defaultLoginEndpoint;
    return {
      service: service.id,
      label,
      endpoint: requireSafeEndpoint(endpoint),
      ...(loginEndpoint === undefined ? {} : { loginEndpoint: requireSafeEndpoint(loginEndpoint) }),
    };
  }

  /** Stores an account, after the service was asked whether the credentials work (unless `verify` is false). */
  async add(request: AddAccountRequest, signal: AbortSignal): Promise<Account> {
    const draft = this.draft(request);
    this.#requireFittingForm(draft.service, request.credentials);
    if (request.verify !== false) await this.checkDraft(draft, request.credentials, { signal });
    return this.store.add(draft, request.credentials);
  }

  /** Asks the service about credentials that are not stored. @throws ExportError as the service answers */
  async checkDraft(draft: AccountDraft, credentials: Credentials, call: ServiceCall): Promise<void> {
    const service = this.services.get(draft.service);
    await service.verify({ account: { ...draft, id: "" }, credentials }, call);
  }

  async verify(accountId: string, call: ServiceCall): Promise<void> {
    const access = await this.store.access(accountId);
    await this.services.get(access.account.service).verify(access, call);
  }

  async replaceCredentials(accountId: string, credentials: Credentials, signal: AbortSignal): Promise<void> {
    const account = this.store.get(accountId);
    this.#requireFittingForm(account.service, credentials);
    await this.checkDraft(account, credentials, { signal });
    await this.store.replaceCredentials(accountId, credentials);
  }

  async listTasks(
    accountId: string,
    page: { cursor?: string; pageSize: number },
    call: ServiceCall,
  ): Promise<TaskPage> {
    const access = await this.store.access(accountId);
    return this.services.get(access.account.service).listTasks(access, page, call);
  }

  async resolveDownload(accountId: string, taskId: string, call: ServiceCall): Promise<ResolvedFile[]> {
    const access = await this.store.access(accountId);
    return this.services.get(access.account.service).resolveDownload(access, taskId, call);
  }

  async getTask(accountId: string, taskId: string, call: ServiceCall): Promise<ExportTask> {
    const access = await this.store.access(accountId);
    return this.services.get(access.account.service).getTask(access, taskId, call);
  }

  /** The service's name; its id while the extension that brings the service is not there. */
  serviceLabel({ service }: Account): string {
    return this.services.has(service) ? this.services.get(service).label : service;
  }

  /**
   * The accounts that could hold a task: the one named, else those of the services that the id's form fits; all
   * where no task is named.
   *
   * @throws ExportError `noAccount` when none of an owning service is there, `invalidRequest` for what is no task id
   */
  candidatesFor(accountId: string | undefined, taskId: string | undefined): Account[] {
    if (accountId !== undefined) return [this.store.get(accountId)];
    const accounts = this.store.list();
    if (taskId === undefined || accounts.length === 0) return accounts;
    const owners = this.services.findOwners(taskId).map(({ service }) => service);
    const fitting = accounts.filter(({ service }) => owners.some(({ id }) => id === service));
    if (fitting.length > 0) return fitting;
    throw owners[0] === undefined ? notATaskId(taskId) : noAccountOf(owners[0].label);
  }

  /** The one account that can be meant. @throws ExportError `noAccount` when there is none or several */
  only(accountId: string | undefined, taskId: string | undefined): Account {
    const [first, second] = this.candidatesFor(accountId, taskId);
    if (first === undefined) throw noAccount();
    if (second !== undefined) throw ambiguousAccount();
    return first;
  }

  #requireFittingForm(serviceId: string, credentials: Credentials): void {
    const { label, credentialForms } = this.services.get(serviceId);
    if (credentialForms.some(({ kind }) => kind === credentials.kind)) return;
    throw invalidArgument(t("{0} has no credentials of the kind {1}", label, credentials.kind));
  }
}
