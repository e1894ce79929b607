import { systemCode } from "../../model/systemCode.ts";
import { noRoomForQuery } from "../queryErrors.ts";

const fullCodes: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** An error from writing a file for columns. */
export function writeFailure(error: unknown): unknown {
  return fullCodes.has(systemCode(error) ?? "") ? noRoomForQuery(error) : error;
}
