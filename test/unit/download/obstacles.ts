import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, open, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Something that another program put where a file of ours belongs. */
export interface Obstacle {
  readonly what: string;
  /** A folder is never removed: it may be full of somebody's files. */
  readonly isFolder?: true;
  /** Resolves to the file elsewhere that it leads to, if it does. That file contains `secret`. */
  put(path: string, context: TestContext): Promise<string | undefined>;
}

export const secret = "another program's file";

async function elsewhere(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-elsewhere-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** An obstacle that leads nowhere else. */
function local(what: string, put: (path: string, context: TestContext) => Promise<unknown>): Obstacle {
  return { what, put: (path, context) => put(path, context).then(() => undefined) };
}

const folder: Obstacle = { ...local("a folder", (path) => mkdir(path)), isFolder: true };

/** A file that has a length, but takes no space. */
export const hugeFile = local("a file of 8 GiB", async (path) => {
  const file = await open(path, "wx");
  await file.truncate(8 * 1024 ** 3);
  await file.close();
});

/** Everything but ordinary files. On Windows, not everybody can create links, and there are no pipes with paths. */
export const obstacles: readonly Obstacle[] =
  process.platform === "win32"
    ? [folder]
    : [
        folder,
        {
          what: "a link to a file elsewhere",
          async put(path, context) {
            const target = join(await elsewhere(context), "file");
            await writeFile(target, secret);
            await symlink(target, path);
            return target;
          },
        },
        local("a broken link", async (path, context) => symlink(join(await elsewhere(context), "no"), path)),
        local("a link to itself", (path) => symlink(path, path)),
        local("a link to a folder", async (path, context) => symlink(await elsewhere(context), path)),
        local("a link to a device without end", (path) => symlink("/dev/zero", path)),
        local("a pipe", (path) => run("mkfifo", [path])),
        local("a link to a pipe", async (path, context) => {
          const pipe = join(await elsewhere(context), "pipe");
          await run("mkfifo", [pipe]);
          await symlink(pipe, path);
        }),
        local("a socket", async (path, context) => {
          // A socket's own path may only have about a hundred characters.
          const short = join(await elsewhere(context), "socket");
          const server = createServer().listen(short);
          await once(server, "listening");
          context.after(() => server.close());
          await rename(short, path);
        }),
      ];
