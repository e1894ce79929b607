import { t } from "@vscode/l10n";
import * as v from "valibot";
import { invalidArgument } from "../model/accountErrors.ts";
import type {
  AccountAccess,
  Credentials,
  CredentialForm,
  ExportService,
  ExportTask,
  ResolvedFile,
  ServiceCall,
  TaskPage,
  Waiting,
} from "../model/contract.ts";
import { credentialKinds, credentialsSchema } from "../model/credentials.ts";
import { defined } from "../model/defined.ts";
import { cancelled, ExportError, isErrorCode } from "../model/exportError.ts";
import { mapInSlices } from "../model/slices.ts";
import { untilCancelled } from "../model/untilCancelled.ts";
import { limitFiles, limitTasks } from "./answerLimits.ts";
import { longestLink } from "./resolvedFiles.ts";
import { asSentence, sentSecrets, shownText } from "./serviceWords.ts";
import { anyList, maybe, moment, words } from "./wireFields.ts";

const longestLabel = 200;

const label = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(longestLabel));
const text = v.fallback(words, "");
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

/** A longer pause is no pause of ours: it would fill a row of the tree with a number that nobody reads. */
const longestPauseMs = 24 * 60 * 60 * 1000;
const waitingSchema = v.object({
  retryInMs: v.pipe(v.number(), v.minValue(0), v.maxValue(longestPauseMs)),
  reason: v.pipe(v.string(), v.nonEmpty()),
});
const errorSchema = v.object({ code: v.fallback(v.string(), ""), message: v.fallback(v.string(), "") });

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
  tasks: anyList,
  next: maybe(v.pipe(v.string(), v.nonEmpty())),
  total: maybe(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});
const fileSchema = v.object({
  index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  name: v.string(),
  url: v.pipe(v.string(), v.maxLength(longestLink), v.url()),
  expiresAt: maybe(date),
});

/**
 * A service that another extension registers, as an object of our own. Everything is read once, here, so it can't change
 * later. What the service returns is checked like a response from the network.
 *
 * @throws ExportError `invalidRequest` if something that a service needs is missing or has the wrong type
 */
export function adoptService(given: unknown): ExportService {
  const parsed = parsedService(given);
  if (!parsed.success) throw notAService(v.getDotPath(parsed.issues[0]) ?? "service");
  return new ForeignService(given, parsed.output);
}

function parsedService(given: unknown): v.SafeParseResult<typeof serviceSchema> {
  try {
    return v.safeParse(serviceSchema, given);
  } catch {
    // One of its getters has thrown.
    throw notAService("service");
  }
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
    this.credentialForms = credentialForms.map((form) => ownForm(form, label));
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
    await this.#ask("verify", () => undefined, access, [], call);
  }

  async listTasks(
    access: AccountAccess,
    page: { cursor?: string; pageSize: number },
    call: ServiceCall,
  ): Promise<TaskPage> {
    const read = (answer: unknown) => {
      const { tasks: given, ...more } = v.parse(pageSchema, answer);
      return { tasks: this.#copied(given, limitTasks), ...more };
    };
    const { tasks, next, total } = await this.#ask("listTasks", read, access, [{ ...page }], call);
    const accountId = access.account.id;
    const own = await mapInSlices(tasks, (task) => ownTask(task, accountId), call.signal);
    return { tasks: own.filter((task) => task !== undefined), ...defined({ next, total }) };
  }

  async getTask(access: AccountAccess, id: string, call: ServiceCall): Promise<ExportTask> {
    const read = (answer: unknown) => ownTask(answer, access.account.id);
    const task = await this.#ask("getTask", read, access, [id], call);
    if (task?.id !== id) throw unexpected(this.label);
    return task;
  }

  async resolveDownload(access: AccountAccess, id: string, call: ServiceCall): Promise<ResolvedFile[]> {
    const read = (answer: unknown) => this.#copied(v.parse(anyList, answer), limitFiles);
    const given = await this.#ask("resolveDownload", read, access, [id], call);
    const files = (await mapInSlices(given, ownFile, call.signal)).filter((file) => file !== undefined);
    const indexes = new Set(files.map(({ index }) => index));
    if (indexes.size < given.length) throw unexpected(this.label);
    return files;
  }

  /**
   * Calls one of the service's functions with copies, so that it can't change an account, and reads the answer inside
   * the same `try`, because a getter of the answer can throw as well.
   */
  async #ask<Result>(
    name: "verify" | "listTasks" | "getTask" | "resolveDownload",
    read: (answer: unknown) => Result,
    { account, credentials }: AccountAccess,
    args: readonly unknown[],
    { signal, onWaiting }: ServiceCall,
  ): Promise<Result> {
    const access = structuredClone({ account, credentials });
    const secrets = sentSecrets(credentials);
    const waiting = onWaiting === undefined ? undefined : (given: unknown) => tellWaiting(given, secrets, onWaiting);
    const call = { signal, ...defined({ onWaiting: waiting }) };
    try {
      const answer: unknown = this.#service[name].call(this.#owner, access, ...args, call);
      return read(await untilCancelled(Promise.resolve(answer), signal));
    } catch (error) {
      if (signal.aborted) throw cancelled();
      throw v.isValiError(error) ? unexpected(this.label) : ownError(error, this.label, secrets);
    }
  }

  /** The entries of a list, which can be any object that counts as one. Its length is read only once. */
  #copied(list: readonly unknown[], limit: typeof limitTasks): unknown[] {
    const { length } = list;
    limit(this.label, length);
    return Array.from({ length }, (_none, at) => list[at]);
  }
}

