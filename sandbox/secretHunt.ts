import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Sandbox } from "./sandbox.ts";

/** A signature in a URL of the store, plain or encoded in another URL. */
const signature = /sig(?:=|%3D)[\w+/%-]{20,}/i;

/** Shorter values (a user id, a chain) also occur by chance. */
const shortestSecret = 12;

/** Where a secret was found and its kind, but never the secret itself. */
export interface Find {
  place: string;
  secret: string;
}

/** Searches everything that a program wrote for the sandbox's credentials and for signed URLs. */
export class SecretHunt {
  readonly #secrets: ReadonlyMap<string, string>;
  readonly #finds: Find[] = [];
  /** How many bytes were searched. A search of nothing proves nothing. */
  filesRead = 0;

  constructor(sandbox: Sandbox) {
    this.#secrets = plantedSecrets(sandbox);
  }

  get finds(): readonly Find[] {
    return this.#finds;
  }

  /** Searches every file in a folder and its subfolders. */
  async files(folder: string): Promise<void> {
    for (const file of await filesBelow(folder)) {
      this.#finds.push(...findIn(file, await readFile(file), this.#secrets));
      this.filesRead += 1;
    }
  }

  text(place: string, text: string): void {
    this.#finds.push(...findIn(place, Buffer.from(text), this.#secrets));
  }
}

/** Every value of every credential of the sandbox, by its name. */
function plantedSecrets({ spaaza, textReveal }: Sandbox): Map<string, string> {
  const credentials = [spaaza.privileged, spaaza.admin, textReveal.apiKey, textReveal.accessToken];
  const values = credentials.flatMap((credential) => Object.entries(credential));
  const long = values.filter(([, value]) => value.length >= shortestSecret);
  return new Map([...long, ["granted token", "sandbox-granted-token-"]]);
}

function findIn(place: string, content: Buffer, secrets: ReadonlyMap<string, string>): Find[] {
  const found = [...secrets].filter(([, value]) => holds(content, value)).map(([secret]) => ({ place, secret }));
  return signature.test(content.toString("latin1")) ? [...found, { place, secret: "signed link" }] : found;
}

/** The forms in which text may be stored: plain, in UTF-16, and in base64 at any offset. */
function holds(content: Buffer, value: string): boolean {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from(" ".repeat(shift) + value).toString("base64");
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  return (
    content.includes(value) || content.includes(value, 0, "utf16le") || base64.some((text) => content.includes(text))
  );
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
