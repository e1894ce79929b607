import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";
import * as v from "valibot";
import { userAgent } from "../../../src/model/product.ts";

const manifest = new URL("../../../package.json", import.meta.url);

it("the extension names itself to servers with its own version", async () => {
  const { version } = v.parse(v.object({ version: v.string() }), JSON.parse(await readFile(manifest, "utf8")));
  assert.equal(userAgent, `Task-Exports/${version}`);
});
