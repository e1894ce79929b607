/** Packages the extension as a VSIX and shows what is in it: `npm run package`. */
import process from "node:process";
import { packageExtension } from "./packaging/packageExtension.ts";

try {
  const { file, billOfMaterials, bytes, listing } = await packageExtension();
  console.log(listing.join("\n"));
  console.log(`\n${file}\n${listing.length} files, ${(bytes / 1000).toFixed(1)} KB\n${billOfMaterials}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
