import { inflateRawSync } from "node:zlib";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endSize = 22;
const entrySize = 46;
const localSize = 30;
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;

/**
 * The files in a ZIP archive, by name, as its directory lists them. A file is unpacked when it is asked for.
 *
 * @throws Error if the directory can't be read
 */
export function readZip(zip: Buffer): Map<string, () => Buffer> {
  const end = endOfDirectory(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const files = new Map<string, () => Buffer>();
  for (let entry = 0; entry < count; entry += 1) {
    if (zip.readUInt32LE(at) !== entryMark) throw new Error("The directory of the ZIP archive is damaged.");
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString("utf8", at + entrySize, at + entrySize + nameLength);
    if (files.has(name)) throw new Error(`The ZIP archive contains ${name} twice.`);
    files.set(name, () => unpack(zip, { local, method, size }));
    at += entrySize + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

function endOfDirectory(zip: Buffer): number {
  for (let at = zip.length - endSize; at >= Math.max(0, zip.length - endSize - longestComment); at -= 1) {
    if (zip.readUInt32LE(at) === endMark) return at;
  }
  throw new Error("This is not a ZIP archive.");
}

function unpack(zip: Buffer, { local, method, size }: { local: number; method: number; size: number }): Buffer {
  const from = local + localSize + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(from, from + size);
  if (method === stored) return bytes;
  if (method === deflated) return inflateRawSync(bytes);
  throw new Error(`A file in the ZIP archive is packed with the unknown method ${method}.`);
}
