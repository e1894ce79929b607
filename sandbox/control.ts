import http from "node:http";
import type { Sandbox } from "./sandbox.ts";

/** The environment variable with the address of the control. */
export const controlVariable = "TASK_EXPORTS_SANDBOX_CONTROL";

/** Requests that a test in another process can send to the sandbox: `name` or `name/argument`, answered as JSON. */
type Question = (argument: string) => unknown;

/** Lets tests in another process, inside VS Code, inspect and control the sandbox. */
export async function serveControl(sandbox: Sandbox): Promise<{ url: string; close(): Promise<void> }> {
  const questions: Readonly<Record<string, Question>> = {
    session: () => sandbox.companionSession(),
    admin: () => sandbox.spaaza.admin,
    accessToken: () => sandbox.textReveal.accessToken,
    expectedFiles: (taskId) => sandbox.expectedFiles(taskId),
    storeLog: () => sandbox.store.readLog(),
    spaazaRequests: () => sandbox.spaaza.requests,
    textRevealRequests: () => sandbox.textReveal.requests,
    revokeTokens: () => {
      sandbox.textReveal.revokeTokens();
      return null;
    },
  };
  const server = http.createServer(
    (request, response) =>
      void answer(questions, request.url ?? "/").then(
        (body) => response.end(body),
        (error: unknown) => response.writeHead(500).end(String(error)),
      ),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The control has no port.");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(questions: Readonly<Record<string, Question>>, url: string): Promise<string> {
  const [name = "", argument = ""] = url.slice(1).split("/").map(decodeURIComponent);
  const question = questions[name];
  if (question === undefined) throw new Error(`The sandbox's control has no "${name}".`);
  return JSON.stringify(await question(argument));
}
