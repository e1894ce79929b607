import { motionOf } from "../state/motions.ts";
import { headerRow } from "../state/selection.ts";
import type { GridState } from "../state/gridState.ts";

/** What keys and pointer do other than moving and selecting. */
export interface GridActions {
  showDetail(): void;
  /** For the focused column, below its header. */
  openColumnMenu(index: number): void;
  /** For the selection; at a point of the page, or by the focused cell. */
  openCellMenu(at?: { readonly x: number; readonly y: number }): void;
  fitColumn(index: number): void;
  /** The next order of a column: ascending, descending, none. `adds`: after the columns that rows are sorted by. */
  cycleSort(index: number, adds: boolean): void;
  /** Sorts by a column in this direction, or no longer. */
  toggleSort(index: number, descending: boolean): void;
  openFilter(index: number): void;
  /** Escape was pressed while a single cell is selected. */
  leave(): void;
}

/** Everything that can be done without a mouse. Tab leaves the grid, so it isn't handled. */
export function listenToKeys(target: HTMLElement, state: GridState, actions: GridActions): void {
  target.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !act(event, state, actions)) return;
    event.preventDefault();
  });
}

/** @returns whether the key was handled */
function act(event: KeyboardEvent, state: GridState, actions: GridActions): boolean {
  const motion = motionOf(event);
  if (motion !== undefined) {
    state.move(motion, event.shiftKey);
    return true;
  }
  if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) return openMenu(state, actions);
  if (event.altKey) return arrangeByKey(event, state, actions);
  if (event.ctrlKey || event.metaKey) return selectByKey(event.key, state);
  return actByPlainKey(event, state, actions);
}

function openMenu(state: GridState, actions: GridActions): true {
  if (state.selection.focus.row === headerRow) actions.openColumnMenu(state.focusColumn);
  else actions.openCellMenu();
  return true;
}

function arrangeByKey(event: KeyboardEvent, { focusColumn }: GridState, actions: GridActions): boolean {
  if (event.ctrlKey || event.metaKey) return false;
  if (event.shiftKey && event.key === "ArrowUp") actions.toggleSort(focusColumn, false);
  else if (event.shiftKey && event.key === "ArrowDown") actions.toggleSort(focusColumn, true);
  else if (!event.shiftKey && event.key === "ArrowDown") actions.openFilter(focusColumn);
  else return false;
  return true;
}

function selectByKey(key: string, state: GridState): boolean {
  if (key.toLowerCase() === "a") {
    state.select((selection) => selection.selectAll());
    return true;
  }
  if (key !== " ") return false;
  state.select((selection) => selection.widen("columns"));
  return true;
}

function actByPlainKey(event: KeyboardEvent, state: GridState, actions: GridActions): boolean {
  switch (event.key) {
    case "Enter":
    case "F2":
    case " ":
      if (event.key === " " && event.shiftKey) {
        state.select((selection) => selection.widen("rows"));
      } else if (state.selection.focus.row === headerRow) actions.openColumnMenu(state.focusColumn);
      else actions.showDetail();
      return true;
    case "Escape":
      if (state.selection.isSingle) actions.leave();
      else {
        state.select((selection) => selection.moveTo(selection.focus));
      }
      return true;
    default:
      return false;
  }
}
