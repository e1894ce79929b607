import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import { root } from "./manifestFile.ts";

describe("The files of the package", () => {
  it("are only what runs: no example, documentation, source or test", async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.ok(files.includes("package.json"));
    const others = files.filter((file) => !/^(?:dist|l10n|media)\/|^[^/]+$/.test(file));
    assert.deepEqual(others, []);
    assert.deepEqual(
      files.filter((file) => /^docs\/|\.ts$/.test(file) && !file.endsWith(".d.ts")),
      [],
    );
  });
});
