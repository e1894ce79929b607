import { t } from "@vscode/l10n";
import type { ColumnLayout } from "../state/columnLayout.ts";
import type { GridState } from "../state/gridState.ts";
import { columnName } from "../wording.ts";
import type { MenuEntry } from "./menuEntry.ts";

const widthStep = 20;

export interface ColumnMenuActions extends SortActions {
  readonly toggleHistograms: () => void;
  readonly showsHistograms: boolean;
  readonly profileColumn: (index: number) => void;
  readonly fitColumn: (index: number) => void;
  readonly copyColumn: (index: number) => void;
  readonly findInColumn: (index: number) => void;
  readonly copyName: (index: number) => void;
  readonly chooseColumns: () => void;
  readonly showAllColumns: () => void;
}

/** What can be done to one column. */
export function columnMenu(state: GridState, index: number, actions: ColumnMenuActions): readonly MenuEntry[] {
  const forThis = (act: (index: number) => void) => () => act(index);
  return [
    ...sortEntries(state, index, actions),
    { label: t("Profile Column"), act: forThis(actions.profileColumn) },
    {
      label: actions.showsHistograms ? t("Hide Histograms in Headers") : t("Show Histograms in Headers"),
      act: actions.toggleHistograms,
    },
    "separator",
    { label: t("Fit Width to Content"), act: forThis(actions.fitColumn) },
    ...arrangingEntries(state, index),
    { label: t("Choose Columns…"), act: actions.chooseColumns },
    { label: t("Show All Columns"), act: actions.showAllColumns, disabled: state.layout.hiddenCount === 0 },
    "separator",
    { label: t("Copy Name"), act: forThis(actions.copyName) },
    { label: t("Copy Column"), act: forThis(actions.copyColumn) },
    { label: t("Find in This Column…"), act: forThis(actions.findInColumn) },
  ];
}

export interface SortActions {
  /** `adds`: after the columns that rows are sorted by. */
  readonly sortBy: (index: number, descending: boolean, adds: boolean) => void;
  readonly clearSort: () => void;
  readonly openFilter: (index: number) => void;
}

/** Sorting and filtering. Where they aren't possible, choosing them says why. */
function sortEntries({ arrangement }: GridState, index: number, actions: SortActions): readonly MenuEntry[] {
  const sort = arrangement.applied?.sort ?? [];
  const by = (descending: boolean, adds: boolean) => () => actions.sortBy(index, descending, adds);
  const others = sort.some(({ column }) => column !== index);
  const adding: readonly MenuEntry[] = [
    { label: t("Then Sort Ascending"), act: by(false, true) },
    { label: t("Then Sort Descending"), act: by(true, true) },
  ];
  return [
    { label: t("Sort Ascending"), act: by(false, false), key: { key: "ArrowUp", alt: true, shift: true } },
    { label: t("Sort Descending"), act: by(true, false), key: { key: "ArrowDown", alt: true, shift: true } },
    ...(others ? adding : []),
    { label: t("Clear Sort"), act: actions.clearSort, disabled: sort.length === 0 },
    { label: t("Filter…"), act: () => actions.openFilter(index), key: { key: "ArrowDown", alt: true } },
  ];
}

function arrangingEntries(state: GridState, index: number): readonly MenuEntry[] {
  const { layout } = state;
  const slot = layout.slotOf(index);
  const pinned = layout.isPinned(index);
  const first = pinned ? 0 : layout.pinnedCount;
  const last = pinned ? layout.pinnedCount - 1 : layout.shown.length - 1;
  const arrange = (change: (to: ColumnLayout) => void) => () => state.arrange(change);
  const pin = arrange((to) => {
    if (pinned) to.unpin(index);
    else to.pin(index);
  });
  const hide = arrange((to) => to.hide(index));
  const widen = (by: number) => arrange((to) => to.setWidth(index, to.width(index) + by));
  const move = (by: number) => arrange((to) => to.move(index, to.slotOf(index) + by));
  return [
    { label: t("Wider"), act: widen(widthStep), keepsOpen: true },
    { label: t("Narrower"), act: widen(-widthStep), keepsOpen: true },
    "separator",
    { label: pinned ? t("Unpin") : t("Pin to the Left"), act: pin },
    { label: t("Move Left"), act: move(-1), disabled: slot <= first },
    { label: t("Move Right"), act: move(1), disabled: slot >= last },
    { label: t("Hide"), act: hide, disabled: layout.shown.length <= 1 },
  ];
}

/** The menu's name for screen readers. */
export function columnMenuLabel(state: GridState, index: number): string {
  return t("Column {0}", columnName(state.layout.columns[index]?.name ?? "", index));
}
