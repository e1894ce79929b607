import { spawn } from "node:child_process";
import process from "node:process";

/** Opens a URL in the default browser, if there is a screen. Otherwise the printed URL has to be enough. */
export function openInBrowser(url: string): void {
  const command = openCommand(url);
  if (!command) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: "ignore" });
  child.once("error", () => {
    // There is no such program. The URL is printed in any case.
  });
  child.unref();
}

function openCommand(url: string): [string, ...string[]] | undefined {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return (process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]) ? ["xdg-open", url] : undefined;
}
