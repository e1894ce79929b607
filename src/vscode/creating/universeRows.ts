import type { Universe } from "../../services/textReveal/universes.ts";

/** A row of the list of universes. */
export type UniverseRow =
  | { readonly kind: "universe"; readonly universe: Universe; readonly count: UniverseCount }
  /** Its ID was typed or pasted, and it is not in the list. */
  | { readonly kind: "typed"; readonly id: string }
  | { readonly kind: "more" }
  | { readonly kind: "empty" };

/** How many entities a universe has: not asked yet, or not known, or a number. */
export type UniverseCount = number | "unknown" | undefined;

export interface UniverseList {
  readonly universes: readonly Universe[];
  readonly counts: ReadonlyMap<string, UniverseCount>;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
}

/** @param typed the ID in the text that was typed, if it is one */
export function universeRows(list: UniverseList, typed: string | undefined): UniverseRow[] {
  const { universes, counts, hasMore, isLoading } = list;
  const isListed = universes.some(({ id }) => id === typed);
  const rows: UniverseRow[] = typed === undefined || isListed ? [] : [{ kind: "typed", id: typed }];
  rows.push(...universes.map((universe) => ({ kind: "universe" as const, universe, count: counts.get(universe.id) })));
  if (hasMore) rows.push({ kind: "more" });
  if (rows.length === 0 && !isLoading) rows.push({ kind: "empty" });
  return rows;
}

/** Universes are asked about one at a time, and only as many of them as a person sees without scrolling far. */
const mostCounted = 20;

/** The universe to ask about next: the focused one first. Undefined if enough is known. */
export function nextToCount(list: UniverseList, focused: string | undefined): string | undefined {
  const isOpen = (id: string): boolean => !list.counts.has(id);
  if (focused !== undefined && isOpen(focused)) return focused;
  return list.universes.slice(0, mostCounted).find(({ id }) => isOpen(id))?.id;
}
