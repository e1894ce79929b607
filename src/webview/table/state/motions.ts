import { type GridCell, headerRow, type TableSize } from "./selection.ts";

export type Motion =
  | "up"
  | "down"
  | "left"
  | "right"
  | "pageUp"
  | "pageDown"
  | "rowStart"
  | "rowEnd"
  | "tableStart"
  | "tableEnd"
  | "firstRow"
  | "lastRow";

/** The fields of a keyboard event that matter. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const plain: ReadonlyMap<string, Motion> = new Map([
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
  ["PageUp", "pageUp"],
  ["PageDown", "pageDown"],
  ["Home", "rowStart"],
  ["End", "rowEnd"],
]);

const withControl: ReadonlyMap<string, Motion> = new Map([
  ["ArrowUp", "firstRow"],
  ["ArrowDown", "lastRow"],
  ["ArrowLeft", "rowStart"],
  ["ArrowRight", "rowEnd"],
  ["Home", "tableStart"],
  ["End", "tableEnd"],
]);

/** Where a key moves the focus; undefined for keys that mean something else. */
export function motionOf(key: Key): Motion | undefined {
  if (key.altKey) return undefined;
  return (key.ctrlKey || key.metaKey ? withControl : plain).get(key.key);
}

/** What a motion needs to know about the table. */
export interface MotionGround extends TableSize {
  /** Whole rows in view. */
  readonly pageRows: number;
  /** The first row in view. It is the one below the header, wherever the rows are scrolled to. */
  readonly topRow: number;
}

/** The cell where a motion ends. Up from the first row is the header. */
export function moved({ row, slot }: GridCell, motion: Motion, ground: MotionGround): GridCell {
  const lastRow = ground.rows - 1;
  const lastSlot = Math.max(0, ground.columns - 1);
  const toRow = (target: number) => ({ row: Math.max(headerRow, Math.min(lastRow, target)), slot });
  const inRows = (target: number) => toRow(Math.max(0, target));
  switch (motion) {
    case "up":
      return toRow(row - 1);
    case "down":
      return toRow(row === headerRow ? ground.topRow : row + 1);
    case "left":
      return { row, slot: Math.max(0, slot - 1) };
    case "right":
      return { row, slot: Math.min(lastSlot, slot + 1) };
    case "pageUp":
      return row === headerRow ? { row, slot } : inRows(row - ground.pageRows);
    case "pageDown":
      return inRows((row === headerRow ? ground.topRow : row) + ground.pageRows);
    case "rowStart":
      return { row, slot: 0 };
    case "rowEnd":
      return { row, slot: lastSlot };
    case "firstRow":
      return inRows(0);
    case "lastRow":
      return toRow(lastRow);
    case "tableStart":
      return { ...inRows(0), slot: 0 };
    case "tableEnd":
      return { ...toRow(lastRow), slot: lastSlot };
  }
}
