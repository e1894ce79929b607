import { gunzipSync } from "node:zlib";

const block = 512;
const regularFile = new Set(["0", "\0"]);

/**
 * The files in one of npm's archives, by their names in the package.
 *
 * @throws Error for an entry that isn't a file, and for a name in a form that npm uses only for very long ones
 */
export function readPackageArchive(archive: Buffer): Map<string, Buffer> {
  const tar = gunzipSync(archive);
  const files = new Map<string, Buffer>();
  let at = 0;
  while (at < tar.length && tar[at] !== 0) {
    const header = tar.subarray(at, at + block);
    const name = text(header, 0, 100);
    const size = Number.parseInt(text(header, 124, 12), 8);
    if (!regularFile.has(header.toString("latin1", 156, 157)) || text(header, 345, 155) !== "" || Number.isNaN(size)) {
      throw new Error(`The archive contains something other than a plain file: ${name}`);
    }
    if (at + block + size > tar.length) throw new Error("The archive is incomplete.");
    // npm puts everything into a folder named "package".
    files.set(name.replace(/^[^/]+\//, ""), tar.subarray(at + block, at + block + size));
    at += block + Math.ceil(size / block) * block;
  }
  return files;
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.toString("utf8", from, from + length);
  const end = field.indexOf("\0");
  return (end === -1 ? field : field.slice(0, end)).trim();
}
