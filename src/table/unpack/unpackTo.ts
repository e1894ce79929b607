import { basename } from "node:path";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { t } from "@vscode/l10n";
import { keepingReserve } from "../../disk/freeSpace.ts";
import { ExportError } from "../../model/exportError.ts";
import { systemCode } from "../../model/systemCode.ts";

const chunkBytes = 1024 * 1024;
const fullCodes = new Set(["ENOSPC", "EDQUOT"]);

/**
 * Unpacks a gzip file of any size into a new file for its owner alone.
 *
 * @param onWritten called with the number of bytes that can be read, after each chunk
 * @throws ExportError `truncated` if the archive is incomplete or damaged, `diskFull`, `cancelled`; errors of the file
 *   system
 */
export async function unpackTo(
  from: string,
  to: string,
  onWritten: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const target = (await open(to, "wx", 0o600)).createWriteStream({ highWaterMark: chunkBytes });
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk);
      onWritten(target.bytesWritten);
    },
  });
  try {
    const source = createReadStream(from, { highWaterMark: chunkBytes });
    const gunzip = createGunzip({ chunkSize: chunkBytes });
    await pipeline(source, gunzip, keepingReserve(to), counting, target, { signal });
  } catch (error) {
    throw unpackError(error, from);
  } finally {
    onWritten(target.bytesWritten);
  }
}

function unpackError(error: unknown, path: string): unknown {
  const code = systemCode(error) ?? "";
  if (fullCodes.has(code)) {
    const message = t("The disk is full, so {0} can't be unpacked. Free some space, then reload.", basename(path));
    return new ExportError("diskFull", message, { details: { path }, cause: error });
  }
  if (!code.startsWith("Z_")) return error;
  const message = t("{0} is incomplete or damaged. Rows after the damage can't be read.", basename(path));
  return new ExportError("truncated", message, { details: { path }, cause: error });
}
