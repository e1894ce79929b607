import type { CommandDefinitions } from "../commandRegistry.ts";
import { addAccount } from "./addAccount.ts";
import { cancelDownload } from "./cancelDownload.ts";
import { clearFilter } from "./clearFilter.ts";
import { clearInterrupted } from "./clearInterrupted.ts";
import type { CommandParts } from "./commandParts.ts";
import { copyDownloadUrl } from "./copyDownloadUrl.ts";
import { copyLink } from "./copyLink.ts";
import { copyTaskId } from "./copyTaskId.ts";
import { deleteExport } from "./deleteExport.ts";
import { discardDownload } from "./discardDownload.ts";
import { downloadTaskExport } from "./downloadTaskExport.ts";
import { filterTasks } from "./filterTasks.ts";
import { formatExport } from "./formatExport.ts";
import { groupTasks } from "./groupTasks.ts";
import { loadMore } from "./loadMore.ts";
import { openAllParts } from "./openAllParts.ts";
import { openAsTable } from "./openAsTable.ts";
import { openExport } from "./openExport.ts";
import { openExportBeside } from "./openExportBeside.ts";
import { pauseDownload } from "./pauseDownload.ts";
import { refresh } from "./refresh.ts";
import { removeAccount } from "./removeAccount.ts";
import { renameAccount } from "./renameAccount.ts";
import { replaceCredentials } from "./replaceCredentials.ts";
import { resumeDownload } from "./resumeDownload.ts";
import { revealExport } from "./revealExport.ts";
import { saveExportAs } from "./saveExportAs.ts";
import { showLog } from "./showLog.ts";
import { showTask } from "./showTask.ts";
import { sortTasks } from "./sortTasks.ts";
import { openAsText, sendToTable } from "./tableCommands.ts";
import { unpackExport } from "./unpackExport.ts";
import { verifyAccount } from "./verifyAccount.ts";

/** Every command by its id, made of the parts it needs. */
export function commandDefinitions(parts: CommandParts): CommandDefinitions {
  return {
    "taskExports.downloadTaskExport": downloadTaskExport(parts),
    "taskExports.copyDownloadUrl": copyDownloadUrl(parts),
    "taskExports.copyTaskId": copyTaskId(parts),
    "taskExports.copyLink": copyLink(parts),
    "taskExports.addAccount": addAccount(parts),
    "taskExports.replaceCredentials": replaceCredentials(parts),
    "taskExports.verifyAccount": verifyAccount(parts),
    "taskExports.renameAccount": renameAccount(parts),
    "taskExports.removeAccount": removeAccount(parts),
    "taskExports.cancelDownload": cancelDownload(parts),
    "taskExports.discardDownload": discardDownload(parts),
    "taskExports.pauseDownload": pauseDownload(parts),
    "taskExports.resumeDownload": resumeDownload(parts),
    "taskExports.clearInterrupted": clearInterrupted(parts),
    "taskExports.refresh": refresh(parts),
    "taskExports.loadMore": loadMore(parts),
    "taskExports.filterTasks": filterTasks(parts),
    "taskExports.clearFilter": clearFilter(parts),
    "taskExports.sortTasks": sortTasks(parts),
    "taskExports.groupTasks": groupTasks(parts),
    "taskExports.showTask": showTask(parts),
    "taskExports.openExport": openExport(parts),
    "taskExports.openExportBeside": openExportBeside(parts),
    "taskExports.openAllParts": openAllParts(parts),
    "taskExports.openAsTable": openAsTable(parts),
    "taskExports.formatExport": formatExport(parts),
    "taskExports.unpackExport": unpackExport(parts),
    "taskExports.saveExportAs": saveExportAs(parts),
    "taskExports.revealExport": revealExport(parts),
    "taskExports.deleteExport": deleteExport(parts),
    "taskExports.showLog": showLog(parts),
    "taskExports.table.find": sendToTable(parts, { command: "find" }),
    "taskExports.table.findNext": sendToTable(parts, { command: "findNext" }),
    "taskExports.table.findPrevious": sendToTable(parts, { command: "findPrevious" }),
    "taskExports.table.goToRow": sendToTable(parts, { command: "goToRow" }),
    "taskExports.table.showDetail": sendToTable(parts, { command: "showDetail" }),
    "taskExports.table.goToColumn": sendToTable(parts, { command: "goToColumn" }),
    "taskExports.table.chooseColumns": sendToTable(parts, { command: "chooseColumns" }),
    "taskExports.table.showAllColumns": sendToTable(parts, { command: "showAllColumns" }),
    "taskExports.table.copyAsTsv": sendToTable(parts, { command: "copy", format: "tsv" }),
    "taskExports.table.copyAsCsv": sendToTable(parts, { command: "copy", format: "csv" }),
    "taskExports.table.copyAsJson": sendToTable(parts, { command: "copy", format: "json" }),
    "taskExports.table.copyAsMarkdown": sendToTable(parts, { command: "copy", format: "markdown" }),
    "taskExports.table.saveSelection": sendToTable(parts, { command: "saveSelection" }),
    "taskExports.table.revealInText": sendToTable(parts, { command: "revealInText" }),
    "taskExports.table.openAsText": openAsText(parts),
  };
}
