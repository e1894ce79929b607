import { isFields } from "../fields.ts";

/** Whether the pane is open, and its size where a person chose one, in percent. */
export interface DetailState {
  readonly isOpen: boolean;
  /** Whether it shows every field of the row instead of one value. */
  readonly showsRecord: boolean;
  readonly size?: number;
}

/** @returns undefined for what is not the state of the pane */
export function toDetailState(kept: unknown): DetailState | undefined {
  if (!isFields(kept) || typeof kept["isOpen"] !== "boolean") return undefined;
  const { isOpen, size } = kept;
  return { isOpen, showsRecord: kept["showsRecord"] === true, ...(typeof size === "number" && { size }) };
}
