import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createDigester } from "../../../../src/download/digest/digester.ts";
import { sha256Of } from "../../../../src/download/digest/sha256Of.ts";
import { temporaryFolder } from "../part/temporaryFolder.ts";

const { signal } = new AbortController();

describe("the SHA-256 of a file", () => {
  it("is that of its bytes", async (context) => {
    const digester = createDigester(new URL("../../../../src/download/digest/digestWorker.ts", import.meta.url));
    context.after(() => digester.dispose());
    const path = join(await temporaryFolder(context), "a.csv");
    for (const content of ["abc", ""]) {
      await writeFile(path, content);
      assert.equal(await sha256Of(path, digester, signal), createHash("sha256").update(content).digest("hex"));
    }
    await assert.rejects(sha256Of(path, digester, AbortSignal.abort()), { code: "cancelled" });
    const linked = `${path}.link`;
    await symlink(path, linked);
    await assert.rejects(sha256Of(linked, digester, signal), { code: "notWritable" });
  });

  it("is asked for once, and what it takes is given back even if it fails", async (context) => {
    const path = join(await temporaryFolder(context), "a.csv");
    await writeFile(path, "abc");
    const did: unknown[] = [];
    const digest = {
      written: (end: number) => did.push(["written", end]),
      restart: () => did.push("restart"),
      finish: (total: number) => {
        did.push(["finish", total]);
        return Promise.reject(new Error("broken"));
      },
      dispose: () => did.push("dispose"),
    };
    const digester = { follow: () => digest, dispose: () => Promise.resolve() };
    await assert.rejects(sha256Of(path, digester, signal), /broken/);
    assert.deepEqual(did, [["written", 3], ["finish", 3], "dispose"]);
  });
});
