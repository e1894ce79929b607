import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { OwnFolders } from "../../../../src/vscode/downloads/ownFolders.ts";
import { PlainMemento } from "../plainMemento.ts";

describe("A folder that a download created", { timeout: 60_000 }, () => {
  it("is removed with the last file in it, and the folder around it stays", async (context) => {
    const memento = new PlainMemento();
    const folders = new OwnFolders(memento);
    const root = await mkdtemp(join(tmpdir(), "task-exports-folders-"));
    context.after(() => rm(root, { recursive: true, force: true }));
    const [outer, inner] = [join(root, "2026"), join(root, "2026", "12345")];
    await mkdir(inner, { recursive: true });
    folders.follow({
      listen: (listener) => {
        const arrived = { kind: "arrived", folders: [outer, inner] };
        listener({ download: undefined, event: arrived } as never);
        return { dispose: () => undefined };
      },
    });
    await writeFile(join(inner, "b.csv"), "b");
    await folders.removeEmptyAround(join(inner, "a.csv"));
    assert.ok(existsSync(inner), "there is a file in it");
    await rm(join(inner, "b.csv"));
    await folders.removeEmptyAround(join(inner, "b.csv"));
    assert.deepEqual([existsSync(outer), existsSync(root)], [false, true]);
    await mkdir(inner, { recursive: true });
    await folders.removeEmptyAround(join(inner, "b.csv"));
    assert.ok(existsSync(inner), "somebody else created it since");
  });
});
