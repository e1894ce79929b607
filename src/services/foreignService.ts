import { t } from "@vscode/l10n";
import * as v from "valibot";
import type {
  AccountAccess,
  Credentials,
  CredentialForm,
  ExportService,
  ExportTask,
  ResolvedFile,
  ServiceCall,
  TaskPage,
} from "../model/contract.ts";
import { credentialKinds, credentialsSchema } from "../model/credentials.ts";
import { defined } from "../model/defined.ts";
import { cancelled, ExportError, isErrorCode } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";
import { untilCancelled } from "../model/untilCancelled.ts";
import { sentSecrets, shownText } from "./serviceWords.ts";
import { maybe, moment } from "./wireFields.ts";

const longestLabel = 200;
const mostFiles = 10_000;

const label = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(longestLabel));
const text = v.fallback(v.pipe(v.string(), v.maxLength(10_000)), "");
const date = v.pipe(
  v.string(),
  v.check((given) => moment(given) !== undefined),
);
const anyFunction = v.function();

const formSchema = v.object({
  kind: v.picklist(credentialKinds),
  label,
  detail: maybe(v.string()),
  fields: v.pipe(
    v.array(v.object({ name: label, label, placeholder: maybe(v.string()), secret: v.fallback(v.boolean(), true) })),
    v.minLength(1),
  ),
  readPasted: v.optional(anyFunction),
  toCredentials: anyFunction,
});

const serviceSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z\d._-]{0,63}$/)),
  label,
  endpoints: v.array(v.object({ url: v.string(), description: maybe(v.string()) })),
  defaultEndpoint: v.optional(v.string()),
  defaultLoginEndpoint: v.optional(v.string()),
  credentialForms: v.pipe(v.array(formSchema), v.minLength(1)),
  findTaskId: anyFunction,
  verify: anyFunction,
  listTasks: anyFunction,
  getTask: anyFunction,
  resolveDownload: anyFunction,
});

