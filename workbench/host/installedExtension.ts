import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The files of an extension's folder that are needed at run time. */
const parts =
  /^(?:package\.json|package\.nls.*\.json|dist|media|l10n|README\.md|CHANGELOG\.md|LICENSE|extension\.js)$/u;

/**
 * Puts an extension into the folder of installed extensions, as VS Code would. The folder must not have been used by VS
 * Code, because it only looks for extensions the first time.
 *
 * @returns the folder of the copy
 */
export async function installFromFolder(extensionPath: string, extensionsDir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(extensionPath, "package.json"), "utf8"));
  const target = path.join(extensionsDir, folderName(manifest));
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(extensionPath)) {
    if (parts.test(entry)) await cp(path.join(extensionPath, entry), path.join(target, entry), { recursive: true });
  }
  return target;
}

function folderName(manifest: unknown): string {
  const { publisher, name, version } = (manifest ?? {}) as Record<string, unknown>;
  return `${String(publisher)}.${String(name)}-${String(version)}`;
}
