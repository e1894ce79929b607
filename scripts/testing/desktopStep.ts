import { findDesktop } from "../../workbench/host/desktop.ts";
import { runSuites } from "./integrationStep.ts";
import type { TestStep } from "./steps.ts";

const noDesktop = `There is no desktop VS Code that can run here, or no screen for it. This step needs both.
Set TASK_EXPORTS_VSCODE to the program or the "code" command of a desktop VS Code, and run it where windows can be shown.`;

/**
 * The suites of the extension host in a desktop VS Code, whose Electron treats native libraries and processes differently
 * than Node.js does. The step "integration" uses VS Code's server where there is no desktop; this one fails there.
 */
export const desktopStep: TestStep = {
  name: "desktop",
  onRequest: true,
  needs: ["build"],
  tools: ["azurite", "desktop"],
  jobs: [
    async (write) => {
      const desktop = await findDesktop((line) => write(`${line}\n`));
      if (desktop === undefined) {
        write(`${noDesktop}\n`);
        return { passed: 0, failed: 1 };
      }
      write(`${[desktop.command, ...desktop.leadingArgs].join(" ")}\n`);
      return runSuites([{ name: "index", restricted: false }], write);
    },
  ],
};
