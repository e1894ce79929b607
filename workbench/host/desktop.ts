import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { downloadAndUnzipVSCode, ProgressReportStage } from "@vscode/test-electron";
import { cacheFolder, type Log } from "../../tools/toolCache.mjs";

/** A desktop VS Code, and how to start it. */
export interface DesktopVscode {
  /** The program to start, and arguments before VS Code's own. */
  command: string;
  leadingArgs: readonly string[];
}

/** How long to wait if the download can't be reached. */
const reachLimitMs = 5000;

/** The path of VS Code's program relative to the folder of its `code` command, for each kind of installation. */
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
 * The desktop VS Code of this machine: the one in TASK_EXPORTS_VSCODE, the one with a `code` command on the search
 * path, or the current stable one, which is downloaded. Undefined if there is none, if it can't run or there is no
 * screen, and if TASK_EXPORTS_VSCODE is `none` or `oldest`.
 */
export async function findDesktop(log: Log): Promise<DesktopVscode | undefined> {
  const given = process.env["TASK_EXPORTS_VSCODE"];
  const screen = given === "none" || given === "oldest" ? undefined : findScreen();
  if (screen === undefined) return undefined;

  if (given) {
    const program = programOf(given) ?? given;
    if (!canRun(program)) throw new Error(`TASK_EXPORTS_VSCODE does not name a VS Code that runs: ${given}`);
    return screen(program);
  }
  const program = installedProgram() ?? (await download(log));
  return program !== undefined && canRun(program) ? screen(program) : undefined;
}

/** How a program gets a screen: the existing one, or one in memory. Undefined if there is neither. */
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

/** The program of a `code` command. Commands of a remote window or a server have none. */
function programOf(command: string): string | undefined {
  if (!existsSync(command) || path.basename(path.dirname(realpathSync(command))) !== "bin") return undefined;
  const folder = path.dirname(realpathSync(command));
  return programsBesideCommand.map((program) => path.resolve(folder, program)).find((program) => existsSync(program));
}

/** Whether the system has all libraries of the program. Minimal Linux systems lack those for windows. */
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
    // The download can't be reached. VS Code's server from npm is used instead.
    return undefined;
  }
}
