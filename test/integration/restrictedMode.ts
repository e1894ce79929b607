import { runMocha } from "../../workbench/host/mochaRun.ts";

/** The suite for a workspace that the person does not trust. */
export function run(): Promise<void> {
  return runMocha(() => import("./restrictedMode.test.ts"), { timeout: 60_000 });
}
