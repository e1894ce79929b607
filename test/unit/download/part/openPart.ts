import { join } from "node:path";
import type { TestContext } from "node:test";
import { CreatedFolders } from "../../../../src/download/part/createdFolders.ts";
import { type PartBeginning, PartFile } from "../../../../src/download/part/partFile.ts";
import { partPaths } from "../../../../src/download/part/partPaths.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

export const partOwner = { accountId: "account-1", taskId: "12345", fileIndex: 0, name: "a.csv" };

/** An empty part of a file on the disk, closed and removed with the test. */
export async function openPart(context: TestContext): Promise<PartFile> {
  const paths = partPaths(join(await temporaryFolder(context), "a.csv"), partOwner);
  const part = await PartFile.open(paths, partOwner, new CreatedFolders(paths.folder));
  context.after(() => part.close());
  return part;
}

/** A part with so many bytes, which were received from a store as told. */
export async function partWith(
  context: TestContext,
  bytes: number,
  beginning: Partial<PartBeginning> = {},
): Promise<PartFile> {
  const part = await openPart(context);
  await part.begin({ identity: { etag: '"v1"' }, decoded: false, checksums: [], ...beginning });
  await part.append([Buffer.alloc(bytes, "row\n")]);
  return part;
}
