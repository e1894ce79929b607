import { openChosenFile } from "../../disk/ordinaryFile.ts";

/** The first bytes of a file, or fewer if the file is shorter. Rejects with the error of the file system. */
export async function firstBytes(path: string, bytes: number): Promise<Buffer> {
  const handle = await openChosenFile(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
