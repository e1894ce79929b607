/** The kinds of computers that there are packages with the query engine for, as VS Code's galleries name them. */
export const targets = [
  "linux-x64",
  "linux-arm64",
  "alpine-x64",
  "alpine-arm64",
  "darwin-x64",
  "darwin-arm64",
  "win32-x64",
  "win32-arm64",
] as const;

export type Target = (typeof targets)[number];

/** The npm package that contains the engine's native library for a target. */
export function enginePackage(target: Target): string {
  // Alpine is VS Code's name for every Linux with musl instead of glibc.
  const name = target.startsWith("alpine-") ? `${target.replace("alpine", "linux")}-musl` : target;
  return `@duckdb/node-bindings-${name}`;
}

/** The targets that a computer can have: two for Linux, which differ in the system's C library. */
export function targetsOf(platform: string, arch: string): Target[] {
  const names = [`${platform}-${arch}`, ...(platform === "linux" ? [`alpine-${arch}`] : [])];
  return targets.filter((target) => names.includes(target));
}
