import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import * as v from "valibot";
import { viewIds } from "../../src/vscode/ids.ts";
import { contributed, contributes, manifest, root, settings } from "./manifestFile.ts";

describe("The manifest", () => {
  it("has the identity that others rely on", () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, "task-exports.task-exports");
    assert.equal(manifest.main, "./dist/extension.js");
    assert.equal(manifest.engines.vscode, "^1.105.0");
    assert.equal(manifest.license, "MIT");
    assert.deepEqual(manifest.extensionKind, ["workspace", "ui"]);
  });

  it("begins every id with taskExports", () => {
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    const walkthroughs = contributes.walkthroughs.map(({ id }) => id);
    for (const id of [...contributed, ...Object.keys(settings), ...views, ...walkthroughs])
      assert.match(id, /^taskExports\.\w/);
    assert.deepEqual(views, Object.values(viewIds));
  });

  it("shows icons and pictures that exist", () => {
    const icons = [...Object.values(contributes.views), ...Object.values(contributes.viewsContainers)]
      .flat()
      .map(({ icon }) => icon);
    const pictures = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map(({ media }) => media.svg ?? media.image ?? "(a picture)"),
    );
    const missing = [manifest.icon, ...icons, ...pictures].filter((file) => !existsSync(path.join(root, file)));
    assert.deepEqual(missing, []);
  });

  it("is activated by links and after each start, and otherwise when VS Code derives it", () =>
    // VS Code derives neither. At the start, the extension only looks whether something is watched.
    assert.deepEqual(manifest.activationEvents, ["onStartupFinished", "onUri"]));

  it("keeps an untrusted workspace from choosing where exports go and whom to trust", () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, "limited");
    assert.equal(virtualWorkspaces.supported, "limited");
    const restricted = untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(
      restricted.filter((name) => !(name in settings)),
      [],
    );
    for (const name of ["downloadFolder", "fileNameTemplate", "network.caFile"]) {
      assert.ok(restricted.includes(`taskExports.${name}`), name);
    }
  });

  it("pins a packager that runs on the Node.js that the README requires", async () => {
    const packager: unknown = JSON.parse(
      await readFile(path.join(root, "node_modules/@vscode/vsce/package.json"), "utf8"),
    );
    const { version, engines } = v.parse(
      v.object({ version: v.string(), engines: v.object({ node: v.string() }) }),
      packager,
    );
    assert.equal(manifest.devDependencies["@vscode/vsce"], version);
    const readme = await readFile(path.join(root, "README.md"), "utf8");
    const required = Number(/Node(?:\.js)? (\d+)/.exec(readme)?.[1]);
    assert.ok(Number(/\d+/.exec(engines.node)?.[0]) <= required, `${engines.node} and ${required}`);
  });

  it("invents no repository, home page or address for bugs", () => {
    for (const field of ["repository", "homepage", "bugs", "badges", "qna", "sponsor"])
      assert.equal(field in manifest, false, field);
  });
});
