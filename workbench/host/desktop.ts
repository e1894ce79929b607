import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { downloadAndUnzipVSCode, ProgressReportStage } from "@vscode/test-electron";
import { cacheFolder, type Log } from "../../tools/toolCache.mjs";

/** A VS Code with windows of its own, and how it is started here. */
export interface DesktopVscode {
  /** Start this, with these arguments before VS Code's own. */
  command: string;
  leadingArgs: readonly string[];
}

/** How long a machine without a way to the download may keep everybody waiting. */
const reachLimitMs = 5000;

/** Where VS Code's program lies, seen from the folder of its `code` command; one for each kind of installation. */
const programsBesideCommand = [
  "../code",
  "../code-insiders",
  "../Code.exe",
  "../Code - Insiders.exe",
  "../../../MacOS/Code",
  "../../../MacOS/Electron",
];
const commonCommands = [
  "/snap/code/current/usr/share/code/bin/code",
  "/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code",
];

/**
 * The desktop VS Code of this machine: the one that TASK_EXPORTS_VSCODE names, the one whose `code` is on the search
 * path, or the current stable one, downloaded. Undefined where there is none, where it cannot run or has no screen to
 * run on, and where TASK_EXPORTS_VSCODE is `none`.
 */
export async function findDesktop(log: Log): Promise<DesktopVscode | undefined> {
  const given = process.env["TASK_EXPORTS_VSCODE"];
  const screen = given === "none" ? undefined : findScreen();
  if (screen === undefined) return undefined;

  if (given) {
    const program = programOf(given) ?? given;
    if (!canRun(program)) throw new Error(`TASK_EXPORTS_VSCODE does not name a VS Code that runs: ${given}`);
    return screen(program);
  }
  const program = installedProgram() ?? (await download(log));
  return program !== undefined && canRun(program) ? screen(program) : undefined;
}

/** How a program gets a screen: the person's own, else one in memory; undefined where there is neither. */
function findScreen(): ((program: string) => DesktopVscode) | undefined {
  const screens = [process.env["DISPLAY"], process.env["WAYLAND_DISPLAY"]];
  if (process.platform !== "linux" || screens.some((screen) => screen))
    return (program) => ({ command: program, leadingArgs: [] });
  const [virtualScreen] = onSearchPath("xvfb-run");
  if (virtualScreen === undefined) return undefined;
  return (program) => ({ command: virtualScreen, leadingArgs: ["-a", program] });
}

function installedProgram(): string | undefined {
  const commands = [...onSearchPath(process.platform === "win32" ? "code.cmd" : "code"), ...commonCommands];
  for (const command of commands) {
    const program = existsSync(command) ? programOf(command) : undefined;
    if (program) return program;
  }
  return undefined;
}

function onSearchPath(name: string): string[] {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, name)).filter((file) => existsSync(file));
}

/** The program behind a `code` command. Commands of a remote window or of a server have none beside them. */
function programOf(command: string): string | undefined {
  if (!existsSync(command) || path.basename(path.dirname(realpathSync(command))) !== "bin") return undefined;
  const folder = path.dirname(realpathSync(command));
  return programsBesideCommand.map((program) => path.resolve(folder, program)).find((program) => existsSync(program));
}

/** Whether the system has all that the program is linked with; a bare Linux lacks the libraries for windows. */
function canRun(program: string): boolean {
  const trial = spawnSync(program, ["-e", "0"], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: "ignore",
  });
  return trial.status === 0;
}

async function download(log: Log): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({
      version: "stable",
      cachePath: path.join(cacheFolder(), "vscode-desktop"),
      timeout: reachLimitMs,
      reporter: {
        report: ({ stage }) => {
          if (stage === ProgressReportStage.Downloading) log("Downloading the current desktop VS Code");
        },
        error: () => undefined,
      },
    });
  } catch {
    // No way to the download from here: VS Code's server from npm takes its place.
    return undefined;
  }
}
