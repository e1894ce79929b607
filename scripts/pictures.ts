/**
 * Makes the pictures of the README in a real VS Code with the sandbox: `npm run pictures`. A name makes one of them:
 * `npm run pictures -- download`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { root } from "../project/checkout.ts";
import { runProgram } from "../project/program.ts";
import type { Workbench } from "../workbench/page/workbench.ts";
import { lengthOf } from "./pictures/film.ts";
import { encodeGif } from "./pictures/gif.ts";
import { filmMainJob } from "./pictures/mainJob.ts";
import { openSession } from "./pictures/session.ts";
import { takeTasksView, takeDetail, takeSecret, takeTable } from "./pictures/stills.ts";

const folder = path.join(root, "media", "readme");
/** Pages load a picture of this size at once. */
const largestFilm = 2_000_000;

/** A picture, and how high it is. Each is made in a workbench of its own. */
interface ReadmePicture {
  readonly height: number;
  readonly make: (workbench: Workbench) => Promise<Uint8Array>;
}

/** By the name of the file. */
const pictures: Readonly<Record<string, ReadmePicture>> = {
  "download.gif": { height: 560, make: makeFilm },
  "tasks-view.png": { height: 440, make: takeTasksView },
  "secret.png": { height: 300, make: takeSecret },
  "table.png": { height: 440, make: takeTable },
  "detail.png": { height: 440, make: takeDetail },
};

async function makeFilm(workbench: Workbench): Promise<Uint8Array> {
  const film = await filmMainJob(workbench);
  const gif = encodeGif(film);
  console.log(`${film.length} frames, ${(lengthOf(film) / 1000).toFixed(1)} s`);
  if (gif.length > largestFilm) throw new Error(`The film has ${gif.length} bytes; ${largestFilm} is the limit.`);
  return gif;
}

async function main(names: readonly string[]): Promise<void> {
  const chosen = Object.entries(pictures).filter(
    ([file]) => names.length === 0 || names.includes(path.parse(file).name),
  );
  if (chosen.length === 0) {
    throw new Error(`There is no such picture. There are: ${Object.keys(pictures).join(", ")}`);
  }
  if ((await runProgram(["esbuild.mjs"])) !== 0) throw new Error("The extension could not be built.");
  await mkdir(folder, { recursive: true });
  for (const [name, { height, make }] of chosen) {
    const workbench = await openSession(height);
    try {
      const bytes = await make(workbench);
      await writeFile(path.join(folder, name), bytes);
      console.log(`${path.join(folder, name)}: ${(bytes.length / 1000).toFixed(0)} KB`);
    } finally {
      await workbench.close();
    }
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
