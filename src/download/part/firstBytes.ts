import { open } from "node:fs/promises";

/** The beginning of a file: so many bytes, or fewer where it ends before. Rejects with the system's own error. */
export async function firstBytes(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
