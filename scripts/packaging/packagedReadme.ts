/**
 * The README for the extension's page in VS Code. The page shows only pictures and links with a web address, and this
 * project has none yet: pictures would be broken and links dead. So pictures and the section for developers are left out.
 * @throws if a link to a file of the checkout remains
 */
export function packagedReadme(readme: string): string {
  const [forUsers = ""] = readme.split(/^## Development$/m);
  const text = forUsers
    .replaceAll(/^!\[[^\]]*\]\([^)]*\)\n+/gm, "")
    .trimEnd()
    .concat("\n\nLicense: MIT.\n");
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  const dead = links.filter((target) => !target.startsWith("#") && !target.startsWith("https://"));
  if (dead.length > 0)
    throw new Error(`The README links to files that the extension's page can't open: ${dead.join(", ")}`);
  return text;
}
