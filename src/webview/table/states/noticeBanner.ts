import { t } from "@vscode/l10n";
import { button, element, setText } from "../element.ts";
import type { TableAction, TableNotice } from "../messages.ts";
import { bytesInWords, shareInWords } from "../wording.ts";
import { actionLabel } from "./actionLabels.ts";

/** A notice about the file, above its rows. */
export class NoticeBanner {
  readonly element = element("div", { class: "notice" });
  readonly #sentence = element("span", { class: "notice-sentence", role: "status" });
  readonly #buttons = element("span", { class: "notice-buttons" });
  readonly #progress = element("div", { class: "thin-progress" });
  readonly #act: (action: TableAction) => void;
  #kind: TableNotice["kind"] | undefined;

  constructor(act: (action: TableAction) => void) {
    this.#act = act;
    this.element.append(this.#sentence, this.#buttons, this.#progress);
    this.element.hidden = true;
  }

  show(notice: TableNotice | null | undefined): void {
    this.element.hidden = notice === null || notice === undefined;
    if (notice === null || notice === undefined) {
      this.#kind = undefined;
      setText(this.#sentence, "");
      return;
    }
    this.#sentence.setAttribute("aria-live", notice.kind === "downloading" ? "off" : "polite");
    setText(this.#sentence, noticeInWords(notice));
    this.#showShare(notice);
    // Buttons stay as long as their notice, so that they keep the focus.
    if (notice.kind === this.#kind) return;
    this.#kind = notice.kind;
    this.element.dataset["kind"] = notice.kind;
    this.#buttons.replaceChildren(
      ...actionsOf(notice).map((action) =>
        button({ class: "button small" }, actionLabel(action), () => this.#act(action)),
      ),
    );
  }

  #showShare(notice: TableNotice): void {
    const share = notice.kind === "downloading" ? shareOf(notice) : undefined;
    this.#progress.hidden = share === undefined;
    if (share !== undefined) this.#progress.style.transform = `scaleX(${share})`;
  }
}

interface Received {
  readonly receivedBytes: number;
  readonly totalBytes?: number;
}

function shareOf({ receivedBytes, totalBytes }: Received): number | undefined {
  return totalBytes === undefined || totalBytes === 0 ? undefined : Math.min(1, receivedBytes / totalBytes);
}

function actionsOf(notice: TableNotice): readonly TableAction[] {
  switch (notice.kind) {
    case "changed":
    case "incomplete":
      return ["reload"];
    case "missing":
      return notice.isExport === true ? ["downloadAgain", "reload"] : ["reload"];
    case "discarded":
      return ["downloadAgain"];
    case "downloading":
      return [];
    case "paused":
      return ["resumeDownload"];
    case "failed":
      return ["resumeDownload", "showLog"];
  }
}

function noticeInWords(notice: TableNotice): string {
  switch (notice.kind) {
    case "changed":
      return t("The file has changed on disk. The rows shown are out of date.");
    case "missing":
      return t("The file was moved or deleted. Other rows can no longer be read.");
    case "discarded":
      return notice.reason === undefined
        ? t("The download was discarded. Other rows can no longer be read.")
        : t("The download failed. {0} Other rows can no longer be read.", notice.reason);
    case "incomplete":
      return notice.reason;
    case "downloading":
      return downloadingInWords(notice);
    case "paused":
      return t("The download is paused. {0}", receivedInWords(notice));
    case "failed":
      return t("The download failed. {0} {1}", notice.reason, receivedInWords(notice));
  }
}

function downloadingInWords(notice: Received & { readonly waiting?: string }): string {
  const share = shareOf(notice);
  const received = bytesInWords(notice.receivedBytes);
  const sentence =
    notice.totalBytes === undefined || share === undefined
      ? t("Downloading: {0} so far", received)
      : t("Downloading: {0} of {1} ({2})", received, bytesInWords(notice.totalBytes), shareInWords(share));
  return notice.waiting === undefined ? sentence : `${sentence} · ${notice.waiting}`;
}

function receivedInWords({ receivedBytes, totalBytes }: Received): string {
  if (totalBytes === undefined) return t("Showing the first {0}.", bytesInWords(receivedBytes));
  const missing = bytesInWords(Math.max(0, totalBytes - receivedBytes));
  return t("Showing the first {0}; {1} left to download.", bytesInWords(receivedBytes), missing);
}
