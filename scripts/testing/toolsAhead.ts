import { findDesktop } from "../../workbench/host/desktop.ts";
import { ensureTool, type Log, needsPackagedBrowser, type ToolName } from "../../tools/toolCache.mjs";

/** What a step works with; a desktop VS Code where there is one or can be. */
export type StepTool = ToolName | "desktop";

/** Installs what steps need while those before them run. */
export class ToolsAhead {
  readonly #ready = new Map<StepTool, Promise<void>>();

  /**
   * Begins with the first of these tools, one after the other: the steps that run meanwhile have work for the
   * processor, too. What cannot be installed is left to the step that needs it, which tries itself and tells why.
   */
  constructor(tools: readonly StepTool[], log: Log, signal: AbortSignal) {
    let before = Promise.resolve();
    for (const tool of new Set(tools)) {
      before = before
        .then(() => prepare(tool, log, signal))
        .catch(() => log(`Ahead of its step, this could not be installed: ${tool}`));
      this.#ready.set(tool, before);
    }
  }

  /** Resolves when these tools are there or could not be installed. */
  async settled(tools: readonly StepTool[]): Promise<void> {
    for (const tool of tools) await this.#ready.get(tool);
  }
}

async function prepare(tool: StepTool, log: Log, signal: AbortSignal): Promise<void> {
  if (tool === "desktop") await findDesktop(log);
  else if (tool !== "browser" || needsPackagedBrowser()) await ensureTool(tool, log, signal);
}
