import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runIntegration } from "../../workbench/host/runIntegration.ts";
import { root } from "../../project/checkout.ts";
import { SecretHunt } from "../../sandbox/secretHunt.ts";
import { buildExtension } from "../../workbench/session/companion.ts";
import { openSandboxSession, type SandboxSession } from "../../workbench/session/sandboxSession.ts";
import { type Log, serverTool } from "../../tools/toolCache.mjs";
import { total } from "./runSteps.ts";
import type { Counts, TestStep } from "./steps.ts";
import type { Write } from "./transcript.ts";

export interface Suite {
  /** Of the bundled module under out/test/integration. */
  name: string;
  restricted: boolean;
}

const suites: readonly Suite[] = [
  { name: "index", restricted: false },
  { name: "restrictedMode", restricted: true },
];

/** Runs suites inside the extension host of a real VS Code, against one sandbox. */
export async function runSuites(chosen: readonly Suite[], write: Write): Promise<Counts> {
  const log = (line: string) => write(`${line}\n`);
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-suites-"));
  const session = await openSandboxSession({ file: path.join(folder, "session.json"), log });
  try {
    const example = await buildExtension(path.join(root, "docs", "example-extension"), path.join(folder, "example"));
    const counts: Counts[] = [];
    for (const suite of chosen) counts.push(await runSuite(suite, { folder, example }, session, log));
    return total(counts);
  } finally {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export const integrationStep: TestStep = {
  name: "integration",
  needs: ["build"],
  // The server also where there is a desktop VS Code: that one cannot be tested in Restricted Mode.
  tools: ["azurite", "browser", serverTool(), "desktop"],
  jobs: [(write) => runSuites(suites, write)],
};

/** Where the suites run, and the built example extension, which runs beside ours. */
interface Place {
  folder: string;
  example: string;
}

async function runSuite(suite: Suite, { folder, example }: Place, session: SandboxSession, log: Log): Promise<Counts> {
  const suitePath = path.join(root, "out", "test", "integration", `${suite.name}.mjs`);
  if (!existsSync(suitePath)) {
    log(`There is no suite ${path.relative(root, suitePath)}; the step "build" makes it.`);
    return { passed: 0, failed: 1 };
  }
  const workspace = path.join(folder, `workspace-${suite.name}`);
  await mkdir(workspace);
  await writeFile(path.join(workspace, "notes.txt"), "A workspace of its own for each suite.\n");
  const hunt = new SecretHunt(session.sandbox);
  const outcome = await runIntegration({
    extensionPath: root,
    others: [example],
    suitePath,
    workspace,
    env: session.env,
    inspect: (written) => hunt.files(written),
    trust: suite.restricted,
    log,
  });
  if (!outcome.finished) log(`The suite did not come to its end. VS Code said:\n${outcome.output}`);
  if (outcome.passed + outcome.failed === 0) return { passed: 0, failed: 1 };
  hunt.text("what VS Code printed", outcome.output);
  return counted(outcome, hunt, log);
}

/** The hunt for secrets in everything that VS Code has written is a test of its own. */
function counted({ passed, failed }: Counts, { finds, filesRead }: SecretHunt, log: Log): Counts {
  const isClean = finds.length === 0 && filesRead > 0;
  log(`  ${isClean ? "✔" : "✖"} no secret is in the ${filesRead} files that VS Code wrote`);
  for (const { place, secret } of finds) log(`    ${secret}: ${place}`);
  return { passed: passed + (isClean ? 1 : 0), failed: failed + (isClean ? 0 : 1) };
}
