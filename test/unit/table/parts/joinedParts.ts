import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { JoinedFiles } from "../../../../src/table/parts/joinedFiles.ts";
import { DiskPart } from "./diskPart.ts";

let folder = "";

before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "task-exports-parts-"));
});

after(() => rmSync(folder, { recursive: true }));

export interface Joined {
  readonly files: JoinedFiles;
  readonly parts: readonly DiskPart[];
}

let made = 0;

/** Files of the given content; undefined for one that is not there. */
export function joined(contents: Readonly<Record<string, string | Uint8Array | undefined>>): Joined {
  const own = `${made++}-`;
  const parts = Object.entries(contents).map(([name, content]) => new DiskPart(folder, `${own}${name}`, content));
  const named = parts.map((part) => ({ name: part.name.slice(own.length), path: part.path, file: part.file }));
  return { files: new JoinedFiles(named), parts };
}
