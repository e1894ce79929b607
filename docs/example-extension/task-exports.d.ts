// In your project, replace this file with `dist/task-exports.d.ts` from the package of Task Exports.
export type * from "../../src/model/contract.ts";
