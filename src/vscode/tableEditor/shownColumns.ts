import type { Column } from "../../table/tableTypes.ts";
import type { GridLayout } from "../../webview/table/messages.ts";
import { ColumnLayout } from "../../webview/table/state/columnLayout.ts";

/** The indexes of the columns that a tab shows, in the order in which it shows them. */
export function shownColumns(columns: readonly Column[], layout: GridLayout | undefined): readonly number[] {
  return new ColumnLayout(columns, layout).shown;
}
