import { spawn } from "node:child_process";
import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { listFiles, PackageManager } from "@vscode/vsce";
import { root } from "../../project/checkout.ts";
import { runProgram } from "../../project/program.ts";
import { publishTypes } from "./publishTypes.ts";

/** The largest package that is accepted, in bytes. */
export const packageLimit = 500_000;

export interface ExtensionPackage {
  /** The VSIX; an absolute path. */
  file: string;
  bytes: number;
  /** What is in it, as paths inside the extension. */
  listing: string[];
}

/**
 * Builds the extension for production and packages it.
 * @throws when the build fails, when the packager warns of anything, or when the package is too large
 */
export async function packageExtension(): Promise<ExtensionPackage> {
  if ((await runProgram(["esbuild.mjs", "--production"])) !== 0) throw new Error("The extension could not be built.");
  await publishTypes(path.join(root, "dist", "task-exports.d.ts"));
  const file = path.join(root, "out", `task-exports-${await extensionVersion()}.vsix`);
  await mkdir(path.dirname(file), { recursive: true });
  const output = await runPackager(file);
  // Each of the packager's warnings can be mended; the one that cannot yet (no repository) is switched off by name.
  if (output.includes(" WARNING ")) throw new Error(`The packager warns:\n${output}`);

  const { size: bytes } = await stat(file);
  if (bytes >= packageLimit)
    throw new Error(`The package has ${bytes} bytes; ${packageLimit} is the limit.\n${output}`);
  return { file, bytes, listing: await listFiles({ cwd: root, packageManager: PackageManager.None }) };
}

async function extensionVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) {
    throw new Error("package.json has no version.");
  }
  return String(manifest.version);
}

async function runPackager(file: string): Promise<string> {
  const packager = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
  const args = [
    packager,
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--out",
    file,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (exitCode !== 0) throw new Error(`The packager failed:\n${output}`);
  return output;
}
