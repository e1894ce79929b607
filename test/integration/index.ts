import { runMocha } from "../../workbench/host/mochaRun.ts";

/** The suite for a trusted workspace. Tests that need no account come first: the others clean up after themselves. */
export function run(): Promise<void> {
  return runMocha(
    async () => {
      await import("./contract.test.ts");
      await import("./accounts.test.ts");
      await import("./treeRows.test.ts");
      await import("./downloadRows.test.ts");
      await import("./spokenRows.test.ts");
      await import("./tasks.test.ts");
      await import("./create.test.ts");
      await import("./download.test.ts");
      await import("./watch.test.ts");
      await import("./table.test.ts");
      await import("./growingTable.test.ts");
      await import("./engine.test.ts");
      await import("./query.test.ts");
      await import("./links.test.ts");
      await import("./builds.test.ts");
      await import("./tools.test.ts");
      await import("./exampleExtension.test.ts");
    },
    { timeout: 60_000 },
  );
}
