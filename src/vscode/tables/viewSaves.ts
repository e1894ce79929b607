import { defined } from "../../model/defined.ts";
import type { SavedView, TaskExportsApi } from "../../model/contract.ts";
import { readRequest } from "../../model/readRequest.ts";
import { saveOptions } from "../../model/saveShapes.ts";
import type { NamedExport } from "../../query/engineMessages.ts";
import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import type { FileReference, OpenFiles } from "../../table/file/openFiles.ts";
import { callerCallback } from "../callerCallback.ts";
import { withSignal } from "../cancellation.ts";
import type { Log } from "../log.ts";
import type { SaveCall, SavedTable, ViewSaver } from "../saving/viewSaver.ts";
import { toUri } from "../uris.ts";
import { pathOf, problemError } from "./tableQueries.ts";

/** `saveView` of the exported API. */
export class ViewSaves {
  readonly #files: OpenFiles;
  readonly #saver: ViewSaver;
  readonly #log: Pick<Log, "error">;

  constructor(files: OpenFiles, saver: ViewSaver, log: Pick<Log, "error">) {
    this.#files = files;
    this.#saver = saver;
    this.#log = log;
  }

  /**
   * @throws ExportError `invalidRequest`, `fileMissing`, `notAnExportFile` if it isn't a table, `fileExists`, `notWritable`,
   *   `diskFull`, `fileChanged`, `cancelled`; with the engine also its errors
   */
  async saveView(uri: string, target: string, options: Parameters<TaskExportsApi["saveView"]>[2]): Promise<SavedView> {
    const file = pathOf(uri);
    const path = pathOf(target, "target");
    const { format, columns, sort, filter, sql, others, overwrite, signal, onProgress } = readRequest(
      saveOptions,
      options,
      "options",
    );
    const tell = onProgress === undefined ? undefined : callerCallback(onProgress, this.#log);
    const saved = { path, format, ifTaken: overwrite ? ("overwrite" as const) : ("fail" as const) };
    return withSignal({ signal }, async (stop) => {
      const call: SaveCall = { signal: stop, ...defined({ onProgress: tell && withoutShare(tell) }) };
      const { rows, bytes } =
        sql === undefined
          ? await this.#using([file], ([opened]) =>
              this.#saver.saveRows(tableOf(opened), { columns, sort, filter: filter ?? null }, saved, call),
            )
          : await this.#using(
              [file, ...Object.values(others).map((other) => pathOf(other, "others"))],
              async (opened) => {
                const exports = await exportsOf(["export", ...Object.keys(others)], opened, stop);
                return this.#saver.saveResult({ sql, exports }, saved, call);
              },
            );
      return { uri: toUri(path).toString(), rows, bytes };
    });
  }

  async #using<Result>(
    [first, ...more]: readonly [string, ...string[]],
    work: (opened: readonly [FileReference, ...FileReference[]]) => Promise<Result>,
  ): Promise<Result> {
    const open = (path: string): FileReference => this.#files.open({ path, growing: false, readAs: {} });
    const opened = [open(first), ...more.map(open)] as const;
    try {
      return await work(opened);
    } finally {
      for (const each of opened) each.dispose();
    }
  }
}

function tableOf({ file }: FileReference): SavedTable {
  return { file, settled: () => file.settled() };
}

async function exportsOf(
  names: readonly string[],
  opened: readonly FileReference[],
  signal: AbortSignal,
): Promise<NamedExport[]> {
  const exports: NamedExport[] = [];
  for (const [index, { file }] of opened.entries()) {
    const settled = await file.settled();
    if (settled.kind === "problem") throw problemError(settled.problem);
    exports.push({ name: names[index] ?? "", source: await exportSourceOf(file, signal) });
  }
  return exports;
}

/** The share of the work is for our own notifications. */
function withoutShare(tell: (progress: { rows: number; bytes: number }) => void): SaveCall["onProgress"] {
  return ({ rows, bytes }) => tell({ rows, bytes });
}
