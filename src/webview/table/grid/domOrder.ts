/**
 * Puts elements into an order within their parent. `fixed`, which has the focus or is around what has it, is never taken
 * out, as it would lose the focus: the others are put around it.
 */
export function inOrder(parent: Element, ordered: readonly Element[], fixed?: Element): void {
  if (ordered.every((child, n) => parent.children[n] === child)) return;
  const pivot = fixed === undefined ? -1 : ordered.findIndex((child) => child === fixed || child.contains(fixed));
  const before = ordered.slice(0, Math.max(0, pivot));
  const stays = ordered[pivot];
  for (const child of before) parent.insertBefore(child, stays ?? null);
  for (const child of ordered.slice(pivot + 1)) parent.append(child);
}
