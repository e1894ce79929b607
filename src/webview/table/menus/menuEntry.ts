import type { KeyPress } from "../keys.ts";

export interface MenuItem {
  readonly label: string;
  readonly act: () => void;
  readonly disabled?: boolean;
  /** The key that does the same in the grid. */
  readonly key?: KeyPress;
  /** Whether the menu stays open, for actions that are repeated. */
  readonly keepsOpen?: boolean;
}

export type MenuEntry = MenuItem | "separator";
