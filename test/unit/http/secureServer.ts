import type { IncomingMessage, RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { KeyPair } from "./testAuthority.ts";

export interface SecureServer extends AsyncDisposable {
  readonly port: number;
  /** What was agreed on for each connection. */
  readonly connections: { readonly protocol: string | false | null; readonly resumed: boolean }[];
  readonly requests: IncomingMessage[];
}

const answerAbc: RequestListener = (_request, response) => response.end("abc");

/** Starts a server behind TLS on 127.0.0.1 that would speak HTTP/2 if asked. */
export async function startSecureServer(pair: KeyPair, answer = answerAbc): Promise<SecureServer> {
  const connections: SecureServer["connections"] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer({ key: pair.key, cert: pair.cert, ALPNProtocols: ["h2", "http/1.1"] });
  // Also those whose handshake is under way, which the server does not count as its connections yet.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("secureConnection", (socket: TLSSocket) =>
    connections.push({ protocol: socket.alpnProtocol, resumed: socket.isSessionReused() }),
  );
  server.on("request", (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
