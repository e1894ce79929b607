import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AddAccountRequest } from "../../src/model/contract.ts";

const newest = Date.UTC(2026, 10, 1);
const minuteMs = 60_000;

/** A service with many finished tasks, at Spaaza's addresses. */
export interface ManyTasks extends AsyncDisposable {
  /** An account of it, for the companion to add. */
  readonly account: AddAccountRequest;
  readonly requests: number;
  /** When the last response was sent completely, in milliseconds since 1970. */
  readonly answeredAt: number;
}

/** Starts the service on 127.0.0.1. The newest task is `Export 1`. */
export async function startManyTasks(count: number): Promise<ManyTasks> {
  let requests = 0;
  let answeredAt = 0;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests++;
    const { searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const from = Number(searchParams.get("offset") ?? 0);
    const to = Math.min(count, from + Number(searchParams.get("limit") ?? 50));
    const tasks = Array.from({ length: Math.max(0, to - from) }, (_, place) => taskJson(from + place + 1));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(tasks), () => {
      answeredAt = performance.timeOrigin + performance.now();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    account: {
      service: "spaaza",
      label: "Bench",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { kind: "privileged", tokenId: "00000000-0000-4000-8000-000000000000", tokenSecret: "bench-secret" },
      verify: false,
    },
    get requests() {
      return requests;
    },
    get answeredAt() {
      return answeredAt;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function taskJson(number: number): object {
  const date = new Date(newest - number * minuteMs).toISOString();
  return {
    id: 1_000_000 - number,
    chain: 1,
    desc: `Export ${number}`,
    state: { code: "DONE", last_run_date: date, last_modified: date, created_date: date },
    target: { action: "export", export_index: "transactions", export_format: "csv" },
  };
}