/** Passes on a pause that the service reports, if it is one. */
function tellWaiting(given: unknown, secrets: readonly string[], onWaiting: (waiting: Waiting) => void): void {
  const parsed = v.safeParse(waitingSchema, given);
  if (parsed.success) onWaiting({ ...parsed.output, reason: shownText(parsed.output.reason, secrets) });
}

/**
 * An error with one of the contract's codes, and its message as plain text without the account's secrets. The original
 * error is not kept as the cause, because it can contain anything that the service has sent or received. Only we know
 * whether a call was canceled.
 */
function ownError(error: unknown, label: string, secrets: readonly string[]): ExportError {
  const { code, message } = wordsOf(error);
  const shown = shownText(message, secrets);
  if (code === "cancelled" || !isErrorCode(code) || shown === "") {
    return unexpected(label, shown === "" ? undefined : new Error(shown));
  }
  return new ExportError(code, asSentence(shown), { cause: new Error(shown) });
}

/** The code and message of an error, which can be any object with any getters. */
function wordsOf(error: unknown): { code: string; message: string } {
  try {
    const parsed = v.safeParse(errorSchema, error);
    return parsed.success ? parsed.output : { code: "", message: "" };
  } catch {
    return { code: "", message: "" };
  }
}

function unexpected(label: string, cause?: unknown): ExportError {
  return new ExportError("unexpectedResponse", t("Unexpected response from {0}. Try again later.", label), { cause });
}

function ownForm(form: v.InferOutput<typeof formSchema>, service: string): CredentialForm {
  const { kind, label, detail, fields, readPasted: read, toCredentials } = form;
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
    toCredentials: (values) => ownCredentials(toCredentials, values, service),
  };
}

/**
 * @throws ExportError with the code and words of the form, or `unexpectedResponse`. The values are secrets, so neither
 * what was typed nor what the form made of it is part of the error.
 */
function ownCredentials(
  toCredentials: (...args: unknown[]) => unknown,
  values: Readonly<Record<string, string>>,
  service: string,
): Credentials {
  const parsed = madeCredentials(toCredentials, values, service);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  // Our own checks have a sentence of their own. It helps the person who fills in the form.
  throw issue.type === "check" ? invalidArgument(issue.message) : unexpected(service);
}

function madeCredentials(
  toCredentials: (...args: unknown[]) => unknown,
  values: Readonly<Record<string, string>>,
  service: string,
): v.SafeParseResult<typeof credentialsSchema> {
  try {
    return v.safeParse(credentialsSchema, toCredentials({ ...values }));
  } catch (error) {
    throw ownError(
      error,
      service,
      Object.values(values).filter((value) => value.trim() !== ""),
    );
  }
}

function pastedValues(read: (...args: unknown[]) => unknown, pasted: string): Record<string, string> | undefined {
  try {
    const parsed = v.safeParse(v.record(v.string(), v.string()), read(pasted));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Then the text counts as one value, which can be corrected.
    return undefined;
  }
}

/** Undefined for something that is no task: one bad entry must not hide the others. */
function ownTask(given: unknown, accountId: string): ExportTask | undefined {
  try {
    const parsed = v.safeParse(taskSchema, given);
    if (!parsed.success) return undefined;
    const { id, description, state, serviceState, ...more } = parsed.output;
    return { id, accountId, description, state, serviceState, ...defined(more) };
  } catch {
    return undefined;
  }
}

/** Undefined for something that is no file. */
function ownFile(given: unknown): ResolvedFile | undefined {
  try {
    const parsed = v.safeParse(fileSchema, given);
    if (!parsed.success) return undefined;
    const { index, name, url, expiresAt } = parsed.output;
    return { index, name, url, ...defined({ expiresAt }) };
  } catch {
    return undefined;
  }
}

function notAService(field: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The service can't be registered because {0} is missing or has the wrong type.", field),
  );
}
