import { isFields } from "../fields.ts";

/** What a person entered into the find bar, and whether it is open. */
export interface FindBarState {
  readonly isOpen: boolean;
  readonly text: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  /** The index of the only column to search; undefined for all. */
  readonly column?: number;
}

/** @returns undefined for what is not the state of a find bar */
export function toFindBarState(kept: unknown): FindBarState | undefined {
  if (!isFields(kept) || typeof kept["text"] !== "string") return undefined;
  const { text, column } = kept;
  return {
    isOpen: kept["isOpen"] === true,
    text,
    regex: kept["regex"] === true,
    caseSensitive: kept["caseSensitive"] === true,
    wholeWord: kept["wholeWord"] === true,
    ...(typeof column === "number" && { column }),
  };
}
