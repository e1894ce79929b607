import { t } from "@vscode/l10n";
import type { CopyFormat } from "../messages.ts";
import type { MenuEntry } from "./menuEntry.ts";

export interface CellMenuActions {
  /** The selection; `text` without a header. */
  readonly copy: (format: CopyFormat) => void;
  readonly copyRows: () => void;
  readonly copyColumns: () => void;
  readonly saveSelection: () => void;
  readonly showDetail: () => void;
  readonly openColumnMenu: () => void;
  readonly revealInText: () => void;
  readonly filterByValue: () => void;
  readonly excludeValue: () => void;
  readonly find: () => void;
  readonly goToRow: () => void;
  readonly goToColumn: () => void;
  readonly chooseColumns: () => void;
  readonly showAllColumns: () => void;
}

/** What can be done to the selected cells. */
export function cellMenu(actions: CellMenuActions, hasHiddenColumns: boolean): readonly MenuEntry[] {
  const copyAs = (format: CopyFormat) => () => actions.copy(format);
  return [
    { label: t("Copy"), act: copyAs("text"), key: { key: "C", command: true } },
    { label: t("Copy as TSV"), act: copyAs("tsv") },
    { label: t("Copy as CSV"), act: copyAs("csv") },
    { label: t("Copy as JSON"), act: copyAs("json") },
    { label: t("Copy as Markdown Table"), act: copyAs("markdown") },
    { label: t("Copy Row"), act: actions.copyRows },
    { label: t("Copy Column"), act: actions.copyColumns },
    { label: t("Save Selection As…"), act: actions.saveSelection },
    "separator",
    { label: t("Show Value of Cell"), act: actions.showDetail, key: { key: "Enter" } },
    { label: t("Reveal in Text Editor"), act: actions.revealInText },
    { label: t("Filter by Value"), act: actions.filterByValue },
    { label: t("Exclude Value"), act: actions.excludeValue },
    "separator",
    { label: t("Find…"), act: actions.find, key: { key: "F", command: true } },
    { label: t("Go to Row…"), act: actions.goToRow, key: { key: "G", command: true } },
    { label: t("Go to Column…"), act: actions.goToColumn },
    "separator",
    { label: t("Column Menu"), act: actions.openColumnMenu },
    { label: t("Choose Columns…"), act: actions.chooseColumns },
    { label: t("Show All Columns"), act: actions.showAllColumns, disabled: !hasHiddenColumns },
  ];
}
