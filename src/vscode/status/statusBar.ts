import { t } from "@vscode/l10n";
import { Owner } from "../disposables.ts";
import { shareDone } from "../downloads/currentProgress.ts";
import type { Downloads } from "../downloads/downloads.ts";
import { viewIds } from "../ids.ts";
import { createStatus, type StatusItem } from "../surfaces/surfaces.ts";
import type { WatchList } from "../watching/watchList.ts";
import { shareInWords } from "../wording.ts";
import { countsInWords, statusText } from "./statusText.ts";

/** How often a running download may change the text. */
const repaintMs = 500;

/** The item in the status bar while a download runs or something is watched. A click shows the Tasks view. */
export class StatusBar extends Owner {
  readonly #downloads: Downloads;
  readonly #watchList: WatchList;
  #item: StatusItem | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(downloads: Downloads, watchList: WatchList) {
    super();
    this.#downloads = downloads;
    this.#watchList = watchList;
    this.own(downloads.onDidChange(() => this.#soon()));
    this.own(watchList.onDidChange(() => this.#show()));
    this.own({
      dispose: () => {
        clearTimeout(this.#timer);
        this.#item?.dispose();
      },
    });
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show();
    }, repaintMs);
  }

  #show(): void {
    const running = this.#downloads.all().filter(({ state }) => state === "running");
    const watched = this.#watchList.watched.length;
    if (running.length + watched === 0) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    const share = shareInWords(shareDone(running.flatMap(({ progress }) => [...progress.values()])));
    const counts = { running: running.length, share, watched };
    const words = countsInWords(counts).join(", ");
    this.#item ??= createStatus("taskExports.status", t("Task Exports"), `${viewIds.tasks}.focus`);
    this.#item.show({
      icon: counts.running > 0 ? "cloud-download" : "eye",
      text: statusText(counts),
      tooltip: [words, t("Click to show the tasks.")].join("\n"),
      spoken: counts.running > 0 ? `${t("Task Exports")}: ${words}, ${share}` : `${t("Task Exports")}: ${words}`,
    });
  }
}
