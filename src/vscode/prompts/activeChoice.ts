/**
 * The choice that has the focus when a list opens, so that Enter always does something: the wanted one, or else the
 * first. A choice that destroys something is never the first.
 */
export function activeChoice<Item extends { readonly value: unknown }>(
  choices: readonly Item[],
  wanted: Item["value"] | undefined,
): Item[] {
  const found = wanted === undefined ? undefined : choices.find(({ value }) => value === wanted);
  const active = found ?? choices[0];
  return active === undefined ? [] : [active];
}
