/** As in the manifest, which a test compares with the tools. */
export const toolNames = [
  "taskExports_listTasks",
  "taskExports_download",
  "taskExports_watch",
  "taskExports_readRows",
  "taskExports_findRows",
  "taskExports_queryExport",
  "taskExports_profileExport",
] as const;

export type ToolName = (typeof toolNames)[number];
