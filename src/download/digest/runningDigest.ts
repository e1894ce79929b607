import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

import { crc32c } from "./crc32c.ts";
import { Crc64Nvme } from "./crc64Nvme.ts";
import type { DigestAlgorithm } from "./digestMessages.ts";

/** A digest that gets bytes in order and is read once. */
export interface RunningDigest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex. */
  hex(): string;
}

export function startDigest(algorithm: DigestAlgorithm): RunningDigest {
  switch (algorithm) {
    case "crc32":
      return runningCrc32(crc32);
    case "crc32c":
      return runningCrc32(crc32c);
    case "crc64nvme":
      return new Crc64Nvme();
    case "md5":
    case "sha1":
    case "sha256": {
      const hash = createHash(algorithm);
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
    }
  }
}

function runningCrc32(next: (bytes: Uint8Array, before: number) => number): RunningDigest {
  let value = 0;
  return {
    update: (bytes) => {
      value = next(bytes, value);
    },
    hex: () => value.toString(16).padStart(8, "0"),
  };
}
