import { sizeOfOwnFile } from "../../disk/ordinaryFile.ts";
import type { Digester } from "./digester.ts";

/**
 * The SHA-256 of a file, in lower-case hex.
 *
 * @throws ExportError `notWritable` if it is not an ordinary file, `cancelled`; errors of the file system.
 */
export async function sha256Of(path: string, digester: Digester, signal: AbortSignal): Promise<string> {
  const size = await sizeOfOwnFile(path);
  const digest = digester.follow(path, ["sha256"]);
  try {
    digest.written(size);
    return (await digest.finish(size, signal)).sha256 ?? "";
  } finally {
    digest.dispose();
  }
}
