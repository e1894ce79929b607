/**
 * This server wants its file watcher from a repository, which takes git and more than the npm registry. The published
 * package does the same, so it is installed instead.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const folder = path.join(import.meta.dirname, "node_modules", "code-server", "lib", "vscode");
const watcher = "@parcel/watcher";
const version = "2.5.1";

await edit("package.json", ({ dependencies }) => ({ dependencies: { ...dependencies, [watcher]: version } }));
await edit("npm-shrinkwrap.json", ({ packages }) => {
  const { "": own, [`node_modules/${watcher}`]: fromRepository, ...others } = packages;
  if (own === undefined || fromRepository === undefined) throw new Error(`There is no ${watcher} to replace.`);
  own.dependencies[watcher] = version;
  return { packages: { "": own, ...others } };
});

/**
 * @param {string} name
 * @param {(content: { dependencies: Record<string, string>, packages: Record<string, { dependencies: Record<string, string> }> }) => object} change
 */
async function edit(name, change) {
  const file = path.join(folder, name);
  const content = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...content, ...change(content) }));
}
