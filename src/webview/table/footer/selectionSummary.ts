import { t } from "@vscode/l10n";
import type { CellSummary, SummaryAnswer } from "../../../table/tableTypes.ts";
import { rowPosition } from "../../../table/view/rowIdentity.ts";
import { Debounced } from "../debounced.ts";
import { element, setText } from "../element.ts";
import type { HostLink } from "../hostLink.ts";
import type { GridState } from "../state/gridState.ts";
import { shortDecimal } from "./shortDecimal.ts";
import { decimalInWords, numberInWords } from "../wording.ts";

/** How long the selection has to rest before its cells are added up. */
const restMs = 250;

/** Count, sum and average of the selected cells if there are several. The host adds them up exactly. */
export class SelectionSummary {
  readonly element = element("span", { class: "footer-summary" });
  readonly #link: HostLink;
  readonly #state: GridState;
  readonly #rest = new Debounced(restMs, () => {
    void this.#ask();
  });
  #asking = new AbortController();

  constructor(link: HostLink, state: GridState) {
    this.#link = link;
    this.#state = state;
    state.changes.add((change) => {
      if (change !== "paint") this.#follow();
    });
  }

  #follow(): void {
    this.#asking.abort();
    this.#show("");
    if (this.#state.selection.isSingle) this.#rest.cancel();
    else this.#rest.ask();
  }

  async #ask(): Promise<void> {
    const { selection, size, layout } = this.#state;
    const { fromRow, toRow, fromSlot, toSlot } = selection.area(size);
    if (toRow < fromRow) return;
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const rows = { from: rowPosition(fromRow), count: toRow - fromRow + 1 };
    const columns = layout.shown.slice(fromSlot, toSlot + 1);
    try {
      const answer = await this.#link.ask("summarize", { rows, columns }, signal);
      if (!signal.aborted) this.#show(summaryInWords(answer, shortDecimal), tooltipOf(answer));
    } catch {
      // No sums are shown then. The reason is shown where the rows themselves are requested.
      if (!signal.aborted) this.#show("");
    }
  }

  #show(sentence: string, tooltip = sentence): void {
    setText(this.element, sentence);
    this.element.title = tooltip;
  }
}

/** All digits, or what to do. */
function tooltipOf(answer: SummaryAnswer): string {
  return "tooLarge" in answer ? t("To see the sum, select fewer rows or columns.") : summaryInWords(answer);
}

/** @param shorten makes an average shorter; sums are always exact */
function summaryInWords(answer: SummaryAnswer, shorten = (average: string): string => average): string {
  if ("tooLarge" in answer) return t("Selection too large to add up");
  return [countInWords(answer), ...sumsInWords(answer, shorten)].join(" · ");
}

function countInWords({ cells, empty }: CellSummary): string {
  return t("Count: {0}", numberInWords(cells - empty));
}

function sumsInWords({ sum, average, averageIsRounded }: CellSummary, shorten: (average: string) => string): string[] {
  if (sum === undefined || average === undefined) return [];
  const short = shorten(average);
  const shown = decimalInWords(short);
  const isRounded = averageIsRounded === true || short !== average;
  return [t("Sum: {0}", decimalInWords(sum)), t("Average: {0}", isRounded ? `≈ ${shown}` : shown)];
}
