/** The code of an error of the system or of Node, such as `EACCES` or `Z_BUF_ERROR`; undefined if there is none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const missingCodes = new Set(["ENOENT", "ENOTDIR"]);

/** Whether the error means that there is nothing with this path. */
export function saysMissing(error: unknown): boolean {
  return missingCodes.has(systemCode(error) ?? "");
}
