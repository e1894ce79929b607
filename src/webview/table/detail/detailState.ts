import { isFields } from "../fields.ts";

/** How the pane was when its tab was hidden. */
export interface DetailState {
  readonly isOpen: boolean;
  /** Whether it shows every field of the row instead of one value. */
  readonly showsRecord: boolean;
}

/** @returns undefined for what is not the state of the pane */
export function toDetailState(kept: unknown): DetailState | undefined {
  if (!isFields(kept) || typeof kept["isOpen"] !== "boolean") return undefined;
  return { isOpen: kept["isOpen"], showsRecord: kept["showsRecord"] === true };
}