const taskId = v.pipe(v.string(), v.nonEmpty(), v.maxLength(200));
const taskSchema = v.object({
  id: taskId,
  description: text,
  state: v.fallback(v.picklist(["waiting", "running", "done", "failed", "unknown"]), "unknown"),
  serviceState: text,
  subject: maybe(v.string()),
  format: maybe(v.picklist(["csv", "json"])),
  createdAt: maybe(date),
  completedAt: maybe(date),
  chain: maybe(v.string()),
});
const pageSchema = v.object({
  tasks: v.array(v.unknown()),
  next: maybe(v.pipe(v.string(), v.nonEmpty())),
  total: maybe(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});
const filesSchema = v.pipe(
  v.array(
    v.object({
      index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      name: v.string(),
      url: v.pipe(v.string(), v.url()),
      expiresAt: maybe(date),
    }),
  ),
  v.maxLength(mostFiles),
  v.check((files) => new Set(files.map(({ index }) => index)).size === files.length),
);

/**
 * A service that another extension registers, as an object of our own. Everything is read once, here, so it can't change
 * later. What the service returns is checked like a response from the network.
 *
 * @throws ExportError `invalidRequest` if something that a service needs is missing or has the wrong type
 */
export function adoptService(given: unknown): ExportService {
  const parsed = v.safeParse(serviceSchema, given);
  if (!parsed.success) throw notAService(v.getDotPath(parsed.issues[0]) ?? "service");
  return new ForeignService(given, parsed.output);
}

class ForeignService implements ExportService {
  readonly id: string;
  readonly label: string;
  readonly endpoints: ExportService["endpoints"];
  readonly defaultEndpoint?: string;
  readonly defaultLoginEndpoint?: string;
  readonly credentialForms: readonly CredentialForm[];
  readonly #owner: unknown;
  readonly #service: v.InferOutput<typeof serviceSchema>;

  constructor(owner: unknown, service: v.InferOutput<typeof serviceSchema>) {
    const { id, label, endpoints, defaultEndpoint, defaultLoginEndpoint, credentialForms } = service;
    this.#owner = owner;
    this.#service = service;
    this.id = id;
    this.label = label;
    this.endpoints = endpoints.map(({ url, description }) => ({ url, ...defined({ description }) }));
    if (defaultEndpoint !== undefined) this.defaultEndpoint = defaultEndpoint;
    if (defaultLoginEndpoint !== undefined) this.defaultLoginEndpoint = defaultLoginEndpoint;
    this.credentialForms = credentialForms.map((form) => ownForm(form));
  }

  /** A service that throws here must not keep others from finding their tasks. */
  findTaskId(given: string): string | undefined {
    try {
      const found = v.safeParse(taskId, this.#service.findTaskId.call(this.#owner, given));
      return found.success ? found.output : undefined;
    } catch {
      return undefined;
    }
  }

  async verify(access: AccountAccess, call: ServiceCall): Promise<void> {
    await this.#ask("verify", access, [], call);
  }

  async listTasks(
    access: AccountAccess,
    page: { cursor?: string; pageSize: number },
    call: ServiceCall,
  ): Promise<TaskPage> {
    const parsed = v.safeParse(pageSchema, await this.#ask("listTasks", access, [{ ...page }], call));
    if (!parsed.success) throw this.#unexpected();
    const { tasks, next, total } = parsed.output;
    const accountId = access.account.id;
    return { tasks: tasks.flatMap((task) => ownTask(task, accountId) ?? []), ...defined({ next, total }) };
  }

  async getTask(access: AccountAccess, id: string, call: ServiceCall): Promise<ExportTask> {
    const task = ownTask(await this.#ask("getTask", access, [id], call), access.account.id);
    if (task?.id !== id) throw this.#unexpected();
    return task;
  }

  async resolveDownload(access: AccountAccess, id: string, call: ServiceCall): Promise<ResolvedFile[]> {
    const parsed = v.safeParse(filesSchema, await this.#ask("resolveDownload", access, [id], call));
    if (!parsed.success) throw this.#unexpected();
    return parsed.output.map(({ index, name, url, expiresAt }) => ({ index, name, url, ...defined({ expiresAt }) }));
  }

  /** Calls one of the service's functions with copies, so that it can't change an account. */
  async #ask(
    name: "verify" | "listTasks" | "getTask" | "resolveDownload",
    { account, credentials }: AccountAccess,
    args: readonly unknown[],
    { signal, onWaiting }: ServiceCall,
  ): Promise<unknown> {
    const access = structuredClone({ account, credentials });
    try {
      const answer: unknown = this.#service[name].call(this.#owner, access, ...args, {
        signal,
        ...defined({ onWaiting }),
      });
      return await untilCancelled(Promise.resolve(answer), signal);
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw this.#ownError(error, credentials);
    }
  }

  /** An error with one of the contract's codes, and its message as plain text without the account's secrets. */
  #ownError(error: unknown, credentials: Credentials): ExportError {
    if (!(error instanceof Error)) return this.#unexpected();
    const code = systemCode(error) ?? "";
    if (!isErrorCode(code)) return this.#unexpected(error);
    return new ExportError(code, shownText(error.message, sentSecrets(credentials)), { cause: error });
  }

  #unexpected(cause?: unknown): ExportError {
    return new ExportError("unexpectedResponse", t("Unexpected response from {0}. Try again later.", this.label), {
      cause,
    });
  }
}

function ownForm({
  kind,
  label,
  detail,
  fields,
  readPasted,
  toCredentials,
}: v.InferOutput<typeof formSchema>): CredentialForm {
  const read = readPasted;
  return {
    kind,
    label,
    ...defined({ detail }),
    fields: fields.map(({ name, label, placeholder, secret }) => ({
      name,
      label,
      secret,
      ...defined({ placeholder }),
    })),
    ...(read === undefined ? {} : { readPasted: (pasted: string) => pastedValues(read, pasted) }),
    toCredentials: (values) => v.parse(credentialsSchema, toCredentials({ ...values })),
  };
}

function pastedValues(read: (...args: unknown[]) => unknown, pasted: string): Record<string, string> | undefined {
  const parsed = v.safeParse(v.record(v.string(), v.string()), read(pasted));
  return parsed.success ? parsed.output : undefined;
}

/** Undefined for something that is no task: one bad entry must not hide the others. */
function ownTask(given: unknown, accountId: string): ExportTask | undefined {
  const parsed = v.safeParse(taskSchema, given);
  if (!parsed.success) return undefined;
  const { id, description, state, serviceState, ...more } = parsed.output;
  return { id, accountId, description, state, serviceState, ...defined(more) };
}

function notAService(field: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The service can't be registered because {0} is missing or has the wrong type.", field),
  );
}
