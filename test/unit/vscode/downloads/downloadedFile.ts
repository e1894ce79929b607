import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { createDigester } from "../../../../src/download/digest/digester.ts";
import type { DownloadedExport } from "../../../../src/vscode/downloads/downloadHistory.ts";
import { OwnFiles } from "../../../../src/vscode/downloads/ownFiles.ts";
import { sha256 } from "../../download/faultyStore.ts";

export const content = "id,name\n1,Ada\n";
export const task = { accountId: "account-1", taskId: "12345" };

/** A downloaded file on the disk, and what the history knows of it. */
export async function downloadedFile(context: TestContext, change: Partial<DownloadedExport> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-own-"));
  const digester = createDigester(new URL("../../../../src/download/digest/digestWorker.ts", import.meta.url));
  context.after(async () => {
    await digester.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const path = join(folder, "a.csv");
  await writeFile(path, content);
  const record: DownloadedExport = {
    ...task,
    uri: pathToFileURL(path).href,
    index: 0,
    name: "a.csv",
    bytes: Buffer.byteLength(content),
    sha256: sha256(Buffer.from(content)),
    verified: "length",
    skipped: false,
    at: new Date().toISOString(),
    ...change,
  };
  const ofTask = (): DownloadedExport[] => [record];
  return { folder, path, record, ofTask, own: new OwnFiles({ ofTask }, digester) };
}
