import { t } from "@vscode/l10n";
import { rowPosition } from "../../../table/view/rowIdentity.ts";
import type { GridState } from "../state/gridState.ts";
import type { HostLink } from "../hostLink.ts";
import type { CopyFormat, CopyRequest } from "../messages.ts";
import { areaInWords, bytesInWords, columnName } from "../wording.ts";
import { headerRow, type SelectedArea } from "../state/selection.ts";
import { savedPlace } from "./savedPlace.ts";

/** Copies and saves cells. The host does both, because values in the grid may be cut. */
export class Copier {
  readonly #link: HostLink;
  readonly #state: GridState;
  readonly #say: (sentence: string) => void;

  constructor(link: HostLink, state: GridState, say: (sentence: string) => void) {
    this.#link = link;
    this.#state = state;
    this.#say = say;
  }

  /** Copies the selection. `text`: the text of a single cell, or several cells as a spreadsheet pastes them. */
  copy(format: CopyFormat): void {
    const { selection, size } = this.#state;
    const single = selection.isSingle && selection.focus.row !== headerRow;
    const asSheet = format === "text" && !single;
    this.#request(selection.area(size), asSheet ? "tsv" : format, format !== "text");
  }

  /** All columns of the selected rows. */
  copyRows(): void {
    const { selection, size } = this.#state;
    this.#request({ ...selection.area(size), fromSlot: 0, toSlot: size.columns - 1 }, "tsv", false);
  }

  /** All rows of the selected columns, with their names. */
  copyColumns(): void {
    const { selection, size } = this.#state;
    this.#request({ ...selection.area(size), fromRow: 0, toRow: size.rows - 1 }, "tsv", true);
  }

  copyColumn(index: number): void {
    const slot = this.#state.layout.slotOf(index);
    const toRow = this.#state.size.rows - 1;
    this.#request({ fromRow: 0, toRow, fromSlot: slot, toSlot: slot }, "tsv", true);
  }

  /** A column's name as it is in the file. */
  copyName(index: number): void {
    const name = this.#state.layout.columns[index]?.name ?? "";
    navigator.clipboard.writeText(name).then(
      () => this.#say(t("Copied the name of column {0}", columnName(name, index))),
      (error: unknown) => this.#say(error instanceof Error ? error.message : String(error)),
    );
  }

  /** The focused cell's own text. */
  copyFocused(): void {
    const { row, slot } = this.#state.selection.focus;
    const at = Math.max(0, row);
    this.#request({ fromRow: at, toRow: at, fromSlot: slot, toSlot: slot }, "text", false);
  }

  /** Saves the selected cells, with the names of their columns, in a file that the user chooses. */
  save(): void {
    const { selection, size } = this.#state;
    const cells = this.#cellsOf(selection.area(size));
    if (cells === undefined) return;
    this.#link.ask("saveSelection", { ...cells, withHeader: true }).then(
      (saved) => {
        if (saved) this.#say(savedPlace(saved.path));
      },
      (error: unknown) => this.#say(error instanceof Error ? error.message : String(error)),
    );
  }

  #cellsOf(area: SelectedArea): Pick<CopyRequest, "rows" | "columns"> | undefined {
    const count = area.toRow - area.fromRow + 1;
    if (count < 1) {
      this.#say(t("No rows to copy"));
      return undefined;
    }
    const columns = this.#state.layout.shown.slice(area.fromSlot, area.toSlot + 1);
    return { rows: { from: rowPosition(area.fromRow), count }, columns };
  }

  #request(area: SelectedArea, format: CopyFormat, withHeader: boolean): void {
    const cells = this.#cellsOf(area);
    if (cells === undefined) return;
    const request: CopyRequest = { ...cells, withHeader, format };
    this.#link.ask("copy", request).then(
      (answer) => {
        if (answer.kind === "copied") this.#say(t("Copied {0}", areaInWords(answer.rows, cells.columns.length)));
        else {
          this.#say(
            t(
              "The selection is too large for the clipboard, which takes up to {0}. Select fewer rows or columns, or save the selection.",
              bytesInWords(answer.limitBytes),
            ),
          );
        }
      },
      (error: unknown) => this.#say(error instanceof Error ? error.message : String(error)),
    );
  }
}
