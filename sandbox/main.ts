/** Runs the sandbox: `node sandbox/main.ts`. Ctrl-C ends it. */
import process from "node:process";
import { parseArgs } from "node:util";
import { startSandbox } from "./sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    folder: { type: "string" },
    "task-seconds": { type: "string", default: "4" },
    "spaaza-link-seconds": { type: "string", default: "3600" },
    "textreveal-link-seconds": { type: "string", default: "300" },
  },
});

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interrupted.abort());
}

try {
  const sandbox = await startSandbox({
    seed: Number(values.seed),
    taskSeconds: Number(values["task-seconds"]),
    spaazaLinkSeconds: Number(values["spaaza-link-seconds"]),
    textRevealLinkSeconds: Number(values["textreveal-link-seconds"]),
    ...(values.folder !== undefined && { folder: values.folder }),
    log: (line) => console.log(line),
    signal: interrupted.signal,
  });
  console.log(introduction(sandbox));
} catch (error) {
  // A start that was canceled with Ctrl-C is not a failure.
  if (!interrupted.signal.aborted) throw error;
}

/** These credentials are only valid for this sandbox, so they can be shown. */
function introduction({ spaaza, textReveal }: Sandbox): string {
  return `
Spaaza      ${spaaza.endpoint}
  privileged  token id ${spaaza.privileged.tokenId}
              secret ${spaaza.privileged.tokenSecret}
  admin       user ${spaaza.admin.userId}, session key ${spaaza.admin.sessionKey}, chain ${spaaza.admin.chainId}
TextReveal  ${textReveal.endpoint}
  login       ${textReveal.loginEndpoint}
  API key     ${textReveal.apiKey.key}
              secret ${textReveal.apiKey.secret}
  token       ${textReveal.accessToken.token}

Tasks to try (all of them are in sandbox/README.md)
  12345  transactions, CSV          12347  vouchers, JSON on one line
  20064  64 MiB of CSV              30064  64 MiB of JSON
  40900  not finished               60000  an expired URL, then a new one
  00000000-0000-4000-8000-000000000003  3 CSV files
  00000000-0000-4000-8000-000000000429  too many requests, then URLs

Press Ctrl+C to stop.
`;
}
