// Unpacks the browser once, into a folder of the tool's own: the package would do it in the machine's shared temporary
// folder at every first start, where two processes at once meet each other's half-written file.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

const target = path.join(import.meta.dirname, "unpacked");
await mkdir(target, { recursive: true });
process.env.TMPDIR = target;

const { inflate } = await import("@sparticuz/chromium");
const archives = path.join(import.meta.dirname, "node_modules", "@sparticuz", "chromium", "bin");
for (const name of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"]) {
  await inflate(path.join(archives, name));
}

// The package's own list of font folders names places of another kind of machine.
await writeFile(
  path.join(target, "fonts", "fonts.conf"),
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`,
);
