import { randomUUID } from "node:crypto";
import * as v from "valibot";
import * as vscode from "vscode";
import { noCredentials, secretStorageFailed, secretStorageRefused, unknownAccount } from "../../model/accountErrors.ts";
import type { Account, AccountAccess, Credentials } from "../../model/contract.ts";
import { secretValues, storedCredentialsSchema } from "../../model/credentials.ts";
import type { Redactor } from "../../model/redact.ts";
import { Owner } from "../disposables.ts";

const accountSchema = v.object({
  id: v.string(),
  service: v.string(),
  label: v.string(),
  endpoint: v.string(),
  loginEndpoint: v.exactOptional(v.string()),
});

/** One key per account in both stores, so that two windows that change different accounts don't overwrite each other. */
const stateKey = (accountId: string): string => `account:${accountId}`;
const secretKey = (accountId: string): string => `taskExports.account.${accountId}`;

/** The accounts: public data in global state, secrets in the secret storage and nowhere else. */
export class AccountStore extends Owner {
  readonly #state: vscode.Memento;
  readonly #secrets: vscode.SecretStorage;
  readonly #redactor: Redactor;
  readonly #changed = this.own(new vscode.EventEmitter<string>());
  /** Fires with the ID of the account that was added, removed or got other credentials, here or in another window. */
  readonly onDidChange = this.#changed.event;
  readonly #renamed = this.own(new vscode.EventEmitter<string>());
  /** Fires with the ID of the account that got another label. Its tasks and downloads are not affected. */
  readonly onDidRename = this.#renamed.event;

  constructor(state: vscode.Memento, secrets: vscode.SecretStorage, redactor: Redactor) {
    super();
    this.#state = state;
    this.#secrets = secrets;
    this.#redactor = redactor;
    this.own(
      secrets.onDidChange(({ key }) => {
        const account = this.list().find(({ id }) => secretKey(id) === key);
        if (account !== undefined) this.#changed.fire(account.id);
      }),
    );
  }

  /** All accounts, by label. */
  list(): Account[] {
    return this.#state
      .keys()
      .filter((key) => key.startsWith(stateKey("")))
      .flatMap((key) => {
        const parsed = v.safeParse(accountSchema, this.#state.get(key));
        return parsed.success ? [parsed.output] : [];
      })
      .sort((a, b) => a.label.localeCompare(b.label));
  }

  has(accountId: string): boolean {
    return this.#state.get(stateKey(accountId)) !== undefined;
  }

  /** @throws ExportError `noAccount` */
  get(accountId: string): Account {
    const account = this.list().find(({ id }) => id === accountId);
    if (account === undefined) throw unknownAccount();
    return account;
  }

  async add(account: Omit<Account, "id">, credentials: Credentials): Promise<Account> {
    const stored: Account = { ...account, id: randomUUID() };
    await this.#storeSecret(stored, credentials);
    await this.#state.update(stateKey(stored.id), stored);
    this.#changed.fire(stored.id);
    return stored;
  }

  async rename(accountId: string, label: string): Promise<void> {
    await this.#state.update(stateKey(accountId), { ...this.get(accountId), label });
    this.#renamed.fire(accountId);
  }

  /** Without a `loginEndpoint`, the account keeps its own. */
  async replaceCredentials(accountId: string, credentials: Credentials, loginEndpoint?: string): Promise<void> {
    const account = this.get(accountId);
    await this.#storeSecret(account, credentials);
    if (loginEndpoint !== undefined && loginEndpoint !== account.loginEndpoint) {
      await this.#state.update(stateKey(accountId), { ...account, loginEndpoint });
    }
    this.#changed.fire(accountId);
  }

  /** Removes the account and its secret. The secret goes first, so that no secret is left without an account. */
  async remove(accountId: string): Promise<void> {
    const { label } = this.get(accountId);
    try {
      await this.#secrets.delete(secretKey(accountId));
    } catch (error) {
      throw secretStorageRefused(label, error);
    }
    await this.#state.update(stateKey(accountId), undefined);
    this.#changed.fire(accountId);
  }

  /**
   * An account with its credentials, for one operation.
   *
   * @throws ExportError `noAccount`; `noCredentials` if the secret storage has none or can't be read
   */
  async access(accountId: string): Promise<AccountAccess> {
    const account = this.get(accountId);
    const stored = await this.#readSecret(account);
    if (stored === undefined) throw noCredentials(account.label);
    const credentials = parseStored(account, stored);
    this.hide(credentials);
    return { account, credentials };
  }

  /** Hides credentials in everything that is logged from now on. */
  hide(credentials: Credentials): void {
    for (const secret of secretValues(credentials)) this.#redactor.remember(secret);
  }

  async #readSecret(account: Account): Promise<string | undefined> {
    try {
      return await this.#secrets.get(secretKey(account.id));
    } catch (error) {
      throw secretStorageFailed(account.label, error);
    }
  }

  async #storeSecret(account: Account, credentials: Credentials): Promise<void> {
    this.hide(credentials);
    try {
      await this.#secrets.store(secretKey(account.id), JSON.stringify(credentials));
    } catch (error) {
      throw secretStorageRefused(account.label, error);
    }
  }
}

function parseStored(account: Account, stored: string): Credentials {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), storedCredentialsSchema), stored);
  // The schema's issues quote the rejected values, so they must not become the cause.
  if (!parsed.success) throw secretStorageFailed(account.label, undefined);
  return parsed.output;
}
