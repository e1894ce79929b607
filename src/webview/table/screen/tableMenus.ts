import { t } from "@vscode/l10n";
import type { GridState } from "../state/gridState.ts";
import type { GridView } from "../grid/gridView.ts";
import type { HostLink } from "../hostLink.ts";
import { cellMenu, type CellMenuActions } from "../menus/cellMenu.ts";
import { columnMenu, columnMenuLabel } from "../menus/columnMenu.ts";
import { openMenu } from "../menus/menu.ts";
import type { MenuEntry } from "../menus/menuEntry.ts";
import type { GridCommand } from "../messages.ts";
import type { TableArrange } from "../arrange/tableArrange.ts";
import type { HeaderHistograms } from "../profile/headerHistograms.ts";
import type { Copier } from "../selection/copier.ts";
import { headerRow } from "../state/selection.ts";

export interface MenuTargets {
  readonly copier: Copier;
  readonly run: (command: GridCommand) => void;
  readonly say: (sentence: string) => void;
  readonly findInColumn: (index: number) => void;
  readonly fitColumn: (index: number) => void;
  readonly arrange: TableArrange;
  readonly histograms: HeaderHistograms;
}

/** The menus of columns and cells: their entries and where they open. */
export class TableMenus {
  readonly #link: HostLink;
  readonly #state: GridState;
  readonly #view: GridView;
  readonly #targets: MenuTargets;

  constructor(link: HostLink, state: GridState, view: GridView, targets: MenuTargets) {
    this.#link = link;
    this.#state = state;
    this.#view = view;
    this.#targets = targets;
  }

  /** Below the column's header. */
  openForColumn(index: number): void {
    const { arrange, copier, findInColumn, fitColumn, run } = this.#targets;
    const entries = columnMenu(this.#state, index, {
      sortBy: (column, descending, adds) => arrange.sortBy(column, descending, adds),
      clearSort: () => arrange.clearSort(),
      openFilter: (column) => arrange.openFilter(column),
      fitColumn,
      toggleHistograms: () => run({ command: "toggleHistograms" }),
      showsHistograms: this.#targets.histograms.areShown,
      profileColumn: (profiled) => run({ command: "profile", columns: [profiled] }),
      findInColumn,
      copyColumn: (copied) => copier.copyColumn(copied),
      copyName: (copied) => copier.copyName(copied),
      chooseColumns: () => run({ command: "chooseColumns" }),
      showAllColumns: () => run({ command: "showAllColumns" }),
    });
    this.#open(columnMenuLabel(this.#state, index), entries, this.#below(this.#view.header.cell(index)));
  }

  openForCells(at?: { readonly x: number; readonly y: number }): void {
    const { arrange, copier, run } = this.#targets;
    const actions: CellMenuActions = {
      filterByValue: () => void arrange.filterByCell("only"),
      excludeValue: () => void arrange.filterByCell("without"),
      copy: (format) => copier.copy(format),
      copyRows: () => copier.copyRows(),
      copyColumns: () => copier.copyColumns(),
      showDetail: () => run({ command: "showDetail" }),
      openColumnMenu: () => this.openForColumn(this.#state.focusColumn),
      revealInText: () => this.revealInText(),
      saveSelection: () => copier.save(),
      find: () => run({ command: "find" }),
      goToRow: () => run({ command: "goToRow" }),
      goToColumn: () => run({ command: "goToColumn" }),
      chooseColumns: () => run({ command: "chooseColumns" }),
      showAllColumns: () => run({ command: "showAllColumns" }),
    };
    const entries = cellMenu(actions, this.#state.layout.hiddenCount > 0);
    const { row } = this.#state.selection.focus;
    const index = this.#state.focusColumn;
    const cell = row === headerRow ? this.#view.header.cell(index) : this.#view.rows.cell(row, index);
    this.#open(t("Selected cells"), entries, at ?? this.#below(cell));
  }

  #open(label: string, entries: readonly MenuEntry[], { x, y }: { readonly x: number; readonly y: number }): void {
    const onClosed = () => this.#view.focus();
    openMenu({ label, entries, x, y, onClosed });
  }

  #below(target: HTMLElement | undefined): { x: number; y: number } {
    const { left, bottom } = (target ?? this.#view.grid).getBoundingClientRect();
    return { x: left, y: bottom };
  }

  /** Shows the focused row in a text editor. */
  revealInText(): void {
    this.#revealFocusedRow().catch((error: unknown) =>
      this.#targets.say(error instanceof Error ? error.message : String(error)),
    );
  }

  async #revealFocusedRow(): Promise<void> {
    const { rows, selection } = this.#state;
    const row = await rows.numberOf(Math.max(0, selection.focus.row), new AbortController().signal);
    if (row !== undefined) await this.#link.ask("revealInText", { row });
  }
}
