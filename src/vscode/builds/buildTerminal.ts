import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { DownloadProgress, DownloadResult } from "../../model/contract.ts";
import { isCancelled } from "../../model/exportError.ts";
import { resultInWords } from "../downloads/downloadNotification.ts";
import { errorInWords } from "../errors/showError.ts";
import { plainLine } from "../surfaces/plainText.ts";
import { progressInWords } from "../wording.ts";
import { Owner } from "../disposables.ts";

/** How often a running download writes a line. */
const lineEveryMs = 2000;
/** What Ctrl+C sends. */
const interrupt = "\u0003";

/** What a terminal runs. */
export type TerminalWork = (
  tell: (line: string) => void,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
) => Promise<DownloadResult | undefined>;

/** The terminal of a build: shows lines, ends with exit code 0 or 1, and stops with Ctrl+C or when it is closed. */
export class BuildTerminal extends Owner implements vscode.Pseudoterminal {
  readonly #work: TerminalWork;
  readonly #abort = new AbortController();
  readonly #written = this.own(new vscode.EventEmitter<string>());
  readonly onDidWrite = this.#written.event;
  readonly #ended = this.own(new vscode.EventEmitter<number>());
  readonly onDidClose = this.#ended.event;
  #phase: DownloadProgress["phase"] | undefined;
  #lastLineAt = 0;

  constructor(work: TerminalWork) {
    super();
    this.#work = work;
  }

  open(): void {
    void this.#run();
  }

  close(): void {
    this.#abort.abort();
  }

  handleInput(data: string): void {
    if (data.includes(interrupt)) this.#abort.abort();
  }

  async #run(): Promise<void> {
    const tell = (line: string): void => this.#tell(line);
    try {
      const result = await this.#work(tell, (progress) => this.#progressed(progress), this.#abort.signal);
      tell(result === undefined ? t("The file already exists. Nothing was downloaded.") : resultInWords(result));
      this.#ended.fire(0);
    } catch (error) {
      tell(isCancelled(error) ? t("Canceled. Nothing was kept.") : errorInWords(error));
      this.#ended.fire(1);
    }
  }

  #progressed(progress: DownloadProgress): void {
    const { phase, name } = progress;
    const now = Date.now();
    if (phase === "done" || (phase === this.#phase && now - this.#lastLineAt < lineEveryMs)) return;
    this.#phase = phase;
    this.#lastLineAt = now;
    this.#tell([name, progressInWords(progress)].filter((part) => part !== "").join(" · "));
  }

  /** Names come from outside and could control the terminal. */
  #tell(line: string): void {
    this.#written.fire(`${plainLine(line)}\r\n`);
  }
}
