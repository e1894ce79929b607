/**
 * Puts elements in an order within their parent. `fixed` has the focus or contains the element that has it. It is never
 * removed, because it would lose the focus; the others are moved around it.
 */
export function inOrder(parent: Element, ordered: readonly Element[], fixed?: Element): void {
  if (ordered.every((child, n) => parent.children[n] === child)) return;
  const pivot = fixed === undefined ? -1 : ordered.findIndex((child) => child === fixed || child.contains(fixed));
  const before = ordered.slice(0, Math.max(0, pivot));
  const stays = ordered[pivot];
  for (const child of before) parent.insertBefore(child, stays ?? null);
  for (const child of ordered.slice(pivot + 1)) parent.append(child);
}
