import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { packagedReadme } from "../../../../scripts/packaging/packagedReadme.ts";

describe("The README in the package", () => {
  it("has no pictures, which the extension's page could not show", async () => {
    const readme = await readFile(path.resolve(import.meta.dirname, "../../../../README.md"), "utf8");
    const packaged = packagedReadme(readme);
    assert.match(readme, /!\[/);
    assert.doesNotMatch(packaged, /!\[|<img|media\//);
    for (const heading of ["Install", "Get started", "Settings", "Troubleshooting"]) {
      assert.match(packaged, new RegExp(`^## ${heading}$`, "m"));
    }
    assert.doesNotMatch(packaged, /npm start/);
  });

  it("leaves no gap where a picture was", () => {
    assert.equal(
      packagedReadme("Before.\n\n![Rows](media/rows.png)\n\nAfter.\n"),
      "Before.\n\nAfter.\n\nLicense: MIT.\n",
    );
  });

  it("keeps links within the page and to the web", () => {
    const links = "See [settings](#settings) and [VS Code](https://code.visualstudio.com).";
    assert.equal(packagedReadme(`${links}\n`), `${links}\n\nLicense: MIT.\n`);
  });

  it("is refused if it links to a file", () => {
    assert.throws(() => packagedReadme("See [errors](docs/errors.md).\n"), /docs\/errors\.md/);
  });
});
