import { createServer, type Socket } from "node:net";

/** A server that answers bytes as a test gives them, and closes its sockets with it. */
export interface RawServer extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
}

/**
 * Starts a server on 127.0.0.1.
 *
 * @param onRequest gets the path of each request and the socket to answer on.
 */
export async function startRawServer(onRequest: (path: string, socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // Clients that leave early reset the connection.
    socket.on("error", () => undefined);
    socket.on("data", (data) => onRequest(data.toString("latin1").split(" ")[1]?.split("?")[0] ?? "", socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
