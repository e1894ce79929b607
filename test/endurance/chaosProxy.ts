import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What happens to one request. */
export type Fault = "reset" | "truncation" | "stall" | "silence" | "expiry" | "busy";

export interface PlannedFault {
  readonly kind: Fault;
  /** How much of the answer comes through before: of a reset, a truncation, a stall. */
  readonly afterBytes: number;
}

export interface ChaosProxy {
  readonly origin: string;
  /** Requests that reached it, also those that it answered itself. */
  readonly requests: number;
  /** How often each fault happened. One that was planned for more bytes than came did not. */
  readonly faults: ReadonlyMap<Fault, number>;
  /** Names of all headers that clients sent, in lower case. */
  readonly headerNames: ReadonlySet<string>;
  close(): Promise<void>;
}

const expired =
  '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><AuthenticationErrorDetail>' +
  "Signature not valid in the specified time frame: Start [unknown] - Expiry [a while ago] - Current [now]" +
  "</AuthenticationErrorDetail></Error>";
const ownAnswers: Partial<Record<Fault, string>> = {
  expiry: answerOf("403 Server failed to authenticate the request", [], expired),
  busy: answerOf("503 Server Busy", ["Retry-After: 0"], ""),
};

/** A proxy on the way to a store that spoils answers as it is told for each request. */
export async function startChaosProxy(
  target: URL,
  plan: (path: string) => PlannedFault | undefined,
): Promise<ChaosProxy> {
  const open = new Set<Socket>();
  const headerNames = new Set<string>();
  const faults = new Map<Fault, number>();
  let requests = 0;
  const server = createServer((client) => {
    open.add(client.on("close", () => open.delete(client)));
    const happened = (fault: Fault): unknown => faults.set(fault, (faults.get(fault) ?? 0) + 1);
    const planFor = (head: string): PlannedFault | undefined => {
      requests += 1;
      const [requestLine = "", ...headers] = head.trimEnd().split("\r\n");
      for (const header of headers) headerNames.add(header.slice(0, header.indexOf(":")).toLowerCase());
      return plan(requestLine.split(" ")[1] ?? "");
    };
    serveClient(client, target, planFor, happened);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    faults,
    headerNames,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** One client's connection, with one of its own to the store. Requests have no body and come one after the other. */
function serveClient(
  client: Socket,
  target: URL,
  planFor: (head: string) => PlannedFault | undefined,
  happened: (fault: Fault) => void,
): void {
  let head = "";
  let fault: PlannedFault | undefined;
  let passed = 0;
  const store = connect(Number(target.port), target.hostname);
  const end = (): void => {
    client.destroy();
    store.destroy();
  };
  for (const socket of [client, store]) socket.on("error", end).on("close", end);
  client.on("drain", () => store.resume());
  client.on("data", (chunk) => {
    head += chunk.toString("latin1");
    if (!head.endsWith("\r\n\r\n")) return;
    [fault, passed] = [planFor(head), 0];
    const own = fault === undefined ? undefined : ownAnswers[fault.kind];
    const reachesStore = own === undefined && fault?.kind !== "silence";
    if (reachesStore) store.write(head, "latin1");
    else if (fault !== undefined) happened(fault.kind);
    if (own !== undefined) client.write(own);
    head = "";
  });
  store.on("data", (chunk) => {
    const room = fault === undefined ? chunk.length : fault.afterBytes - passed;
    passed += chunk.length;
    if (!client.write(chunk.subarray(0, Math.max(room, 0)))) store.pause();
    if (fault === undefined || room >= chunk.length) return;
    store.removeAllListeners("data").pause();
    happened(fault.kind);
    if (fault.kind === "reset") client.resetAndDestroy();
    else if (fault.kind === "truncation") client.end();
  });
}

function answerOf(status: string, headers: readonly string[], body: string): string {
  return [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${body.length}`, "", body].join("\r\n");
}
