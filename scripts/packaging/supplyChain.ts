import type { BundledPackage } from "./bundledPackages.ts";

const rule = "-".repeat(80);

/** The notices that the licenses of bundled packages require, as a text file. */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  const parts = packages.map(
    ({ name, version, license, licenseText }) =>
      `${rule}\n${name} ${version} (${license})\n${rule}\n\n${licenseText}\n`,
  );
  return `Task Exports contains code of the following packages.\n\n${parts.join("\n")}`;
}

/**
 * The software bill of materials of a package, in CycloneDX 1.6. It contains neither a time nor a random number, so the
 * same sources result in the same file.
 */
export function cycloneDx(product: { name: string; version: string }, packages: readonly BundledPackage[]): string {
  const productRef = purl(product.name, product.version);
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": productRef,
        name: product.name,
        version: product.version,
        licenses: [{ license: { id: "MIT" } }],
      },
    },
    components: packages.map(component),
    dependencies: [{ ref: productRef, dependsOn: packages.map(({ name, version }) => purl(name, version)) }],
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

function component({ name, version, license, integrity, resolved }: BundledPackage): object {
  return {
    type: "library",
    "bom-ref": purl(name, version),
    name,
    version,
    purl: purl(name, version),
    licenses: [{ license: { id: license } }],
    hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.hash, "base64").toString("hex") }],
    externalReferences: resolved === "" ? [] : [{ type: "distribution", url: resolved }],
  };
}

function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
