import { access } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { ensureTool, type Log, needsPackagedBrowser } from "../../tools/toolCache.mjs";

/** Supported installed browsers, in the order in which they are tried. */
const channels = ["chrome", "msedge", "chromium"] as const;

/** The program that launched the browser handles signals. The browser ends with that program. */
const leaveSignals: LaunchOptions = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/**
 * Tests run without a graphics card. Chromium's own software renderer is three times faster than an emulated graphics
 * card.
 */
const withoutGraphicsCard = ["--disable-gpu", "--disable-software-rasterizer"];

/**
 * Starts a headless browser: the one in TASK_EXPORTS_BROWSER; on Linux x64 the packaged one, which is the same on every
 * machine; otherwise an installed Chrome, Edge or Chromium.
 */
export async function launchBrowser(log: Log = () => undefined): Promise<Browser> {
  const given = process.env["TASK_EXPORTS_BROWSER"];
  if (given) return chromium.launch({ executablePath: given, ...installedOptions() });
  return needsPackagedBrowser() ? launchPackaged(log) : launchInstalled();
}

async function launchPackaged(log: Log): Promise<Browser> {
  const folder = path.join(await ensureTool("browser", log), "unpacked");
  const options: LaunchOptions = {
    ...leaveSignals,
    executablePath: path.join(folder, "chromium"),
    args: ["--no-sandbox", "--headless=shell", "--no-zygote", ...withoutGraphicsCard],
    env: await fontEnvironment(folder),
  };
  try {
    return await chromium.launch(options);
  } catch (error) {
    if (!String(error).includes("error while loading shared libraries")) throw error;
    // Minimal systems lack some of the libraries, which the package includes.
    return chromium.launch({
      ...options,
      env: { ...options.env, LD_LIBRARY_PATH: path.join(folder, "al2023", "lib") },
    });
  }
}

/** Without any fonts, the workbench would show no text. */
async function fontEnvironment(folder: string): Promise<NonNullable<LaunchOptions["env"]>> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined));
  const hasFonts = await access("/etc/fonts/fonts.conf").then(
    () => true,
    () => false,
  );
  return hasFonts ? inherited : { ...inherited, FONTCONFIG_FILE: path.join(folder, "fonts", "fonts.conf") };
}

async function launchInstalled(): Promise<Browser> {
  const failures: unknown[] = [];
  for (const channel of channels) {
    try {
      return await chromium.launch({ channel, ...installedOptions() });
    } catch (error) {
      failures.push(error);
    }
  }
  throw new AggregateError(
    failures,
    "No browser was found. Install Chrome, Edge or Chromium, or give one's path in TASK_EXPORTS_BROWSER.",
  );
}

function installedOptions(): LaunchOptions {
  // Chromium refuses to run as root with its sandbox on.
  return { ...leaveSignals, chromiumSandbox: process.getuid?.() !== 0 };
}
