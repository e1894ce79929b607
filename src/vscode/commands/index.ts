import type { CommandDefinitions } from "../commandRegistry.ts";
import type { CommandId } from "../ids.ts";
import { addAccount } from "./addAccount.ts";
import { filterExport, sortExport } from "./arrangeExport.ts";
import { copyView, copyViewSql } from "./copyView.ts";
import { saveView } from "./saveView.ts";
import { cancelDownload } from "./cancelDownload.ts";
import { clearDownloads } from "./clearDownloads.ts";
import { clearDownloadsFilter } from "./clearDownloadsFilter.ts";
import { clearFilter } from "./clearFilter.ts";
import { clearInterrupted } from "./clearInterrupted.ts";
import { clearQueryCache } from "./clearQueryCache.ts";
import type { CommandParts } from "./commandParts.ts";
import { copyDownloadUrl } from "./copyDownloadUrl.ts";
import { copyExportPath } from "./copyExportPath.ts";
import { copyLink } from "./copyLink.ts";
import { copyTaskId } from "./copyTaskId.ts";
import { createExport } from "./createExport.ts";
import { createSimilar } from "./createSimilar.ts";
import { deleteExport } from "./deleteExport.ts";
import { discardDownload } from "./discardDownload.ts";
import { downloadAgain } from "./downloadAgain.ts";
import { downloadTaskExport } from "./downloadTaskExport.ts";
import { filterDownloads } from "./filterDownloads.ts";
import { filterTasks } from "./filterTasks.ts";
import { formatExport } from "./formatExport.ts";
import { groupDownloads } from "./groupDownloads.ts";
import { groupTasks } from "./groupTasks.ts";
import { loadMore } from "./loadMore.ts";
import { openAllParts } from "./openAllParts.ts";
import { openAsTable } from "./openAsTable.ts";
import { openExport } from "./openExport.ts";
import { openExportBeside } from "./openExportBeside.ts";
import { pauseDownload } from "./pauseDownload.ts";
import { queryExport } from "./queryExport.ts";
import { addTable, openSavedQuery, queryHistory, saveQuery, saveSession } from "./queryTexts.ts";
import { refresh } from "./refresh.ts";
import { removeAccount } from "./removeAccount.ts";
import { renameAccount } from "./renameAccount.ts";
import { replaceCredentials } from "./replaceCredentials.ts";
import { resumeDownload } from "./resumeDownload.ts";
import { profileExport } from "./profileExport.ts";
import { revealExport } from "./revealExport.ts";
import { explainQuery, runQuery } from "./runQuery.ts";
import { runTask } from "./runTask.ts";
import { saveExportAs } from "./saveExportAs.ts";
import { showDownloads } from "./showDownloads.ts";
import { showLog } from "./showLog.ts";
import { showTask } from "./showTask.ts";
import { sortTasks } from "./sortTasks.ts";
import { openAsText, sendToTable } from "./tableCommands.ts";
import { unpackExport } from "./unpackExport.ts";
import { unwatchTask } from "./unwatchTask.ts";
import { verifyAccount } from "./verifyAccount.ts";
import { watchKind } from "./watchKind.ts";
import { watchTask } from "./watchTask.ts";
import { verifyExport } from "./verifyExport.ts";

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
    "taskExports.createExport": createExport(parts),
    "taskExports.createSimilar": createSimilar(parts),
    "taskExports.runTask": runTask(parts),
    "taskExports.cancelDownload": cancelDownload(parts),
    "taskExports.discardDownload": discardDownload(parts),
    "taskExports.pauseDownload": pauseDownload(parts),
    "taskExports.resumeDownload": resumeDownload(parts),
    "taskExports.clearInterrupted": clearInterrupted(parts),
    "taskExports.clearQueryCache": clearQueryCache(parts),
    "taskExports.watchTask": watchTask(parts),
    "taskExports.watchKind": watchKind(parts),
    "taskExports.unwatchTask": unwatchTask(parts),
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
    "taskExports.copyExportPath": copyExportPath(parts),
    "taskExports.verifyExport": verifyExport(parts),
    "taskExports.downloadAgain": downloadAgain(parts),
    "taskExports.showDownloads": showDownloads(parts),
    "taskExports.filterDownloads": filterDownloads(parts),
    "taskExports.clearDownloadsFilter": clearDownloadsFilter(parts),
    "taskExports.groupDownloads": groupDownloads(parts),
    "taskExports.clearDownloads": clearDownloads(parts),
    "taskExports.showLog": showLog(parts),
    "taskExports.sortExport": sortExport(parts),
    "taskExports.filterExport": filterExport(parts),
    "taskExports.profileExport": profileExport(parts),
    ...queryDefinitions(parts),
    "taskExports.saveView": saveView(parts),
    ...tableDefinitions(parts),
  };
}

type QueryCommandId = Extract<CommandId, `taskExports.query${string}`>;

function queryDefinitions(parts: CommandParts): Pick<CommandDefinitions, QueryCommandId> {
  return {
    "taskExports.queryExport": queryExport(parts),
    "taskExports.query.run": runQuery(parts),
    "taskExports.query.explain": explainQuery(parts),
    "taskExports.query.addTable": addTable(parts),
    "taskExports.query.history": queryHistory(parts),
    "taskExports.query.save": saveQuery(parts),
    "taskExports.query.openSaved": openSavedQuery(parts),
    "taskExports.query.saveSession": saveSession(parts),
  };
}

type TableCommandId = Extract<CommandId, `taskExports.table.${string}`>;

function tableDefinitions(parts: CommandParts): Pick<CommandDefinitions, TableCommandId> {
  return {
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
    "taskExports.table.copyView": copyView(parts),
    "taskExports.table.copyViewSql": copyViewSql(parts),
    "taskExports.table.saveSelection": sendToTable(parts, { command: "saveSelection" }),
    "taskExports.table.revealInText": sendToTable(parts, { command: "revealInText" }),
    "taskExports.table.openAsText": openAsText(parts),
  };
}
