import type { ChildProcess } from "node:child_process";

/** Of the two programs that can serve VS Code. */
const announcement = /listening on (?:http:\/\/127\.0\.0\.1:)?(\d+)/u;
const startLimitMs = 60_000;

/**
 * The port in a server's output. The system chooses it, so no other process can take it in between. Continues to read
 * the output, so that the server is never blocked.
 */
export function announcedPort(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = "";
    let settled = false;
    const settle = (end: () => void) => {
      clearTimeout(limit);
      settled = true;
      end();
    };
    const fail = (reason: string) =>
      settle(() => reject(new Error(`VS Code's server ${reason}. It said:\n${output.trim()}`)));
    const limit = setTimeout(fail, startLimitMs, `was not ready after ${startLimitMs / 1000} s`);
    const read = (chunk: Buffer) => {
      if (settled) return;
      output += chunk.toString();
      const port = announcement.exec(output)?.[1];
      if (port === undefined) return;
      settle(() => resolve(Number(port)));
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("error", (error) => fail(`could not be started (${error.message})`));
    server.once("exit", () => fail("ended before it was ready"));
  });
}
