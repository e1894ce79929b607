import type { IncomingHttpHeaders } from "node:http";
import { StepCounter } from "../downloadSteps.ts";
import { startApiServer } from "../http/apiServer.ts";
import type { ApiServer, Exchange, RecordedRequest, Route } from "../http/apiServer.ts";
import { json } from "../http/answer.ts";
import type { Answer } from "../http/answer.ts";
import { phaseAt, see } from "../lifecycle.ts";
import type { FileShelf } from "../taskFiles.ts";
import { errorAnswer, invalid, tooManyExports } from "./errorAnswer.ts";
import type { TokenDesk } from "./login.ts";
import type { TaskLedger } from "./taskLedger.ts";
import { taskPage } from "./taskPage.ts";
import { statusWord, taskJson } from "./textRevealTask.ts";
import type { TextRevealTask } from "./textRevealTask.ts";
import { findUniverse, queryProblems, universeDetail, universePage } from "./universes.ts";

export interface TextRevealOptions {
  desk: TokenDesk;
  ledger: TaskLedger;
  shelf: FileShelf;
  linkSeconds: number;
  /** How long a started task takes. */
  taskSeconds: number;
  requests: RecordedRequest[];
  log(line: string): void;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The part of TextReveal's API v3 that is about tasks and universes. */
export function startTextReveal(options: TextRevealOptions): Promise<ApiServer> {
  const handlers = new TaskHandlers(options);
  const task = String.raw`^/v3/tasks/(?<id>[^/]+)`;
  const routes: Route[] = [
    { method: "GET", path: /^\/v3\/tasks$/, handle: (exchange) => handlers.list(exchange) },
    { method: "GET", path: new RegExp(`${task}/status$`), handle: (exchange) => handlers.status(exchange) },
    { method: "GET", path: new RegExp(`${task}/download$`), handle: (exchange) => handlers.download(exchange) },
    { method: "GET", path: /^\/v3\/universes$/, handle: ({ query }) => universePage(query) },
    { method: "GET", path: /^\/v3\/universes\/(?<universe>[^/]+)$/, handle: (exchange) => handlers.universe(exchange) },
    {
      method: "POST",
      path: /^\/v3\/universes\/(?<universe>[^/]+)\/entities\/export$/,
      handle: (exchange) => handlers.create(exchange),
    },
  ];
  return startApiServer({
    routes,
    refuse: ({ authorization }: IncomingHttpHeaders) =>
      options.desk.accepts(authorization) ? undefined : errorAnswer(401, "Not authenticated"),
    notFound: errorAnswer(404, "[route] not found."),
    requests: options.requests,
    log: (line) => options.log(`textreveal ${line}`),
  });
}

/** The password grant, on a separate host like the real service. */
export function startLogin({
  desk,
  requests,
  log,
}: Pick<TextRevealOptions, "desk" | "requests" | "log">): Promise<ApiServer> {
  return startApiServer({
    routes: [{ method: "POST", path: /^\/oauth\/token$/, handle: (exchange) => desk.grant(exchange) }],
    refuse: () => undefined,
    notFound: json(404, { error: "not_found" }),
    requests,
    log: (line) => log(`textreveal login ${line}`),
  });
}

class TaskHandlers {
  readonly #options: TextRevealOptions;
  readonly #steps = new StepCounter();

  constructor(options: TextRevealOptions) {
    this.#options = options;
  }

  list({ query }: Exchange): Answer {
    const now = Date.now();
    const { ledger, taskSeconds } = this.#options;
    const tasks = ledger.list().map((task) => taskJson(task, now, taskSeconds));
    return taskPage(tasks, query);
  }

  /**
   * The documentation doesn't say which of the two forms is returned, so odd IDs get an object and even IDs a string.
   */
  status({ params }: Exchange): Answer | Promise<Answer> {
    return this.#withTask(params, (task) => {
      const status = statusWord(task, Date.now(), this.#options.taskSeconds);
      const isOdd = Number.parseInt(task.id.slice(-1), 16) % 2 === 1;
      return json(200, isOdd ? { status } : status);
    });
  }

  download({ params }: Exchange): Answer | Promise<Answer> {
    return this.#withTask(params, async (task) => {
      const step = this.#steps.next(task.id, task.downloadSteps ?? ["link"]);
      if (typeof step === "function") return step();
      const { shelf, linkSeconds, taskSeconds } = this.#options;
      const phase = phaseAt(task.lifecycle, Date.now(), taskSeconds);
      // The response to the download of an unfinished or failed task is not documented.
      if (phase === "failed") return errorAnswer(404, "[export] not found.");
      if (phase !== "done") return errorAnswer(400, "The task is not completed.");
      return json(200, await Promise.all(task.files.map((file) => shelf.link(file, step, linkSeconds))));
    });
  }

  universe({ params }: Exchange): Answer {
    const id = params["universe"] ?? "";
    return uuid.test(id) ? universeDetail(id) : invalidUniverse();
  }

  create({ params, query, body }: Exchange): Answer {
    const id = params["universe"] ?? "";
    if (!uuid.test(id)) return invalidUniverse();
    // Everything that is documented is in the query.
    if (body !== undefined && !isEmptyObject(body)) {
      return invalid([{ message: "Expected no body", field: "body", reason: "invalid_type" }]);
    }
    const problems = queryProblems(query);
    if (problems.length > 0) return invalid(problems);
    const universe = findUniverse(id);
    if (universe === undefined) return errorAnswer(404, "[universe] not found.");
    const { ledger, taskSeconds } = this.#options;
    const task = ledger.create(`Export of universe ${universe.name}`, Date.now(), taskSeconds);
    return task === undefined ? errorAnswer(429, tooManyExports) : json(200, { task_id: task.id });
  }

  #withTask(
    params: Exchange["params"],
    handle: (task: TextRevealTask) => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    const id = params["id"]?.toLowerCase() ?? "";
    if (!uuid.test(id)) return invalid([{ message: "Invalid uuid", field: "task_id", reason: "invalid_string" }]);
    const task = this.#options.ledger.find(id);
    if (task === undefined) return errorAnswer(404, "[record] not found.");
    if (task.refusal !== undefined) return task.refusal();
    see(task.lifecycle, Date.now());
    return handle(task);
  }
}

function invalidUniverse(): Answer {
  return invalid([{ message: "Invalid uuid", field: "universe_id", reason: "invalid_string" }]);
}

function isEmptyObject(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.keys(body).length === 0;
}
