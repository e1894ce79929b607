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
import { defined } from "../../model/defined.ts";
import { requireSafeEndpoint } from "../../model/hostRules.ts";
import type { ServiceRegistry } from "../../services/serviceRegistry.ts";
import type { AccountStore } from "./accountStore.ts";

/** Longer names make no row of a tree or a list any clearer. */
const longestLabel = 200;

/** The name of an account, on one line. @throws ExportError `invalidRequest` if it is empty or too long */
export function requireLabel(text: string): string {
  const label = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  if (label === "") throw invalidArgument(t("An account needs a name. Enter one."));
  if (label.length > longestLabel) {
    throw invalidArgument(t("The name of an account can have at most {0} characters. Shorten it.", longestLabel));
  }
  return label;
}

/** An account that is not stored yet. */
export interface AccountDraft {
  service: string;
  label: string;
  endpoint: string;
  loginEndpoint?: string;
}

/** Everything that commands, tree and API do with accounts. Connects the store with the services. */
export class Accounts {
  readonly store: AccountStore;
  readonly services: ServiceRegistry;

  constructor(store: AccountStore, services: ServiceRegistry) {
    this.store = store;
    this.services = services;
  }

  /** Adds the service's defaults to a request and checks its URLs. @throws ExportError `invalidRequest` */
  draft(request: Omit<AddAccountRequest, "credentials">): AccountDraft {
    const service = this.services.get(request.service);
    const label = requireLabel(request.label);
    const endpoint = request.endpoint ?? service.defaultEndpoint;
    if (endpoint === undefined) throw invalidArgument(t("{0} requires a base URL. Enter one.", service.label));
    const loginEndpoint = request.loginEndpoint ?? service.defaultLoginEndpoint;
    return {
      service: service.id,
      label,
      endpoint: requireSafeEndpoint(endpoint),
      ...defined({ loginEndpoint: loginEndpoint === undefined ? undefined : requireSafeEndpoint(loginEndpoint) }),
    };
  }

  /** Stores an account after checking the credentials with the service (unless `verify` is false). */
  async add(request: AddAccountRequest, signal: AbortSignal): Promise<Account> {
    const draft = this.draft(request);
    this.#requireFittingForm(draft.service, request.credentials);
    if (request.verify !== false) await this.checkDraft(draft, request.credentials, { signal });
    return this.store.add(draft, request.credentials);
  }

  /** Checks credentials that are not stored with the service. @throws ExportError if the service rejects them */
  async checkDraft(draft: AccountDraft, credentials: Credentials, call: ServiceCall): Promise<void> {
    const service = this.services.get(draft.service);
    // Before they are sent, because a failure is logged even if they are never stored.
    this.store.hide(credentials);
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

  /** The service's name, or its id if the extension that provides the service is not active. */
  serviceLabel({ service }: Account): string {
    return this.services.has(service) ? this.services.get(service).label : service;
  }

  /**
   * The accounts that could have a task: the given account, or those of the services that have ids of this form, or all
   * accounts if there is no task id. Another extension's service can claim any id, so it doesn't count if a built-in
   * service has ids of this form.
   *
   * @throws ExportError `noAccount` if the service of the id has no account, `invalidRequest` if it is not a task id
   */
  candidatesFor(accountId: string | undefined, taskId: string | undefined): Account[] {
    if (accountId !== undefined) return [this.store.get(accountId)];
    const accounts = this.store.list();
    if (taskId === undefined || accounts.length === 0) return accounts;
    const claims = this.services.findOwners(taskId);
    const builtIn = claims.filter(({ isBuiltIn }) => isBuiltIn);
    const owners = (builtIn.length > 0 ? builtIn : claims).map(({ service }) => service);
    const fitting = accounts.filter(({ service }) => owners.some(({ id }) => id === service));
    if (fitting.length > 0) return fitting;
    throw owners[0] === undefined ? notATaskId(taskId) : noAccountOf(owners[0].label);
  }

  /** The only possible account. @throws ExportError `noAccount` if there are none or several */
  only(accountId: string | undefined, taskId: string | undefined): Account {
    const [first, second] = this.candidatesFor(accountId, taskId);
    if (first === undefined) throw noAccount();
    if (second !== undefined) throw ambiguousAccount();
    return first;
  }

  #requireFittingForm(serviceId: string, credentials: Credentials): void {
    const { label, credentialForms } = this.services.get(serviceId);
    if (credentialForms.some(({ kind }) => kind === credentials.kind)) return;
    throw invalidArgument(
      t(
        "{0} doesn't support credentials of the kind {1}. Use a kind that the service offers.",
        label,
        credentials.kind,
      ),
    );
  }
}
