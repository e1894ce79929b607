import { stat } from "node:fs/promises";
import type { Digester } from "./digester.ts";

/** The SHA-256 of a file, in lower-case hex. Rejects with the error of the file system, or `cancelled`. */
export async function sha256Of(path: string, digester: Digester, signal: AbortSignal): Promise<string> {
  const { size } = await stat(path);
  const digest = digester.follow(path, ["sha256"]);
  try {
    digest.written(size);
    return (await digest.finish(size, signal)).sha256 ?? "";
  } finally {
    digest.dispose();
  }
}
