import * as v from "valibot";
import { entriesOf, lengthOf } from "../model/boundedShapes.ts";
import type {
  AccountAccess,
  CreateExportRequest,
  CredentialForm,
  ExportField,
  ExportService,
  ExportTask,
  ResolvedFile,
  ServiceCall,
  TaskPage,
  Waiting,
} from "../model/contract.ts";
import { defined } from "../model/defined.ts";
import { cancelled } from "../model/exportError.ts";
import { mapInSlices } from "../model/slices.ts";
import { limitFiles, limitTasks } from "./answerLimits.ts";
import { callForeign } from "./foreignCall.ts";
import { notAService, ownError, silent, unexpected } from "./foreignErrors.ts";
import { ownForm } from "./foreignForms.ts";
import { createdSchema, ownFile, ownTask, pageSchema, serviceSchema, waitingSchema } from "./foreignShapes.ts";
import { sentSecrets, shownText } from "./serviceWords.ts";
import { anyList, taskIdText } from "./wireFields.ts";

/** Longer text is neither an ID nor a URL, and another extension has no need to see it. */
const longestSearched = 4096;

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
  readonly exportFields?: readonly ExportField[];
  /** Only there if the service has one, because that is how commands know what they can offer. */
  readonly createTask?: Required<ExportService>["createTask"];
  readonly runTask?: Required<ExportService>["runTask"];
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
    if (service.createTask !== undefined) {
      this.createTask = (access, request, call) => this.#createTask(access, request, call);
      this.exportFields = (service.exportFields ?? []).map(({ placeholder, ...field }) => ({
        ...field,
        ...defined({ placeholder }),
      }));
    }
    if (service.runTask !== undefined) {
      this.runTask = (access, id, call) => this.#ask("runTask", () => undefined, access, [id], call);
    }
  }

  /** A service that throws here must not keep others from finding their tasks. */
  findTaskId(given: string): string | undefined {
    if (given.length > longestSearched) return undefined;
    try {
      const found = v.safeParse(taskIdText, this.#service.findTaskId.call(this.#owner, given));
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
      return { given: this.#entries(given, limitTasks), ...more };
    };
    const { given, next, total } = await this.#ask("listTasks", read, access, [{ ...page }], call);
    const tasks = await mapInSlices(given, (task) => ownTask(task, access.account.id), call.signal);
    return { tasks: tasks.filter((task) => task !== undefined), ...defined({ next, total }) };
  }

  async getTask(access: AccountAccess, id: string, call: ServiceCall): Promise<ExportTask> {
    const read = (answer: unknown) => ownTask(answer, access.account.id);
    const task = await this.#ask("getTask", read, access, [id], call);
    if (task?.id !== id) throw unexpected(this.label);
    const secrets = sentSecrets(access.credentials);
    return { ...task, ...defined({ log: task.log?.map((line) => shownText(line, secrets)) }) };
  }

  async resolveDownload(access: AccountAccess, id: string, call: ServiceCall): Promise<ResolvedFile[]> {
    const read = (answer: unknown) => this.#entries(v.parse(anyList, answer), limitFiles);
    const given = await this.#ask("resolveDownload", read, access, [id], call);
    const files = (await mapInSlices(given, ownFile, call.signal)).filter((file) => file !== undefined);
    const indexes = new Set(files.map(({ index }) => index));
    if (indexes.size < given.length) throw unexpected(this.label);
    return files;
  }

  #createTask(access: AccountAccess, request: CreateExportRequest, call: ServiceCall): Promise<{ taskId: string }> {
    const read = (answer: unknown) => v.parse(createdSchema, answer);
    return this.#ask("createTask", read, access, [structuredClone(request)], call);
  }

  /**
   * Calls one of the service's functions with copies, so that it can't change an account, and reads the answer inside
   * the same `try`, because a getter of the answer can throw as well.
   */
  async #ask<Result>(
    name: "verify" | "listTasks" | "getTask" | "resolveDownload" | "createTask" | "runTask",
    read: (answer: unknown) => Result,
    { account, credentials }: AccountAccess,
    args: readonly unknown[],
    call: ServiceCall,
  ): Promise<Result> {
    const access = structuredClone({ account, credentials });
    const secrets = sentSecrets(credentials);
    let late: Error | undefined;
    const rules = {
      readPause: (given: unknown) => ownPause(given, secrets),
      late: (minutes: number) => (late = silent(this.label, minutes)),
    };
    try {
      return read(
        await callForeign(call, rules, (own) => this.#service[name]?.call(this.#owner, access, ...args, own)),
      );
    } catch (error) {
      if (call.signal.aborted) throw cancelled();
      if (error === late) throw error;
      throw v.isValiError(error) ? unexpected(this.label) : ownError(error, this.label, secrets);
    }
  }

  /** The entries of an answered list. @throws ExportError `unexpectedResponse` if it is too long */
  #entries(list: readonly unknown[], limit: typeof limitTasks): unknown[] {
    const length = lengthOf(list);
    limit(this.label, length);
    return entriesOf(list, length);
  }
}

/** A pause that the service reports, in our words; undefined if it is none. */
function ownPause(given: unknown, secrets: readonly string[]): Waiting | undefined {
  try {
    const parsed = v.safeParse(waitingSchema, given);
    if (!parsed.success) return undefined;
    const { retryInMs, reason } = parsed.output;
    return { retryInMs, reason: shownText(reason, secrets) };
  } catch {
    // One of its getters has thrown.
    return undefined;
  }
}
