import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** What of an extension's folder runs or is shown. */
const parts =
  /^(?:package\.json|package\.nls.*\.json|dist|media|l10n|README\.md|CHANGELOG\.md|LICENSE|extension\.js)$/u;

/**
 * Puts an extension into the folder of installed extensions as VS Code would unpack it. The folder must not have been
 * used by a VS Code yet: it learns what is installed when it first sees the folder.
 */
export async function installFromFolder(extensionPath: string, extensionsDir: string): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(path.join(extensionPath, "package.json"), "utf8"));
  const target = path.join(extensionsDir, folderName(manifest));
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(extensionPath)) {
    if (parts.test(entry)) await cp(path.join(extensionPath, entry), path.join(target, entry), { recursive: true });
  }
}

function folderName(manifest: unknown): string {
  const { publisher, name, version } = (manifest ?? {}) as Record<string, unknown>;
  return `${String(publisher)}.${String(name)}-${String(version)}`;
}
