import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request as the store saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly socketId: number;
  /** Bytes of bodies that were handed to the socket. */
  sent: number;
}

export type Behaviour = (exchange: StoreExchange) => unknown;

/** One request with all a store may do about it, right or wrong. */
export interface StoreExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly seen: SeenRequest;
  /** How many requests came before this one. */
  readonly turn: number;
  /** First byte asked for; undefined where the whole file was. */
  readonly from: number | undefined;
  readonly file: Buffer;
  readonly etag: string;
  /** Answers as a good store does, `If-Range` included. */
  readonly serve: (headers?: Record<string, string>) => void;
  /** Sends the headers of a good answer and only so many bytes of its body, then cuts the connection. */
  readonly cutAfter: (bytes: number, headers?: Record<string, string>) => void;
  /** Cuts the connection as soon as the client reads the body: what nobody reads by then is lost, as on any network. */
  readonly cut: (how?: "closed" | "reset") => void;
}

export interface FaultyStore {
  readonly origin: string;
  readonly url: string;
  readonly requests: SeenRequest[];
  file: Buffer;
  etag: string;
  behave: Behaviour;
  /** The file at a path, for a store of many; default the one file. */
  fileAt?: (path: string) => Buffer;
  /** Resolves when the client reads the body of its latest request for a URL. Needed for `cutAfter` and `cut`. */
  bodyIsRead?: ((url: string) => Promise<void>) | undefined;
  close(): Promise<void>;
}

const goodStore: Behaviour = ({ serve }) => serve();

/** A store of one file on this computer that behaves as each test says. A good store unless told otherwise. */
export async function startFaultyStore(file: Buffer, behave: Behaviour = goodStore): Promise<FaultyStore> {
  const sockets = new Map<Socket, number>();
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const exchange = exchangeOf(store, request, response, sockets.get(request.socket) ?? -1);
    void Promise.resolve(store.behave(exchange)).catch(() => response.destroy());
  });
  server.on("connection", (socket) => {
    sockets.set(socket, sockets.size);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store: FaultyStore = {
    origin,
    url: `${origin}/exports/Transactions_Export-12345.csv?sig=s3cr3t-signature`,
    requests,
    file,
    etag: etagOf(file),
    behave,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.keys()) socket.destroy();
      }),
  };
  return store;
}

/** Bytes like those of a CSV, different everywhere and the same for the same seed. */
export function exportBytes(length: number, seed = "rows"): Buffer {
  const lines: string[] = [];
  let size = 0;
  for (let row = 0; size < length; row += 1) {
    const hash = createHash("md5").update(`${seed} ${row}`).digest("hex");
    const line = `${row},${hash},"some text, quoted",${row * 7}\n`;
    lines.push(line);
    size += line.length;
  }
  return Buffer.from(lines.join("")).subarray(0, length);
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function etagOf(bytes: Uint8Array): string {
  return `"v-${sha256(bytes).slice(0, 16)}"`;
}

/** Bytes that no coding makes smaller. */
export function noise(length: number): Buffer {
  return randomBytes(length);
}

function exchangeOf(
  store: FaultyStore,
  request: IncomingMessage,
  response: ServerResponse,
  socketId: number,
): StoreExchange {
  const { method = "", url = "", headers } = request;
  const seen: SeenRequest = { method, url, headers, socketId, sent: 0 };
  const turn = store.requests.length;
  store.requests.push(seen);
  const file = store.fileAt?.(url) ?? store.file;
  const etag = store.fileAt === undefined ? store.etag : etagOf(file);
  const asked = /^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1];
  const from = asked === undefined ? undefined : Number(asked);
  const condition = headers["if-range"];
  const ranged = from !== undefined && (condition === undefined || condition === etag);
  const answer = (extra: Record<string, string>): Buffer => {
    if (ranged && from >= file.length) {
      response.writeHead(416, { "content-range": `bytes */${file.length}`, ...extra });
      return Buffer.alloc(0);
    }
    const body = ranged ? file.subarray(from) : file;
    const range = ranged ? { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` } : {};
    const common = { "content-type": "text/csv", "content-length": String(body.length), "accept-ranges": "bytes" };
    response.writeHead(ranged ? 206 : 200, withoutEmpty({ ...common, ...range, etag, ...extra }));
    return body;
  };
  const cut: StoreExchange["cut"] = (how = "closed") => {
    if (store.bodyIsRead === undefined) throw new Error("This store can't know when a body is read.");
    void store.bodyIsRead(store.origin + url).then(() => {
      if (how === "reset") request.socket.resetAndDestroy();
      else request.socket.destroy();
    });
  };
  return {
    request,
    response,
    seen,
    turn,
    from,
    file,
    etag,
    cut,
    serve(extra = {}) {
      const body = answer(extra);
      seen.sent += body.length;
      response.end(body);
    },
    cutAfter(bytes, extra = {}) {
      const body = answer(extra).subarray(0, bytes);
      seen.sent += body.length;
      response.write(body, () => cut());
    },
  };
}

/** A header set to nothing is one that this store does not send. */
function withoutEmpty(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
}
