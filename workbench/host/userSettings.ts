import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** User settings by full name. */
export type Settings = Readonly<Record<string, unknown>>;

/** A workbench without welcome pages, suggestions or network access. */
const quiet: Settings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "npm.fetchOnlinePackageInfo": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/**
 * Writes the settings of a VS Code before it starts. With `trust`, folders open in Restricted Mode without a question.
 * Otherwise every folder is trusted.
 *
 * @param dataDir the folder with `User` and, on a server, `Machine`
 */
export async function writeUserSettings(dataDir: string, trust: boolean, settings: Settings = {}): Promise<void> {
  const all = {
    ...quiet,
    "security.workspace.trust.enabled": trust,
    "security.workspace.trust.startupPrompt": "never",
    ...settings,
  };
  for (const level of ["User", "Machine"]) {
    await mkdir(path.join(dataDir, level), { recursive: true });
    await writeFile(path.join(dataDir, level, "settings.json"), JSON.stringify(all, undefined, 2));
  }
}
