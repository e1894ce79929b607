import type { IncomingHttpHeaders } from "node:http";
import type { SandboxCredentials } from "../credentials.ts";
import { StepCounter } from "../downloadSteps.ts";
import { startApiServer } from "../http/apiServer.ts";
import type { ApiServer, Exchange, RecordedRequest, Route } from "../http/apiServer.ts";
import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { wholeNumber } from "../http/wholeNumber.ts";
import { phaseAt, see } from "../lifecycle.ts";
import type { FileShelf } from "../taskFiles.ts";
import { refuseSpaaza } from "./authentication.ts";
import { conditions, errorAnswer, invalidRequest } from "./errorAnswers.ts";
import { readNewTask } from "./requestBody.ts";
import { stateJson, stateWord, taskJson } from "./spaazaTask.ts";
import type { SpaazaTask } from "./spaazaTask.ts";
import type { TaskBook } from "./taskBook.ts";

export interface SpaazaOptions {
  credentials: Pick<SandboxCredentials, "privileged" | "admin">;
  book: TaskBook;
  shelf: FileShelf;
  linkSeconds: number;
  /** How long a started task takes. */
  taskSeconds: number;
  requests: RecordedRequest[];
  log(line: string): void;
}

/** Assumed: the documentation says neither the default nor the largest page size. */
const pageLimits = { least: 1, most: 200, fallback: 50 };
const offsetLimits = { least: 0, most: 1_000_000, fallback: 0 };
const logLimits = { least: 0, most: 100, fallback: 10 };
const knownStates = ["READY", "INPROGRESS", "DONE", "ERROR"];

/** The part of Spaaza's Services API that is about tasks. */
export function startSpaaza(options: SpaazaOptions): Promise<ApiServer> {
  const handlers = new TaskHandlers(options);
  const routes: Route[] = [
    { method: "GET", path: /^\/tasks$/, handle: (exchange) => handlers.list(exchange) },
    { method: "POST", path: /^\/tasks$/, handle: (exchange) => handlers.create(exchange) },
    { method: "GET", path: /^\/tasks\/(?<id>[^/]+)$/, handle: (exchange) => handlers.show(exchange) },
    { method: "POST", path: /^\/tasks\/(?<id>[^/]+)\/execute$/, handle: (exchange) => handlers.execute(exchange) },
    {
      method: "GET",
      path: /^\/tasks\/(?<id>[^/]+)\/download_url$/,
      handle: (exchange) => handlers.downloadUrl(exchange),
    },
  ];
  return startApiServer({
    routes,
    refuse: (headers: IncomingHttpHeaders) => refuseSpaaza(headers, options.credentials),
    notFound: json(404, { message: "Not Found" }),
    requests: options.requests,
    log: (line) => options.log(`spaaza ${line}`),
  });
}

class TaskHandlers {
  readonly #options: SpaazaOptions;
  readonly #steps = new StepCounter();

  constructor(options: SpaazaOptions) {
    this.#options = options;
  }

  list({ query }: Exchange): Answer {
    const limit = wholeNumber(query.get("limit"), pageLimits);
    const offset = wholeNumber(query.get("offset"), offsetLimits);
    const status = query.get("status");
    if (limit === undefined) return invalidRequest(["limit"]);
    if (offset === undefined) return invalidRequest(["offset"]);
    if (status !== null && !knownStates.includes(status)) return invalidRequest(["status"]);
    const { book, taskSeconds } = this.#options;
    const now = Date.now();
    const tasks = book.list().filter((task) => isAskedFor(task, query, stateWord(task, now, taskSeconds)));
    return json(
      200,
      tasks.slice(offset, offset + limit).map((task) => this.#json(task)),
    );
  }

  show({ params, query }: Exchange): Answer {
    const limit = wholeNumber(query.get("log_limit"), logLimits);
    const offset = wholeNumber(query.get("offset"), offsetLimits);
    if (limit === undefined) return invalidRequest(["log_limit"]);
    if (offset === undefined) return invalidRequest(["offset"]);
    return this.#withTask(params, (task) => json(200, this.#json(task, { limit, offset })));
  }

  create({ body }: Exchange): Answer {
    const now = Date.now();
    const read = readNewTask(body, now);
    return "status" in read ? read : json(200, this.#json(this.#options.book.create(read, now)));
  }

  execute({ params }: Exchange): Answer {
    return this.#withTask(params, (task) => {
      const now = Date.now();
      const { lifecycle } = task;
      const running = phaseAt(lifecycle, now, this.#options.taskSeconds) === "running";
      if (lifecycle.fixed === undefined && !running) lifecycle.startsAt = now;
      return json(200, { id: task.id, state: stateJson(task, now, this.#options.taskSeconds) });
    });
  }

  downloadUrl({ params }: Exchange): Answer | Promise<Answer> {
    return this.#withTask(params, async (task) => {
      const step = this.#steps.next(String(task.id), task.downloadSteps ?? ["link"]);
      if (typeof step === "function") return step();
      if (task.action !== "export") return errorAnswer(conditions.notAnExport);
      if (this.#phase(task) !== "done") return errorAnswer(conditions.notDone);
      if (task.file === undefined) return errorAnswer(conditions.noResult);
      return json(200, { url: await this.#options.shelf.link(task.file, step, this.#options.linkSeconds) });
    });
  }

  #withTask<Result extends Answer | Promise<Answer>>(
    params: Exchange["params"],
    handle: (task: SpaazaTask) => Result,
  ): Result | Answer {
    const id = params["id"] ?? "";
    if (!/^\d{1,15}$/.test(id)) return invalidRequest(["id"]);
    const task = this.#options.book.find(Number(id));
    if (task === undefined) return errorAnswer(conditions.notFound, "message");
    if (task.refusal !== undefined) return task.refusal();
    see(task.lifecycle, Date.now());
    return handle(task);
  }

  #phase(task: SpaazaTask): string {
    return phaseAt(task.lifecycle, Date.now(), this.#options.taskSeconds);
  }

  #json(task: SpaazaTask, logs = { limit: logLimits.fallback, offset: 0 }): object {
    return taskJson(task, Date.now(), this.#options.taskSeconds, logs);
  }
}

function isAskedFor(task: SpaazaTask, query: URLSearchParams, state: string): boolean {
  const wanted: [asked: string | null, actual: string][] = [
    [query.get("status"), state],
    [query.get("action"), task.action],
    [query.get("campaign_id"), String(task.campaignId ?? "")],
  ];
  return wanted.every(([asked, actual]) => asked === null || asked === actual);
}
